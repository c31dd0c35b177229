"""Figures of this process: its build, the model in force, its disk, who listens."""

from __future__ import annotations

import functools
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from videohjelp.metrics.gauges import PREFIX, gauge


@dataclass(frozen=True)
class ModelInfo:
    """Which model answers. name: its file's, with the fingerprint of what it was trained from.
    id: another one for each training."""

    name: str
    id: str


@dataclass(frozen=True)
class ProcessMetrics(Collector):
    """Looked up when asked, so that a model that was swapped is the new one.

    streams: gives how many pages listen. disk: the folder of the database, None where it lies
    elsewhere.
    """

    model: Callable[[], ModelInfo]
    streams: Callable[[], int]
    disk: Path | None
    build: str

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing in advance."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily | InfoMetricFamily]:
        """The figures. Raises OSError when the folder of the database is gone."""
        model = self.model()
        yield InfoMetricFamily(
            f"{PREFIX}_model",
            "The model in force.",
            {"name": model.name, "id": model.id},
        )
        yield InfoMetricFamily(f"{PREFIX}_build", "What is running.", _build(self.build))
        yield gauge("sse_streams", "Pages that listen to a conversation.", self.streams())
        if self.disk is not None:
            free = shutil.disk_usage(self.disk).free
            yield gauge("database_disk_free_bytes", "Room left beside the database.", free)


@functools.lru_cache(maxsize=1)
def _build(build: str) -> dict[str, str]:
    return {
        "version": build,
        "python": platform.python_version(),
        "rasa": version("rasa"),
    }
