"""The wall clock jumps, by libfaketime (Debian: apt-get install faketime).

The product's own clock (videohjelp/clock.py) holds for a task and does not reach the leases of the
queues, the tokens and the limits, so a whole process is deceived. Its monotonic clock is left
alone: no clock that is set changes that one.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from tests.chaos.stage import NotRunnableError, Stage, alone, cluster

#: Names another place of the library.
VARIABLE = "FAKETIME_LIBRARY"
#: Seconds by which the clock is off in turn, and for how long each.
JUMPS, EACH = (3 * 3600, 0, -2 * 3600, 0, -1), 8.0
#: In Oslo it is 03:00 and becomes 02:00.
WINTER_TIME = datetime(2027, 10, 31, 1, 0, tzinfo=timezone.utc)
#: Seconds before it at which the server starts, however long that takes, and those at which the
#: patients are: less than an hour's leap, so that their conversations go on.
_START, _BEFORE = 3500.0, 15.0
#: One process under libfaketime answers some 20 messages a second (its mutex is taken at each look
#: at a clock: docs/chaos.md), without it more than 55; that many patients write 14.
_MOST_PATIENTS = 16


def _library() -> Path:
    named = os.environ.get(VARIABLE)
    for found in _places(named):
        if found.is_file():
            return found
    raise NotRunnableError("libfaketime is missing: apt-get install faketime")


def _places(named: str | None) -> Iterator[Path]:
    if named:
        yield Path(named)
    yield from Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")


def _variables(folder: Path) -> tuple[Path, dict[str, str]]:
    """The file that says how far the clock is off, and what a process needs to heed it."""
    offset = folder / "clock"
    _set(offset, 0)
    return offset, {
        "LD_PRELOAD": str(_library()),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        # Reading the file for every look at the clock would cost more than the answers.
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def _set(offset: Path, seconds: float) -> None:
    new = offset.with_suffix(".new")
    new.write_text(f"{seconds:+.0f}\n", encoding="ascii")
    new.replace(offset)


@dataclass
class ClockJumps:
    """One of three processes has another time than the others, and each time another one."""

    name: str = "clock-jumps"
    #: A conversation that is three hours old is begun anew: that is meant (session_config).
    exact: bool = False
    what: str = (
        f"the clock of one of three processes is off by {', '.join(map(str, JUMPS))} s in turn, "
        f"{EACH:.0f} s each"
    )
    _offset: Path = field(default_factory=Path)

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        """As Scenario.stage."""
        self._offset, variables = _variables(folder)
        async with cluster(folder, {0: variables}) as stage:
            yield stage

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Forward and back, and behind by the second that two machines' clocks always differ."""
        with stage.fault("clock jumps", ready=True):
            for seconds in JUMPS:
                _set(self._offset, seconds)
                await asyncio.sleep(EACH)
            _set(self._offset, 0)


@dataclass
class ClockSetBack:
    """The machine's only clock is set back while patients write."""

    name: str = "clock-set-back"
    exact: bool = True
    what: str = (
        "SQLite, one process: its clock is three hours fast, and is set right in mid-conversation"
    )
    _offset: Path = field(default_factory=Path)

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        """As Scenario.stage."""
        self._offset, variables = _variables(folder)
        _set(self._offset, 3 * 3600)
        async with alone(folder, folder, variables) as stage:
            stage.most_patients = _MOST_PATIENTS
            yield stage

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Once."""
        await asyncio.sleep(EACH)
        with stage.fault("clock set back", ready=True):
            _set(self._offset, 0)
            await asyncio.sleep(2 * EACH)


@dataclass
class WinterTime:
    """The change to winter time, when the hour from two to three comes twice in Oslo."""

    name: str = "winter-time"
    #: What is compared with was answered today: "24. juni" is another year's by then.
    exact: bool = False
    what: str = "SQLite, one process: patients write while winter time begins (03:00 becomes 02:00)"
    _offset: Path = field(default_factory=Path)

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        """As Scenario.stage."""
        self._offset, variables = _variables(folder)
        _set(self._offset, WINTER_TIME.timestamp() - _START - time.time())
        async with alone(folder, folder, variables) as stage:
            stage.most_patients = _MOST_PATIENTS
            yield stage

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Waits until it has been winter time for some seconds."""
        with stage.fault("winter time begins", ready=True):
            _set(self._offset, WINTER_TIME.timestamp() - _BEFORE - time.time())
            await asyncio.sleep(_BEFORE + EACH)
