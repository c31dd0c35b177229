"""What came of a test case: what was understood, said and done in each turn, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from videohjelp.stories.cases import TestCase, Turn
from videohjelp.stories.texts import StaffLanguage, say


@dataclass(frozen=True)
class Understood:
    """As what a message was understood. runner_up: the next likely intent, None without any."""

    intent: str
    confidence: float
    runner_up: str | None = None
    runner_up_confidence: float = 0.0


@dataclass(frozen=True)
class Failure:
    """Something that raised. what: the action's name. place: "file:line" of ours."""

    what: str
    error: str
    place: str


@dataclass(frozen=True)
class Heard:
    """What happened in one turn.

    texts: as the patient sees them. responses: the names of what was said, "" without a name.
    buttons: the titles offered. understood: None when the assistant was not asked (a keyword of
    the SMS channel). actions: those the rules ran, in order. ran: every action of ours, also those
    within
    a form. slots: after the turn. set_slots: what was set within it, in order.
    """

    texts: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    ran: tuple[str, ...] = ()
    understood: Understood | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    set_slots: tuple[tuple[str, Any], ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def text(self) -> str:
        """All texts, with an empty line between them."""
        return "\n\n".join(self.texts)


@dataclass(frozen=True)
class Problem:
    """Something that was not as expected. line: of the expectation, or of the patient's step."""

    name: str
    line: int
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: StaffLanguage = "nb") -> str:
        """It as a sentence."""
        return say(self.name, language, **self.values)


@dataclass(frozen=True)
class TurnResult:
    """A turn with what came of it."""

    turn: Turn
    heard: Heard
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class CaseResult:
    """A test case with what came of it. turns: those that were had; it ends where it broke."""

    case: TestCase
    turns: tuple[TurnResult, ...]
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not any(turn.problems for turn in self.turns)
