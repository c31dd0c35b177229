"""PostgreSQL is away: killed, or there and not answering."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.stage import Stage

AWAY = 20.0


@dataclass(frozen=True)
class PostgresStopped:
    """All its processes are killed (SIGKILL); it starts again with its recovery."""

    seconds: float = AWAY
    name: str = "postgres-stopped"
    exact: bool = True

    @property
    def what(self) -> str:
        """In a line."""
        return f"PostgreSQL is killed (SIGKILL) and started again after {self.seconds:.0f} s"

    def stage(self, folder: Path) -> None:
        """Three processes, as others have."""

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        assert stage.postgres is not None
        with stage.fault("PostgreSQL stopped", ready=False, stores=False):
            await asyncio.to_thread(stage.postgres.kill)
            await asyncio.sleep(self.seconds)
            await asyncio.to_thread(stage.postgres.start)


@dataclass(frozen=True)
class PostgresHanging:
    """Connections stay and are made, and nothing is answered (SIGSTOP)."""

    seconds: float = AWAY
    name: str = "postgres-hanging"
    exact: bool = True

    @property
    def what(self) -> str:
        """In a line."""
        return f"PostgreSQL hangs (SIGSTOP) for {self.seconds:.0f} s"

    def stage(self, folder: Path) -> None:
        """Three processes, as others have."""

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        assert stage.postgres is not None
        with stage.fault("PostgreSQL hanging", ready=False, stores=False):
            stage.postgres.pause()
            await asyncio.sleep(self.seconds)
            stage.postgres.resume()
