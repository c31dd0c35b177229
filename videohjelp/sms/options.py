"""Numbered options: what buttons become in a text message, and what a patient answers to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videohjelp.appointments.wording import Language
from videohjelp.numbered_answers import bare, number_in
from videohjelp.sms.gsm7 import fold
from videohjelp.sms.texts import sms_text

#: "1 Ja", "1. Ja", "1: Ja": an option's own line, sent back.
_LINE = re.compile(r"([0-9]{1,2})[ .:)-]+(.+)")


def written(titles: Sequence[str], language: Language) -> str:
    """The options as lines, and how to answer: "1 Ja\\n2 Nei\\nSvar 1 eller 2"; "" without any."""
    if not titles:
        return ""
    lines = [f"{number} {one_line(title)}" for number, title in enumerate(titles, start=1)]
    *but_last, last = [str(number) for number in range(1, len(titles) + 1)]
    numbers = f"{', '.join(but_last)} {sms_text('or', language)} {last}" if but_last else last
    return "\n".join([*lines, f"{sms_text('answer_with', language)} {numbers}"])


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """The option that a message chooses, 0 the first; None when it is a sentence of its own.

    Understood are the number ("2", "2.", "svar 2", "nr 2", "den andre"), the title, and the
    option's line ("2 Nei"). A number in a sentence ("ring meg på 1") chooses nothing, and neither
    does a title that two options have.
    """
    number = number_in(text)
    if number is not None:
        return number - 1 if 1 <= number <= len(titles) else None
    answer = bare(text)
    bare_titles = [bare(title) for title in titles]
    if answer and bare_titles.count(answer) == 1:
        return bare_titles.index(answer)
    line = _LINE.fullmatch(answer)
    if line is None:
        return None
    index = int(line[1]) - 1
    same = 0 <= index < len(titles) and bare_titles[index] == bare(line[2])
    return index if same else None


def one_line(title: str) -> str:
    """A title as it is sent: in the SMS alphabet, on one line."""
    return " ".join(fold(title).split())
