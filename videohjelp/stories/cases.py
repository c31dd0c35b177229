"""What a story test is: a conversation, its circumstances, and what is expected of each turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

from videohjelp.appointments.wording import Language

Channel = Literal["web", "sms"]
Kind = Literal[
    "intent",
    "utter",
    "bot",
    "contains",
    "not_contains",
    "matches",
    "action",
    "buttons",
    "slot_was_set",
    "slot_was_not_set",
]


@dataclass(frozen=True)
class SlotCheck:
    """A slot and the value it is asked for; with any_value whatever it is, if it is one."""

    name: str
    value: Any = None
    any_value: bool = False


@dataclass(frozen=True)
class Expectation:
    """Something that must be so in a turn.

    kind: the key of the file. values: texts, names or slot checks; for `utter`, `bot`, `intent` and
    `action` exactly one; for `buttons` all titles. line: where it stands, 1 the first.
    """

    kind: Kind
    values: tuple[Any, ...]
    line: int = 0


@dataclass(frozen=True)
class Turn:
    """What the patient does, and what is expected to come of it.

    text: what the patient writes, or the title of the button that is pressed (is_press).
    """

    text: str
    is_press: bool = False
    expected: tuple[Expectation, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class TestCase:
    """A conversation to try.

    path: the file, from the project's folder where it lies in it. clock: with the time zone
    Europe/Oslo; None for the real time. slots: their values before the first message.
    """

    __test__: ClassVar[bool] = False  # pytest takes every class called Test… for one of its own

    name: str
    turns: tuple[Turn, ...]
    channel: Channel = "web"
    language: Language = "nb"
    clock: datetime | None = None
    strict: bool = False
    slots: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""
    line: int = 0
