"""PostgreSQL or Redis is away: killed, or there and not answering."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.stage import Stage

#: Seconds. While Redis is away PostgreSQL's locks serve.
POSTGRES_AWAY, REDIS_AWAY = 20.0, 15.0


@dataclass(frozen=True)
class ServiceAway:
    """A service goes and comes again after some seconds, once.

    does: what it does, for `what`. go, come: how. database: whether it is the one that all is
    stored in.
    """

    name: str
    does: str
    seconds: float
    go: Callable[[Stage], None]
    come: Callable[[Stage], None]
    database: bool
    exact: bool = True

    @property
    def what(self) -> str:
        """In a line."""
        return f"{self.does}, for {self.seconds:.0f} s"

    def stage(self, folder: Path) -> None:
        """Three processes, as others have."""

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        with stage.fault(self.name, ready=not self.database, stores=not self.database):
            await asyncio.to_thread(self.go, stage)
            await asyncio.sleep(self.seconds)
            await asyncio.to_thread(self.come, stage)


def services_away() -> list[ServiceAway]:
    """Both services in both ways. Hanging (SIGSTOP): connections stay and are made."""
    return [
        ServiceAway(
            "postgres-stopped",
            "PostgreSQL is killed (SIGKILL) and started again with its recovery",
            POSTGRES_AWAY,
            lambda stage: stage.its_postgres.kill(),
            lambda stage: stage.its_postgres.start(),
            database=True,
        ),
        ServiceAway(
            "postgres-hanging",
            "PostgreSQL hangs (SIGSTOP)",
            POSTGRES_AWAY,
            lambda stage: stage.its_postgres.pause(),
            lambda stage: stage.its_postgres.resume(),
            database=True,
        ),
        ServiceAway(
            "redis-stopped",
            "Redis is killed (SIGKILL) with all it knew and started again",
            REDIS_AWAY,
            lambda stage: stage.its_redis.stop(),
            lambda stage: stage.its_redis.start(),
            database=False,
        ),
        ServiceAway(
            "redis-hanging",
            "Redis hangs (SIGSTOP)",
            REDIS_AWAY,
            lambda stage: stage.its_redis.pause(),
            lambda stage: stage.its_redis.resume(),
            database=False,
        ),
    ]
