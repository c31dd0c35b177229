"""Processor time and memory of a server and everything it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

#: Seconds until a server must answer; stock Rasa takes a minute on an idle machine.
READY_SECONDS = 600.0
#: Seconds between two looks whether it answers.
LOOK = 0.1


@dataclass(frozen=True)
class Command:
    """A process to start. variables: added to the environment."""

    arguments: tuple[str, ...]
    folder: Path
    variables: dict[str, str]


class Group:
    """Processes that together are one system, all on one core."""

    def __init__(self, commands: Sequence[Command], log: Path, core: int) -> None:
        """Starts them. log: where their output goes. core: the number of the core they share."""
        self._log = log
        self._output = log.open("ab")
        self._begin = time.monotonic()
        self._started = [self._start(command, core) for command in commands]

    def wait_until_ready(self, address: str) -> float:
        """Waits until the address answers with 200; gives the seconds since the start.

        Raises RuntimeError when a process ends before, or after READY_SECONDS.
        """
        while time.monotonic() - self._begin < READY_SECONDS:
            if any(process.poll() is not None for process in self._started):
                raise RuntimeError(f"a server ended at its start; it said why in {self._log}")
            try:
                if httpx.get(address, timeout=5).status_code == httpx.codes.OK:
                    return time.monotonic() - self._begin
            except httpx.HTTPError:
                pass
            time.sleep(LOOK)
        raise RuntimeError(
            f"{address} does not answer after {READY_SECONDS:.0f} s; see {self._log}"
        )

    def cpu_seconds(self) -> float:
        """Processor time since the start, of all of them, with children."""
        return sum(_cpu(process) for process in self._all())

    def memory_megabytes(self) -> float:
        """Resident memory of all of them together, in MB; shared pages count in each."""
        return float(sum(process.memory_info().rss for process in self._all())) / 1024**2

    def stop(self) -> None:
        """Ends them as Ctrl-C does, and after ten seconds by force."""
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        for process in self._started:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=10)
        self._output.close()

    def _start(self, command: Command, core: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env={**os.environ, **command.variables},
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        psutil.Process(process.pid).cpu_affinity([core])
        return process

    def _all(self) -> list[psutil.Process]:
        parents = [psutil.Process(process.pid) for process in self._started]
        return parents + [child for one in parents for child in one.children(recursive=True)]


def _cpu(process: psutil.Process) -> float:
    ended = process.cpu_times()
    return _clock(process.pid) + float(ended.children_user + ended.children_system)


def _clock(pid: int) -> float:
    """Processor time of a process, all its threads, in seconds.

    By its own clock (Linux: clock_getcpuclockid(3), whose number this is): /proc counts in
    hundredths of a second, which is more than a message takes.
    """
    return time.clock_gettime((~pid << 3) | 2)
