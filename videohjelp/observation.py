"""What the assistant tells about its own work: a small interface, and who listens to it.

The logic and the channels say what happened (`observer().late("web")`, `with timed(Stage.CLEAN)`)
and know nothing of who counts it. Unless somebody listens, nothing is done. Nothing that is told
here holds a patient's words, or the id of anybody or of a conversation.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum


class Stage(str, Enum):
    """A part of the work with one message."""

    #: Cleaning and redacting what was written.
    CLEAN = "clean"
    #: Waiting for the conversation's earlier message to be answered.
    WAIT = "wait"
    READ = "read"
    #: Understanding, by what it took: n-grams alone, sentence vectors too, or a pressed button.
    NGRAMS = "understand_ngrams"
    VECTORS = "understand_vectors"
    BUTTON = "understand_button"
    #: Rules, slots, actions and texts: all of the turn that is in no other stage.
    ANSWER = "answer"
    WRITE = "write"
    #: From the message to the stored answer, without WAIT.
    TURN = "turn"


@dataclass
class Turn:
    """One message's way through the assistant, as it is measured.

    channel: "web" or "sms". intent: as understood, None when that failed. understood: the stage
    that did it. responses: the names of what was said. spent: seconds, by stage.
    """

    channel: str
    intent: str | None = None
    understood: Stage | None = None
    responses: list[str] = field(default_factory=list)
    failed: bool = False
    seconds: float = 0.0
    spent: dict[Stage, float] = field(default_factory=dict)


class Observer:
    """Hears what happened; this one does nothing with it."""

    def stage(self, stage: Stage, seconds: float) -> None:
        """A stage took so long."""

    def turn(self, turn: Turn) -> None:
        """A message was answered, or failed."""

    def late(self, channel: str) -> None:
        """A patient was told that the answer is late."""

    def limited(self, channel: str) -> None:
        """Somebody asked too often and was not answered."""

    def deliveries(self, delivered: int, retried: int, failed: int) -> None:
        """A round of hand-off deliveries: numbers of cases."""

    def job_planned(self, job: str) -> None:
        """A job of deletion will run in this process."""

    def job_ended(self, job: str, succeeded: bool) -> None:
        """A job of deletion ended."""

    def deleted(self, what: str, number: int) -> None:
        """So many were deleted because their time was over."""

    def logged(self, logger: str, level: str) -> None:
        """A line was written to the log."""

    def log_lost(self) -> None:
        """A line could not be written to the log."""


_observer = Observer()
_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


def observer() -> Observer:
    """Who listens in this process."""
    return _observer


def observe_with(new: Observer) -> None:
    """From now on this one listens; whoever did before hears nothing more."""
    global _observer  # noqa: PLW0603 - one process has one set of figures
    _observer = new


@contextmanager
def timed(stage: Stage) -> Iterator[None]:
    """Tells how long what is done within took, also when it fails."""
    began = time.perf_counter()
    try:
        yield
    finally:
        took(stage, time.perf_counter() - began)


def took(stage: Stage, seconds: float) -> None:
    """Tells how long a stage took; within a turn it is a part of that."""
    turn = _turn.get()
    if turn is not None:
        turn.spent[stage] = turn.spent.get(stage, 0.0) + seconds
    _observer.stage(stage, seconds)


def current_turn() -> Turn | None:
    """The turn that the present task belongs to; None outside of one."""
    return _turn.get()


@contextmanager
def turn_observed(channel: str) -> Iterator[Turn]:
    """A turn, from begin to end; whoever makes it fills in what came of it."""
    turn = Turn(channel)
    token = _turn.set(turn)
    began = time.perf_counter()
    try:
        yield turn
    except BaseException:
        turn.failed = True
        raise
    finally:
        _turn.reset(token)
        turn.seconds = time.perf_counter() - began
        _observer.stage(Stage.TURN, turn.seconds)
        _observer.stage(Stage.ANSWER, max(0.0, turn.seconds - sum(turn.spent.values())))
        _observer.turn(turn)
