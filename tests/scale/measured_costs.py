"""What a message costs two processes over PostgreSQL and Redis, for tools/scale_simulation.

`python -m tests.scale.measured_costs --messages 400` writes var/scale/measured.yml, which is copied
to tools/scale_simulation/. One patient writes at a time, so that the processor time between a
message and its answer is that message's; the system's clock of each thread counts it, so that other
work on the machine matters little.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import numpy as np
import yaml

from tests.bench.texts import conversations
from tests.server_process import ROOT
from tests.soak.load import Load, Patients
from tests.soak.log import MESSAGE, TEXT_MESSAGE, Log
from tests.soak.run import QUESTIONS
from tests.soak.samples import Processes
from tests.soak.systems import System, two_processes

FOLDER = ROOT / "var" / "scale"
SHARES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
#: Messages before anything is measured: they pay for what is loaded at first use.
_BEFORE = 30
#: Seconds without a message, to see what happens anyhow.
_IDLE = 20.0
_REDIS_OWN = ("info", "ping", "client", "command", "hello", "config")


class CostLog(Log):
    """Notes the processor time of each message too, in milliseconds."""

    def __init__(self, pids: Sequence[int]) -> None:
        super().__init__()
        self._pids = pids
        self.costs: list[float] = []

    @contextmanager
    def timed(self, kind: str) -> Iterator[None]:
        """As Log's."""
        before = processor_milliseconds(self._pids)
        with super().timed(kind):
            yield
        if kind == MESSAGE:
            self.costs.append(processor_milliseconds(self._pids) - before)

    @property
    def messages(self) -> int:
        """How many were answered."""
        return self.done[MESSAGE] + self.done[TEXT_MESSAGE]


def processor_milliseconds(pids: Sequence[int]) -> float:
    """What all threads of the processes have used (Linux: Documentation/scheduler/sched-stats)."""
    spent = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            spent += int(task.read_text(encoding="ascii").split()[0])
    return spent / 1e6


async def write(system: System, log: CostLog, messages: int) -> None:
    """Lets one patient after the other write until there are so many messages."""
    goal = log.messages + messages
    load = Load(1, 1000.0, seed=goal)
    timeout = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        patients = Patients(http, system.urls, conversations(QUESTIONS), load, log)
        while log.messages < goal:
            await patients.conversation(time.monotonic() + 600)
            if log.failed:
                raise RuntimeError(f"something went wrong: {log.errors}")


def measure(system: System, messages: int) -> dict[str, object]:
    """The values of measured.yml."""
    log = CostLog(system.pids)
    asyncio.run(write(system, log, _BEFORE))
    log.take()
    log.costs.clear()
    idle = _transactions_a_second(system)
    done, before, counted = log.messages, system.stored(), system.counters()
    begun = time.monotonic()
    asyncio.run(write(system, log, messages))
    seconds = time.monotonic() - begun
    after, counters, noted = system.stored(), system.counters(), log.take()
    many, kept = log.messages - done, noted.begun - noted.deleted
    redis = sum(
        value - counted.get(name, 0.0)
        for name, value in counters.items()
        if name.startswith("redis ")
        and name != "redis bytes"
        and name.removeprefix("redis ").partition("|")[0] not in _REDIS_OWN
    )

    def a_message(*names: str) -> float:
        return sum(counters[name] - counted[name] for name in names) / many

    costs = np.quantile(log.costs, SHARES)
    rows = ("postgresql inserted", "postgresql updated", "postgresql deleted")
    return {
        "service_shares": list(SHARES),
        "service_milliseconds": [round(float(one), 1) for one in costs],
        "bytes_a_conversation": round((after.size - before.size) / kept),
        "rows_a_message": round(a_message(*rows), 1),
        "transactions_a_message": round(
            a_message("postgresql transactions") - idle * seconds / many, 1
        ),
        "transactions_a_second_and_process": round(idle / len(system.pids), 2),
        "wal_bytes_a_message": round(a_message("postgresql wal_bytes")),
        "redis_operations_a_message": round(redis / many, 1),
        "megabytes_a_process": round(Processes(system.pids).mapped() / len(system.pids) / 1024**2),
    }


def _transactions_a_second(system: System) -> float:
    """Of all processes while nobody writes: text messages are looked for all the time."""
    before = system.counters()
    time.sleep(_IDLE)
    after = system.counters()
    name = "postgresql transactions"
    return (after[name] - before[name]) / _IDLE


def main() -> int:
    """Prints the values and writes them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=400)
    options = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with two_processes(FOLDER) as system:
        text = yaml.safe_dump(measure(system, options.messages), sort_keys=False)
    (FOLDER / "measured.yml").write_text(text, encoding="utf-8")
    print(text, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
