"""data/language/known_words.yml: the right words that the dictionaries lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_word_lists
from videohjelp.content.texts import LANGUAGES
from videohjelp.content.yaml_lines import Content, fields, items, text

PATH = "data/language/known_words.yml"
#: The lists of the file, and the languages whose words stand in each.
LISTS = {
    "navn": LANGUAGES,
    "norsk": ("nb", "nn"),
    "bokmaal": ("nb",),
    "nynorsk": ("nn",),
    "engelsk": ("en",),
}


def check_known_words(content: Content) -> Iterator[Problem]:
    """Gives the mistakes in the form of the file."""
    yield from check_word_lists(PATH, content.documents.get(PATH), tuple(LISTS))


@dataclass(frozen=True)
class KnownWords:
    """What the file lists for one language."""

    words: frozenset[str]
    #: Several words that are right together only; never matches when there are none.
    together: re.Pattern[str]


def read_known_words(content: Content) -> dict[str, KnownWords]:
    """The words of the file by language ("nb", "nn", "en")."""
    listed = fields(content.documents.get(PATH))
    return {
        language: _known_words(
            text(item) or ""
            for name, languages in LISTS.items()
            if language in languages
            for item in items(listed.get(name))
        )
        for language in LANGUAGES
    }


def _known_words(listed: Iterable[str]) -> KnownWords:
    entries = set(listed)
    together = sorted((re.escape(one) for one in entries if " " in one), key=len, reverse=True)
    pattern = rf"\b(?:{'|'.join(together)})\b" if together else r"(?!)"
    return KnownWords(frozenset(entries), re.compile(pattern))
