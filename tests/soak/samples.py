"""A look every few seconds at what the server processes use and how fast they answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.soak.log import MESSAGE, Log
from tests.soak.systems import System


@dataclass(frozen=True)
class Sample:
    """One look. Of the time since the look before: messages to errors; the others as of now.

    at: seconds since the load began. messages: answered; begun, deleted: conversations. p50, p95,
    p99: milliseconds of a message over the web, 0 when there was none. cpu: milliseconds of a
    message's processor time, all that the processes did divided by the messages; None without any.
    memory: bytes that the processes have taken themselves; mapped: with what they have mapped of
    files, among them the sentence vectors' 70 MB, whose pages come in one by one as words come up.
    size: of the database.
    """

    at: float
    messages: int
    begun: int
    deleted: int
    p50: float
    p95: float
    p99: float
    cpu: float | None
    errors: int
    memory: int
    mapped: int
    files: int
    threads: int
    size: int


class Processes:
    """The server processes, as the system sees them."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._processes = [psutil.Process(pid) for pid in pids]

    def cpu_seconds(self) -> float:
        """Processor time since they were started."""
        return sum(sum(one.cpu_times()[:2]) for one in self._processes)

    def memory(self) -> int:
        """Bytes of memory that belongs to no file (RssAnon of proc(5)): where leaks are."""
        return sum(map(_anonymous, self._processes))

    def mapped(self) -> int:
        """Bytes in all; pages that processes share are divided between them (PSS)."""
        found = [one.memory_full_info() for one in self._processes]
        return sum(int(getattr(one, "pss", one.uss)) for one in found)

    def files(self) -> int:
        """Open files and connections."""
        return sum(one.num_fds() for one in self._processes)

    def threads(self) -> int:
        """Threads."""
        return sum(one.num_threads() for one in self._processes)


async def sample_until(
    end: float,
    every: float,
    system: System,
    log: Log,
    say: Callable[[Sample], None],
) -> list[Sample]:
    """Looks every so many seconds until a moment (time.monotonic()). say: hears of each look.

    Raises psutil.NoSuchProcess when a server process has ended.
    """
    processes = Processes(system.pids)
    begun = time.monotonic()
    cpu, failed = processes.cpu_seconds(), log.failed
    found: list[Sample] = []
    log.take()
    while time.monotonic() < end:
        await asyncio.sleep(min(every, max(0.0, end - time.monotonic())))
        noted = log.take()
        now = processes.cpu_seconds()
        seconds = sorted(noted.seconds.get(MESSAGE, ()))
        one = Sample(
            at=time.monotonic() - begun,
            messages=noted.messages,
            begun=noted.begun,
            deleted=noted.deleted,
            p50=percentile(seconds, 0.5),
            p95=percentile(seconds, 0.95),
            p99=percentile(seconds, 0.99),
            cpu=1000 * (now - cpu) / noted.messages if noted.messages else None,
            errors=log.failed - failed,
            memory=processes.memory(),
            mapped=processes.mapped(),
            files=processes.files(),
            threads=processes.threads(),
            size=await asyncio.to_thread(system.size),
        )
        cpu, failed = now, log.failed
        found.append(one)
        say(one)
    return found


def _anonymous(process: psutil.Process) -> int:
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():  # macOS
        return int(process.memory_full_info().uss)
    lines = status.read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))


def percentile(seconds: Sequence[float], share: float) -> float:
    """Of sorted seconds, in milliseconds; 0 without any."""
    if not seconds:
        return 0.0
    return 1000 * seconds[min(len(seconds) - 1, int(share * len(seconds)))]
