"""A test case's result as a conversation, line by line; the reports give it its colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from videohjelp.stories.results import CaseResult, TurnResult, Understood
from videohjelp.stories.texts import StaffLanguage, say

Role = Literal["patient", "understood", "assistant", "buttons", "problem", "other"]


@dataclass(frozen=True)
class Line:
    """One thing that was written, said, or wrong. label: who or what; "" for none."""

    role: Role
    label: str
    text: str

    def __str__(self) -> str:
        """It as one paragraph; further lines of the text stand below its first."""
        begin = f"{self.label}: " if self.label else ""
        return begin + self.text.replace("\n", "\n" + " " * len(begin))


def conversation(result: CaseResult, language: StaffLanguage) -> Iterator[Line]:
    """The whole conversation, what was wrong with a turn below it."""
    for turn in result.turns:
        yield from turn_lines(turn, result.case.path, language)


def turn_lines(turn: TurnResult, path: str, language: StaffLanguage) -> Iterator[Line]:
    """One turn. path: of the file, for the places of what was wrong."""
    label = say("you_pressed" if turn.turn.is_press else "you_wrote", language)
    yield Line("patient", label, turn.turn.text)
    if turn.heard.understood is not None:
        yield Line("understood", say("understood_as", language), meaning(turn.heard.understood))
    for text in turn.heard.texts:
        yield Line("assistant", say("assistant_said", language), text)
    if turn.heard.buttons:
        titles = " ".join(f"[{title}]" for title in turn.heard.buttons)
        yield Line("buttons", say("buttons", language), titles)
    for problem in turn.problems:
        yield Line("problem", f"{path}:{problem.line}", problem.said(language))


def meaning(understood: Understood) -> str:
    """The intent with its confidence, and the one that came next."""
    first = f"{understood.intent} ({understood.confidence:.2f})"
    if understood.runner_up is None:
        return first
    return f"{first}, {understood.runner_up} ({understood.runner_up_confidence:.2f})"
