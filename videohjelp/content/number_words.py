"""Numbers written as words: "to virkedager" must be "two working days" in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from videohjelp.content.problem import Problem
from videohjelp.content.same_facts import differences, without_quotations
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.texts import LANGUAGES, Response, Variation
from videohjelp.content.yaml_lines import Content, fields, line, pairs, text

PATH = "data/language/number_words.yml"
_WORD = re.compile(r"[^\W\d_]+")


def check_number_words(content: Content, responses: list[Response]) -> Iterator[Problem]:
    """Gives each number in words that is in one text of a response and not in another."""
    document = content.documents.get(PATH)
    if document is None:
        yield Problem(PATH, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(PATH, document, LANGUAGES, "the file")
    yield from check_required(PATH, document, LANGUAGES, "the file")
    words: dict[str, dict[str, str]] = {}
    for language, listed in fields(document).items():
        words[language] = {word: text(number) or "" for word, number in fields(listed).items()}
        for word, number in pairs(listed):
            if not (text(number) or "").isdecimal():
                yield Problem(
                    PATH, line(number), f"'{word.value}' has no number", "write it as 'to: 2'"
                )
    yield from differences(responses, "the number in words", partial(_numbers, words))


def _numbers(words: dict[str, dict[str, str]], variation: Variation) -> set[str]:
    listed = words.get(variation.language, {})
    found = _WORD.findall(without_quotations(variation.text).casefold())
    return {listed[word] for word in found if word in listed}
