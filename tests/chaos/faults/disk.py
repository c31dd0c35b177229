"""The disk with SQLite's file is full, and then has room again."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.stage import NotRunnableError, Stage, alone

FULL = 15.0
#: Megabytes of the small disk.
SIZE = 48


@dataclass
class DiskFull:
    """A file takes what is free."""

    seconds: float = FULL
    name: str = "disk-full"
    exact: bool = True
    _disk: Path = field(default_factory=Path)

    @property
    def what(self) -> str:
        """In a line."""
        return f"SQLite, one process: no room on the disk (tmpfs) for {self.seconds:.0f} s"

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        """As Scenario.stage."""
        self._disk = folder / "disk"
        self._disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(self._disk)]
        done = await asyncio.to_thread(subprocess.run, mount, capture_output=True, text=True)
        if done.returncode:
            raise NotRunnableError(f"no small disk could be mounted: {done.stderr.strip()}")
        try:
            async with alone(folder, self._disk) as stage:
                yield stage
        finally:
            await asyncio.to_thread(subprocess.run, ["umount", str(self._disk)], check=True)

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        full = self._disk / "full"
        with stage.fault("disk full", ready=None, stores=False):
            end = asyncio.get_running_loop().time() + self.seconds
            while asyncio.get_running_loop().time() < end:
                # Again and again: what a rollback sets free is taken as well.
                _fill(full)
                await asyncio.sleep(0.1)
            full.unlink()


def _fill(file: Path) -> None:
    with file.open("ab", buffering=0) as filling:
        for piece in (b"\0" * 1_048_576, b"\0" * 4096):
            try:
                while filling.write(piece) == len(piece):
                    pass
            except OSError:
                continue
        os.fsync(filling.fileno())
