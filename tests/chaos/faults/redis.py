"""Redis is away: killed, or there and not answering. PostgreSQL's locks serve meanwhile."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.stage import Stage

AWAY = 15.0


@dataclass(frozen=True)
class RedisStopped:
    """Killed with all that it knew."""

    seconds: float = AWAY
    name: str = "redis-stopped"
    exact: bool = True

    @property
    def what(self) -> str:
        """In a line."""
        return f"Redis is killed (SIGKILL) and started again, empty, after {self.seconds:.0f} s"

    def stage(self, folder: Path) -> None:
        """Three processes, as others have."""

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        assert stage.redis is not None
        with stage.fault("Redis stopped", ready=True):
            stage.redis.stop()
            await asyncio.sleep(self.seconds)
            await asyncio.to_thread(stage.redis.start)


@dataclass(frozen=True)
class RedisHanging:
    """Connections stay and are made, and nothing is answered (SIGSTOP)."""

    seconds: float = AWAY
    name: str = "redis-hanging"
    exact: bool = True

    @property
    def what(self) -> str:
        """In a line."""
        return f"Redis hangs (SIGSTOP) for {self.seconds:.0f} s"

    def stage(self, folder: Path) -> None:
        """Three processes, as others have."""

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        assert stage.redis is not None
        with stage.fault("Redis hanging", ready=True):
            stage.redis.pause()
            await asyncio.sleep(self.seconds)
            stage.redis.resume()
