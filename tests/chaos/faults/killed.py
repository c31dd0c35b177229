"""A process is killed in mid-conversation, again and again, and started again each time."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.stage import Stage


@dataclass(frozen=True)
class Killed:
    """SIGKILL. times: how often."""

    times: int = 4
    name: str = "killed"
    exact: bool = True

    @property
    def what(self) -> str:
        """In a line."""
        return f"one of three processes is killed (SIGKILL) and started again, {self.times} times"

    def stage(self, folder: Path) -> None:
        """Three processes, as others have."""

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """One after the other, so that two are always there."""
        for _ in range(self.times):
            number = chance.randrange(stage.processes.number)
            with stage.fault(f"process {number} killed", ready=None):
                stage.processes.kill(number)
                await stage.processes.start_one(number)
            await asyncio.sleep(chance.uniform(0.5, 3.0))
