"""The network between the servers and PostgreSQL: slow, cut, silent."""

from __future__ import annotations

import asyncio
import random
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.stage import Stage, cluster

#: Seconds that each piece takes each way: a database in another country.
LATENCY = 0.02
RESETS = 8
SILENT = 12.0


@dataclass(frozen=True)
class Network:
    """One after the other, with calm in between."""

    name: str = "network"
    exact: bool = True
    what: str = (
        f"between the servers and PostgreSQL: {LATENCY * 1000:.0f} ms more each way for 10 s, all "
        f"connections cut {RESETS} times, nothing passed on for {SILENT:.0f} s"
    )

    def stage(self, folder: Path) -> AbstractAsyncContextManager[Stage]:
        """Three processes behind the proxy."""
        return cluster(folder, proxied=True)

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Slow, cut, silent."""
        assert stage.proxy is not None
        with stage.fault("slow network", ready=True):
            stage.proxy.latency = LATENCY
            await asyncio.sleep(10)
            stage.proxy.latency = 0.0
        with stage.fault("cut connections", ready=None):
            for _ in range(RESETS):
                await asyncio.sleep(chance.uniform(0.3, 1.5))
                stage.proxy.reset()
        await asyncio.sleep(3)
        with stage.fault("silent network", ready=False, stores=False):
            stage.proxy.be_silent(True)
            await asyncio.sleep(SILENT)
            stage.proxy.be_silent(False)
