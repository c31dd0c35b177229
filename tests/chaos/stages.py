"""Opens what the scenarios happen on; those that need a plain cluster share one."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from tests.chaos.scenario import Scenario
from tests.chaos.stage import Stage, cluster

_SHARED = "cluster"


class Stages:
    """One is open at a time: what a scenario happens on stays for the next one of its kind."""

    def __init__(self, keep: Path | None = None) -> None:
        """Takes a folder to which the logs are copied; None to keep none."""
        self._keep = keep
        self._open = AsyncExitStack()
        self._name = ""
        self._stage: Stage | None = None

    async def of(self, scenario: Scenario) -> Stage:
        """What a scenario happens on. Raises NotRunnableError."""
        if self._stage is not None and self._name == _SHARED:
            opening = scenario.stage(Path(self._stage.processes.folder))
            if opening is None:
                return self._stage
        await self.close()
        folder = Path(tempfile.mkdtemp(prefix="chaos-"))
        own = scenario.stage(folder)
        self._name = _SHARED if own is None else scenario.name
        self._open.callback(shutil.rmtree, folder, ignore_errors=True)
        self._open.callback(self._keep_logs, folder, self._name)
        opening = cluster(folder) if own is None else own
        self._stage = await self._open.enter_async_context(opening)
        return self._stage

    async def close(self) -> None:
        """Ends what is open."""
        self._stage = None
        await self._open.aclose()

    def _keep_logs(self, folder: Path, name: str) -> None:
        if self._keep is None:
            return
        for log in folder.rglob("*.log"):
            kept = self._keep / name / log.relative_to(folder)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(log, kept)
