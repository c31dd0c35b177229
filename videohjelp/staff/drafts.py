"""Test cases made of conversations, and where they are saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from videohjelp.appointments.wording import Language
from videohjelp.settings import ROOT
from videohjelp.staff.turns import SeenTurn
from videohjelp.stories.cases import Expectation, TestCase, Turn
from videohjelp.stories.mistakes import StoriesError
from videohjelp.stories.reader import read_folder, read_text
from videohjelp.stories.writer import to_yaml

STORIES = ROOT / "tests" / "e2e"
_FOLDER = re.compile(r"[a-z][a-z0-9_]{0,40}")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_LONGEST_NAME = 60


class DraftError(ValueError):
    """A test case cannot be kept. `code` names a text of data/staff; details tell more."""

    def __init__(self, code: str, details: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class DraftTurn:
    """A turn as the form shows it: one name, sentence or title on each line."""

    text: str
    pressed: bool
    intent: str = ""
    utter: str = ""
    contains: str = ""
    buttons: str = ""
    has_buttons: bool = False


@dataclass(frozen=True)
class Draft:
    """A test case as the form shows it. clock: as a date and time in Oslo, "" for none."""

    channel: Literal["web", "sms"]
    language: Language
    turns: tuple[DraftTurn, ...]
    clock: datetime | None = None
    name: str = ""
    folder: str = "recorded"


def drafted(turns: Sequence[SeenTurn]) -> tuple[DraftTurn, ...]:
    """The turns of a conversation as a draft: what happened is what is expected."""
    return tuple(
        DraftTurn(
            text=one.text,
            pressed=one.pressed,
            intent="" if one.pressed else one.intent,
            utter="\n".join(reply.response for reply in one.replies if reply.response),
            buttons="\n".join(_titles(one)),
            has_buttons=bool(_titles(one)),
        )
        for one in turns
        # Silence and the greeting: nothing that the patient did.
        if one.text and (one.pressed or not one.text.startswith("/"))
    )


def case_of(draft: Draft) -> TestCase:
    """The test case. Raises DraftError when it lacks a name, or is none."""
    if not draft.name:
        raise DraftError("record_no_name")
    if not draft.turns:
        raise DraftError("record_no_turns")
    case = TestCase(
        name=draft.name,
        turns=tuple(_turn(one) for one in draft.turns),
        channel=draft.channel,
        language=draft.language,
        clock=draft.clock,
    )
    try:
        read_text(to_yaml(case), "draft.yml")
    except StoriesError as error:
        raise DraftError("record_wrong", str(error)) from error
    return case


def save(case: TestCase, folder: str, stories: Path = STORIES) -> Path:
    """Writes a test case into a folder of the stories; gives the new file.

    Raises DraftError for a folder's name that is none, and for a test case's name that is taken.
    """
    if not _FOLDER.fullmatch(folder):
        raise DraftError("record_wrong_folder")
    target = stories / folder / f"{file_name(case.name)}.yml"
    if not target.resolve().is_relative_to(stories.resolve()):
        raise DraftError("record_wrong_folder")
    try:
        taken = {one.name for one in read_folder(stories)} if stories.is_dir() else set()
    except StoriesError:
        taken = set()  # somebody's mistake in another file is told when the stories are run
    if case.name in taken:
        raise DraftError("record_taken")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(to_yaml(case))
    except FileExistsError as error:
        raise DraftError("record_taken") from error
    return target


def file_name(name: str) -> str:
    """A file's name for a test case's: small letters, digits and underscores."""
    plain = _NOT_IN_NAMES.sub("_", name.casefold().translate(_LETTERS)).strip("_")
    return plain[:_LONGEST_NAME] or "case"


def _titles(turn: SeenTurn) -> list[str]:
    offered = next((one.buttons for one in reversed(turn.replies) if one.buttons), ())
    return [title for title, _ in offered]


def _turn(draft: DraftTurn) -> Turn:
    expected: list[Expectation] = []
    if draft.intent:
        expected.append(Expectation("intent", (draft.intent,)))
    expected += [Expectation("utter", (name,)) for name in _lines(draft.utter)]
    if contained := _lines(draft.contains):
        expected.append(Expectation("contains", contained))
    if draft.has_buttons:
        expected.append(Expectation("buttons", _lines(draft.buttons)))
    return Turn(draft.text, is_press=draft.pressed, expected=tuple(expected))


def _lines(written: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in written.splitlines() if line.strip())
