"""Runs the messages in several processes; the assistant is loaded once, they have it by forking."""

from __future__ import annotations

import math
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rasa.core.agent import Agent

from tests.fuzz.episodes import Fuzzer, Texts, Unit
from tests.fuzz.kept_vectors import KeptVectors
from tests.fuzz.reproduction import smallest
from tests.fuzz.states import State
from videohjelp.stories.workers import block_network

#: At most so many messages from a state in one turn: all states come before any comes again.
_TURN = 30
#: At least so many, or reaching the state costs more than it is worth.
_LEAST = 5
#: From how many states a text is sent, on the average.
_STATES_A_TEXT = 10
#: So many faults of a unit are made smaller; the same fault shows again and again.
_MADE_SMALLER = 2

_fuzzer: Fuzzer | None = None


@dataclass(frozen=True)
class Task:
    """So many messages from a state. seed: of the run, and which turn of the state it is."""

    state: State
    seed: str
    count: int
    texts: Texts


def plan(states: tuple[State, ...], messages: int, seed: int) -> list[Task]:
    """Which states get how many messages, in which order: evenly, in turns.

    With fewer messages than the states need, states are left out by chance.
    """
    texts = Texts(seed, max(1, messages // _STATES_A_TEXT))
    rng = Random(seed)  # noqa: S311 - chance, no secret
    shuffled = rng.sample(states, len(states))
    taken = shuffled[: math.ceil(messages / _LEAST)]
    tasks: list[Task] = []
    left, turn = messages, 0
    while left:
        share = min(_TURN, math.ceil(left / len(taken)))
        for state in taken:
            count = min(share, left)
            if count:
                tasks.append(Task(state, f"{seed}.{turn}", count, texts))
            left -= count
        turn += 1
    return tasks


def run(tasks: list[Task], agent: Agent, jobs: int, message_limit: int) -> Iterator[Unit]:
    """Gives what came of each task as soon as it is there.

    agent: stays as it is; the processes change their own. message_limit: of the settings.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        context = multiprocessing.get_context("fork")
        begin = (agent, Path(folder), message_limit)
        with context.Pool(jobs, initializer=_begin, initargs=begin) as pool:
            yield from pool.imap_unordered(_run, tasks)


def run_here(task: Task, fuzzer: Fuzzer) -> Unit:
    """Does a task in this process; its faults are made smaller."""
    unit = fuzzer.run(task.state, task.seed, task.count, task.texts)
    for place, failure in enumerate(unit.failures[:_MADE_SMALLER]):
        unit.failures[place] = smallest(failure, fuzzer.see_again)
    return unit


def _begin(agent: Agent, folder: Path, message_limit: int) -> None:
    global _fuzzer  # noqa: PLW0603 - one for each process
    block_network()
    database = f"sqlite:///{folder / f'{os.getpid()}.db'}"
    _fuzzer = Fuzzer(agent, database, message_limit, KeptVectors(folder / "vectors.db"))


def _run(task: Task) -> Unit:
    if _fuzzer is None:
        raise RuntimeError("this process has not begun")
    return run_here(task, _fuzzer)
