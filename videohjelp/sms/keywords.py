"""The words that steer the channel: STOPP, START, HJELP, SLETT, MER.

Some providers handle STOP, START and HELP themselves, and may never pass them on or may answer
before we do (Twilio: opt-out management of the number or messaging service). What is said here is
then not heard; such handling is turned off, or its texts are set to those of this channel.
"""

from __future__ import annotations

import re
from enum import Enum

from videohjelp.sms.gsm7 import fold
from videohjelp.sms.words import words

_FINAL_MARKS = re.compile(r"[\s.,!?]+$")


class Keyword(Enum):
    """What a message that is nothing but a keyword asks for; the values are those of the file."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    DELETE = "delete"
    MORE = "more"


def keyword(text: str) -> Keyword | None:
    """The keyword that a message consists of; None when it says anything beside it.

    Capital and small letters are the same; spaces around it and marks after it ("Stopp!") are left
    out. "stopp 12345 virker ikke" is no keyword: it is a question for the assistant.
    """
    name = words().keywords.get(_written(text))
    return Keyword(name) if name else None


def is_english(text: str) -> bool:
    """Whether a message is a keyword that only English has."""
    return _written(text) in words().english


def _written(text: str) -> str:
    return _FINAL_MARKS.sub("", fold(text)).strip().casefold()
