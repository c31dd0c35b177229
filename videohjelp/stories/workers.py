"""Runs test cases in several processes: the assistant is loaded once, and each has it by forking.

Reading a model takes some twenty seconds of work, most of it Rasa's reading of the domain; forked,
it is there at once, and the memory is shared.
"""

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

from rasa.core.agent import Agent

from videohjelp.server.assistant import load_assistant
from videohjelp.stories.cases import TestCase
from videohjelp.stories.execution import DATABASE, Execution
from videohjelp.stories.results import CaseResult

#: What a process was forked with, and what it has made of it.
_agent: Agent | None = None
_execution: Execution | None = None


class NetworkError(OSError):
    """A test case wanted to reach another machine."""


def cores() -> int:
    """How many processes run at a time unless told otherwise."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load(model: Path) -> Agent:
    """The assistant of a trained model's file, away from the configured database.

    Raises AssistantError when it cannot be loaded.
    """
    with tempfile.TemporaryDirectory(prefix="stories-") as folder, _database(Path(folder)):
        return load_assistant(model)


def run_cases(cases: Sequence[TestCase], agent: Agent, jobs: int) -> Iterator[CaseResult]:
    """Runs the cases; gives each result as soon as it is there.

    agent: stays as it is; the processes change their own. jobs: how many processes.
    Raises concurrent.futures.process.BrokenProcessPool when a process ended without being asked.
    """
    global _agent  # noqa: PLW0603 - what the processes are forked with
    _agent = agent
    with tempfile.TemporaryDirectory(prefix="stories-") as folder:
        pool = ProcessPoolExecutor(
            max(1, min(jobs, len(cases))),
            mp_context=multiprocessing.get_context("fork"),
            initializer=_begin,
            initargs=(Path(folder),),
        )
        try:
            running = [pool.submit(_run, case) for case in cases]
            for done in as_completed(running):
                yield done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            _agent = None


def block_network() -> None:
    """From now on this process reaches no other machine, and no server on its own."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise NetworkError("story tests have no network")

    for name in ("connect", "connect_ex", "bind"):
        setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection", "gethostbyname"):
        setattr(socket, name, refuse)


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    before = os.environ.get(DATABASE)
    os.environ[DATABASE] = _url(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[DATABASE]
        else:
            os.environ[DATABASE] = before


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / f'{os.getpid()}.db'}"


def _begin(folder: Path) -> None:
    global _execution  # noqa: PLW0603 - one for each process
    if _agent is None:
        raise RuntimeError("this process was not forked from run_cases")
    block_network()
    _execution = Execution(_agent, _url(folder))


def _run(case: TestCase) -> CaseResult:
    if _execution is None:
        raise RuntimeError("this process has not begun")
    return _execution.run(case)
