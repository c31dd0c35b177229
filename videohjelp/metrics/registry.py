"""Puts the collectors together, and writes what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import structlog
from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from videohjelp.metrics.gauges import gauge_by

log = structlog.get_logger("videohjelp.metrics")


def make_registry(collectors: Iterable[Collector]) -> CollectorRegistry:
    """The collectors, and beside them memory, CPU time, open files and garbage collections of
    this process."""
    # When each series began: twice as many lines, and nothing that is looked at.
    disable_created_metrics()  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    GCCollector(registry)
    for collector in collectors:
        registry.register(collector)
    return registry


# The registry keeps it in a dictionary: it is itself, whatever it holds.
@dataclass(frozen=True, eq=False)
class Guarded(Collector):
    """Collectors by name. What one of them cannot count is missing; the others' figures are not,
    and `videohjelp_figures_ok` says which failed."""

    collectors: Mapping[str, Collector]

    def describe(self) -> list[Metric]:
        """Nothing in advance: registering must not read the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures of each collector, all or none, and whether they could be counted."""
        counted: dict[str, float] = {}
        for name, collector in self.collectors.items():
            found = _collected(name, collector)
            counted[name] = 0.0 if found is None else 1.0
            yield from found or ()
        yield _figures_ok(counted)


def _collected(name: str, collector: Collector) -> list[Metric] | None:
    try:
        return list(collector.collect())
    except Exception:
        log.exception("not_counted", of=name)
        return None


def _figures_ok(counted: Mapping[str, float]) -> GaugeMetricFamily:
    meaning = "1 when these figures could be counted."
    return gauge_by("figures_ok", meaning, "of", counted, counted)


def written(registry: CollectorRegistry, accept: str) -> tuple[bytes, str]:
    """All figures as they are now, and their content type, in the format that `accept` asks for.

    accept: the request's Accept header, "" without one. Raises what the collectors raise.
    """
    encode, content_type = choose_encoder(accept)
    return encode(registry), content_type
