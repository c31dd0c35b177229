"""Holds the simulation of docs/scale.md against a queue that is measured.

`python -m tests.scale.measured_queue`: one server on one core, the patients on the other. First one
patient writes at a time, which gives what a message takes; then messages come independently of each
other, whether those before are answered or not, at several shares of what the server bears. The
same arrivals are simulated with the times that were measured. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np

from tests.bench.load import Begin, Write
from tests.bench.measure import PATIENTS_CORE, SERVER_CORE
from tests.bench.processes import Group
from tests.bench.systems import ours, session
from tests.bench.texts import conversations
from tools.scale_simulation.queues import Floats, ServiceTimes, answer_times, poisson

#: Which part of what the server bears comes in.
SHARES = (0.3, 0.5, 0.7)
QUANTILES = (0.5, 0.95, 0.99)
#: Conversations that messages come in: so many that one is always free.
_CONVERSATIONS = 120
#: Messages before anything is measured: they pay for what is loaded at first use.
_BEFORE = 50
_STEPS = np.linspace(0.0, 1.0, 201)


@dataclass(frozen=True)
class Row:
    """One share. busy: of the process. measured, simulated: seconds at each of QUANTILES."""

    busy: float
    measured: Floats
    simulated: Floats


async def one_at_a_time(begin: Begin, texts: Iterator[str], many: int) -> Floats:
    """Seconds that each of so many messages takes while nobody else writes."""
    write = await begin()
    taken = []
    for number in range(many):
        if number % 8 == 0:
            write = await begin()
        taken.append(await _timed(write, next(texts)))
    return np.array(taken)


async def as_they_come(begin: Begin, texts: Iterator[str], arrivals: Floats) -> Floats:
    """Seconds from each message's moment to its answer. Raises RuntimeError when it falls behind:
    no conversation is free."""
    free = [await begin() for _ in range(_CONVERSATIONS)]
    started = time.perf_counter()

    async def come(moment: float, write: Write) -> float:
        await write(next(texts))
        free.append(write)
        return time.perf_counter() - started - moment

    answered = []
    for moment in arrivals:
        await asyncio.sleep(max(0.0, started + moment - time.perf_counter()))
        if not free:
            raise RuntimeError("all conversations wait for an answer; take lower shares")
        answered.append(asyncio.create_task(come(moment, free.pop(0))))
    return np.array(await asyncio.gather(*answered))


async def compare(begin: Begin, many: int, seed: int) -> list[Row]:
    """A row for each share, of so many messages each."""
    texts = cycle(text for talk in conversations(500) for text in talk)
    await one_at_a_time(begin, texts, _BEFORE)
    alone = await one_at_a_time(begin, texts, many)
    services = ServiceTimes(_STEPS.tolist(), np.quantile(alone, _STEPS).tolist())
    chance = np.random.default_rng(seed)
    rows = []
    for share in SHARES:
        arrivals = poisson(chance, share / services.mean, many)
        measured = await as_they_come(begin, texts, arrivals)
        simulated = answer_times(arrivals, services.draw(chance, many), 1, "one queue")
        left_out = len(measured) - len(simulated)
        rows.append(
            Row(
                share,
                np.quantile(measured[left_out:], QUANTILES),
                np.quantile(simulated, QUANTILES),
            )
        )
        print(f"  {share:.0%} busy: measured", flush=True)
    return rows


async def _timed(write: Write, text: str) -> float:
    begun = time.perf_counter()
    await write(text)
    return time.perf_counter() - begun


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = [
        "| busy | p50, measured / simulated, ms | p95 | p99 |",
        "| --- | --- | --- | --- |",
    ]
    for row in rows:
        pairs = zip(row.measured * 1000, row.simulated * 1000, strict=True)
        cells = [f"{measured:.0f} / {simulated:.0f}" for measured, simulated in pairs]
        lines.append(f"| {row.busy:.0%} | {' | '.join(cells)} |")
    return "\n".join(lines)


async def _run(many: int, seed: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        system = ours(Path(folder))
        group = Group(system.commands, Path(folder) / "server.log", SERVER_CORE)
        try:
            group.wait_until_ready(system.health)
            async with session() as client:
                return await compare(system.begin(client), many, seed)
        finally:
            group.stop()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=3000, help="at each share")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.sched_setaffinity(0, {PATIENTS_CORE})
    print(table(asyncio.run(_run(options.messages, options.seed))))


if __name__ == "__main__":
    main()
