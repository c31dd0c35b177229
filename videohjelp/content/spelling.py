"""Misspelt words, and words of another language than the text's, found in dictionaries."""

from __future__ import annotations

from collections.abc import Iterator

from videohjelp.content.known_words import LISTS, PATH
from videohjelp.content.language_texts import read_language_texts
from videohjelp.content.problem import Problem
from videohjelp.content.texts import Response
from videohjelp.content.word_lists import WordLists
from videohjelp.content.yaml_lines import Content

_NAMES = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}


def check_spelling(
    content: Content, responses: list[Response], lists: WordLists
) -> Iterator[Problem]:
    """Gives each word that is not of its text's language.

    What stands between quotation marks or in parentheses may be of any of the three languages:
    names as they stand on the screen, or what a word is called in the other language.
    """
    for text in read_language_texts(content, responses):
        for word in text.words(without=lists.known[text.language].together):
            languages = lists.languages(word.written)
            if text.language in languages or (word.quoted and languages):
                continue
            name = _NAMES[text.language]
            listed = next(one for one, only in LISTS.items() if only == (text.language,))
            others = " and ".join(_NAMES[one] for one in _NAMES if one in languages)
            yield Problem(
                text.path,
                word.line,
                f"the word '{word.written}' is {others}, not {name}"
                if others and not word.quoted
                else f"the word '{word.written}' is in no word list",
                f"correct it; if it is right, add it to {PATH} under '{listed}' or 'navn'",
            )
