"""What the assistant says in one turn, as the text messages it is sent in.

How numbers and addresses are written, so that phones make them tappable, is decided here alone:

- Phone numbers as in the directory, digits and plain spaces: "55 97 65 51". Android finds them with
  libphonenumber (Linkify: possible numbers in the phone's own region), wherever the phone is from;
  no country code is needed, and readers know the form. Numbers of three and six digits (113,
  116 117) are too short for that library in any form, and are dialled.
- Hours with colons: "08:00-15:30". Written with full stops the same library takes them for a phone
  number, and a tap would dial a wrong one.
- Addresses with "https://" where they are first named. Android links a bare join.nhn.no, iPhones
  only often do; with https:// both do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from videohjelp.appointments.wording import Language
from videohjelp.sms.gsm7 import fold
from videohjelp.sms.options import one_line, written
from videohjelp.sms.pages import pages
from videohjelp.sms.texts import sms_text

_HOURS = re.compile(r"(?<![\d.])(\d{1,2})\.([0-5]\d)( ?- ?)(\d{1,2})\.([0-5]\d)(?![\d.]*\d)")
_ADDRESS = re.compile(
    r"(?<![\w@./-])(?P<scheme>https?://)?"
    r"(?P<host>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:no|com|org|net|eu))\b(?![\w@-]|\.\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Option:
    """A button: its title, and the payload that choosing it sends to the assistant."""

    title: str
    payload: str


@dataclass(frozen=True)
class Said:
    """One message of the assistant: its text and the buttons below it."""

    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is sent for one turn.

    pages: the messages, each of at most three segments; the first is sent now, the others when the
    patient asks for more. Empty when nothing was said.
    options: what the numbers at the end of the last page choose. They are open from the moment that
    page is sent: before, the patient has not seen them.
    """

    pages: tuple[str, ...]
    options: tuple[Option, ...]


def answer(said: Iterable[Said], language: Language) -> Answer:
    """The messages of one turn as one text, with the options numbered at its end.

    When several messages have buttons, those of the last are meant: its question stands last.
    """
    messages = list(said)
    options = next((one.options for one in reversed(messages) if one.options), ())
    shown = tuple(Option(one_line(option.title), option.payload) for option in options)
    body = tappable("\n\n".join(filter(None, (fold(one.text).strip() for one in messages))))
    tail = written([option.title for option in shown], language)
    return Answer(tuple(pages(body, sms_text("more", language), tail=tail)), shown)


def tappable(text: str) -> str:
    """A text with hours and addresses as phones recognise them, and nothing else changed."""
    named: set[str] = set()

    def with_scheme(found: re.Match[str]) -> str:
        host = found["host"].casefold()
        first = host not in named
        named.add(host)
        return f"https://{found['host']}" if first and not found["scheme"] else found[0]

    return _ADDRESS.sub(with_scheme, _HOURS.sub(r"\1:\2\3\4:\5", text))
