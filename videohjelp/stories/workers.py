"""Runs test cases in several processes; each loads the model once and has its own database."""

from __future__ import annotations

import multiprocessing
import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from videohjelp.stories.cases import TestCase
from videohjelp.stories.results import CaseResult

#: One thread each: the processes share the cores among them already.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_execution: Any = None


class NetworkError(OSError):
    """A test case wanted to reach another machine."""


def cores() -> int:
    """How many processes run at a time unless told otherwise."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_cases(cases: Sequence[TestCase], model: Path, jobs: int) -> Iterator[CaseResult]:
    """Runs the cases; gives each result as soon as it is there.

    model: the trained model's file. jobs: how many processes.
    Raises concurrent.futures.process.BrokenProcessPool when a process ended without being asked.
    """
    processes = max(1, min(jobs, len(cases)))
    with tempfile.TemporaryDirectory(prefix="stories-") as folder, _environment():
        pool = ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(model, Path(folder)),
        )
        try:
            running = [pool.submit(_run, case) for case in cases]
            for done in as_completed(running):
                yield done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _environment() -> Iterator[None]:
    """What new processes must find before their first import."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _begin(model: Path, folder: Path) -> None:
    global _execution  # noqa: PLW0603 - one for each process
    os.environ["VIDEOHJELP_DATABASE_URL"] = f"sqlite:///{folder / f'{os.getpid()}.db'}"
    os.environ["VIDEOHJELP_ACTIONS"] = "in_process"
    block_network()
    from videohjelp.server.logs import be_quiet  # noqa: PLC0415

    be_quiet()
    from videohjelp.stories.execution import Execution  # noqa: PLC0415 - imports Rasa

    _execution = Execution(model)


def _run(case: TestCase) -> CaseResult:
    result: CaseResult = _execution.run(case)
    return result


def block_network() -> None:
    """From now on this process reaches no other machine and no server on its own."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise NetworkError("story tests have no network")

    for name in ("connect", "connect_ex", "bind"):
        setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection", "gethostbyname"):
        setattr(socket, name, refuse)
