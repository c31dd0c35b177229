"""Measures one system: start, loads, long conversations, many stored ones."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Load, Write, write_all
from tests.bench.processes import Group
from tests.bench.stored import fill
from tests.bench.systems import System, session
from tests.bench.texts import PERIOD, conversations, long_conversation

#: Every server has this core to itself, the patients have the other.
SERVER_CORE, PATIENTS_CORE = 0, 1
#: How many patients write at the same time.
AT_ONCE = (1, 8, 32, 64)
#: Around which message of a conversation its cost is measured: a whole period of texts.
PLACES = {5: 0, 50: 45, 200: 198}


@dataclass(frozen=True)
class Sizes:
    """How much is measured. seconds: of each load. long: how many long conversations.

    stored: how many conversations the database is filled with at the end.
    """

    seconds: float
    long: int
    stored: int


@dataclass(frozen=True)
class Measured:
    """What was measured of one system; times in seconds, memory in MB, cost in CPU ms a message."""

    name: str
    start: float
    memory_at_start: float
    memory: float
    loads: dict[int, Load]
    cost: dict[int, float]
    places: dict[int, float]
    cost_with_stored: float
    stored: int
    bytes_a_conversation: float


def measure(
    make: Callable[[Path], System], folder: Path, sizes: Sizes, say: Callable[[str], None]
) -> Measured:
    """Starts the system, measures it and stops it.

    Raises RuntimeError when it does not start or answers nothing.
    """
    log = folder / "server.log"
    system = make(folder)
    group = Group(system.commands, log, SERVER_CORE)
    try:
        start = group.wait_until_ready(system.health)
        say(f"{system.name}: ready after {start:.1f} s")
        asyncio.run(_load(system, 1, 5.0))  # pays for what is loaded at first use
        memory_at_start = group.memory_megabytes()
        loads, cost = {}, {}
        for at_once in AT_ONCE:
            before = group.cpu_seconds()
            loads[at_once] = asyncio.run(_load(system, at_once, sizes.seconds))
            used = group.cpu_seconds() - before
            cost[at_once] = 1000 * used / len(loads[at_once].seconds)
            say(_line(system.name, at_once, loads[at_once], cost[at_once]))
        places = asyncio.run(_places(system, group, sizes.long))
        say(f"{system.name}: CPU ms of a message by its place: {_rounded(places)}")
        memory = group.memory_megabytes()
    finally:
        group.stop()
    stored = fill(system.database, sizes.stored) if sizes.stored else 0
    size = system.database.stat().st_size
    again = make(folder)
    group = Group(again.commands, log, SERVER_CORE)
    try:
        group.wait_until_ready(again.health)
        asyncio.run(_load(again, 1, 5.0))
        before = group.cpu_seconds()
        load = asyncio.run(_load(again, 1, sizes.seconds))
        with_stored = 1000 * (group.cpu_seconds() - before) / len(load.seconds)
        say(f"{system.name}: {with_stored:.1f} CPU ms with {stored} conversations stored")
    finally:
        group.stop()
    return Measured(
        name=system.name,
        start=start,
        memory_at_start=memory_at_start,
        memory=memory,
        loads=loads,
        cost=cost,
        places=places,
        cost_with_stored=with_stored,
        stored=stored,
        bytes_a_conversation=size / stored if stored else 0.0,
    )


async def _load(system: System, at_once: int, seconds: float) -> Load:
    async with session() as client:
        return await write_all(system.begin(client), conversations(20_000), at_once, seconds)


async def _places(system: System, group: Group, many: int) -> dict[int, float]:
    """CPU ms a message around the 5th, 50th and 200th message, over so many conversations."""
    costs: dict[int, list[float]] = {place: [] for place in PLACES}
    last = max(PLACES.values()) + len(PERIOD)
    async with session() as client:
        for _ in range(many):
            write = await system.begin(client)()
            texts = long_conversation(last)
            for place, begin in PLACES.items():
                end = begin + len(PERIOD)
                before = group.cpu_seconds()
                await _write(write, texts[begin:end])
                costs[place].append(1000 * (group.cpu_seconds() - before) / len(PERIOD))
                following = min((one for one in PLACES.values() if one > begin), default=end)
                await _write(write, texts[end:following])
    return {place: statistics.fmean(values) for place, values in costs.items()}


async def _write(write: Write, texts: Sequence[str]) -> None:
    for text in texts:
        await write(text)


def _line(name: str, at_once: int, load: Load, cost: float) -> str:
    return (
        f"{name}: {at_once} at once: {load.per_second:.1f} messages/s, {cost:.1f} CPU ms, "
        f"p50 {load.percentile(0.5):.0f} ms, p95 {load.percentile(0.95):.0f}, "
        f"p99 {load.percentile(0.99):.0f}, {len(load.seconds)} answered, {load.failed} not"
    )


def _rounded(places: dict[int, float]) -> str:
    return ", ".join(f"{place}th {value:.1f}" for place, value in places.items())
