"""How hard the responses are to read: LIX (Björnsson 1968), words per sentence plus long words.

Below 30 is very easy, above 50 is official prose, above 60 very hard. The limit is generous:
it is to stop a text from being written for colleagues, not to grade it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response

LIMIT = 50
#: Shorter texts have too few words for the index to mean anything.
FEWEST_WORDS = 15
_LONG = 6
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\{\w+\}|\d[\d .:–-]*")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_SENTENCE_END = re.compile(r"[.:!?]+(?:\s|$)|\n+")


def lix(written: str) -> tuple[int, int]:
    """The index of a text, rounded, and its number of words.

    Addresses, numbers and what is filled in count as nothing.
    """
    plain = _NUMBER.sub(" ", _ADDRESS.sub(" ", written))
    words = _WORD.findall(plain)
    if not words:
        return 0, 0
    sentences = sum(1 for part in _SENTENCE_END.split(plain) if _WORD.search(part))
    long_words = sum(1 for word in words if len(word) > _LONG)
    return round(len(words) / sentences + 100 * long_words / len(words)), len(words)


def check_readability(responses: list[Response]) -> Iterator[Problem]:
    """Gives the texts that are harder to read than the limit."""
    for response in responses:
        for variation in response.variations:
            index, words = lix(variation.text)
            if words >= FEWEST_WORDS and index > LIMIT:
                yield Problem(
                    response.path,
                    variation.line,
                    f"{variation.label} of '{response.name}' is hard to read "
                    f"(LIX {index}, at most {LIMIT})",
                    "write shorter sentences and shorter words",
                )
