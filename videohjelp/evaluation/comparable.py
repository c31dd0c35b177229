"""What every pipeline that is compared takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class NotAvailable(RuntimeError):  # noqa: N818 - not a fault: the comparison goes on without it
    """A pipeline cannot be run on this machine. The text says what to do."""


@dataclass(frozen=True)
class Example:
    """A message, what it means, and the variety of language it is written in ("" = unknown)."""

    text: str
    intent: str
    variety: str


@dataclass(frozen=True)
class Prediction:
    """What a pipeline takes a message for.

    confidence: from 0 to 1. ranking: (intent, confidence), the likeliest first; Rasa's pipelines
    give the first ten. A message without words has the intent "" and no ranking.
    """

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Run:
    """One training and the questions after it.

    predictions: one for each test message, in their order. train_cpu_seconds: processor time of
    all threads and child processes, without starting Python. parse_ms: mean processor time in
    milliseconds of a message asked alone, over at most 300 of them spread over the test (processor
    time, because the clock also counts what else the machine does). versions: by package.
    """

    predictions: tuple[Prediction, ...]
    train_cpu_seconds: float
    parse_ms: float
    versions: dict[str, str]


class Pipeline(Protocol):
    """Something that learns intents from examples."""

    @property
    def name(self) -> str:
        """What it is called in tables."""

    def run(self, train: Sequence[Example], test: Sequence[Example]) -> Run:
        """Trains anew and asks for every test message. Raises NotAvailable."""
