"""The texts and words of the SMS channel itself: data/channels/sms_texts.yml, sms_keywords.yml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import yaml

from videohjelp.content.problem import Problem
from videohjelp.content.same_facts import digits
from videohjelp.content.shapes import check_names, check_required, check_texts
from videohjelp.content.sms import check_sms
from videohjelp.content.texts import LANGUAGES, Response, Variation
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text
from videohjelp.numbered_answers import bare
from videohjelp.sms import texts
from videohjelp.sms.keywords import Keyword

TEXTS = "data/channels/sms_texts.yml"
WORDS = "data/channels/sms_keywords.yml"
_TEXT_NAMES = get_args(texts.Name)
_KEYWORD_NAMES = tuple(keyword.value for keyword in Keyword)
_WORD_LISTS = ("keywords", "english", "before_number", "numbers")


def check_sms_texts(content: Content) -> Iterator[Problem]:
    """Gives channel texts that lack a language, differ in numbers, or cannot be sent."""
    document = content.documents.get(TEXTS)
    if document is None:
        yield Problem(TEXTS, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(TEXTS, document, ("texts",), "the file")
    yield from check_required(TEXTS, document, ("texts",), "the file")
    listed = fields(document).get("texts")
    if listed is None:
        return
    yield from check_names(TEXTS, listed, _TEXT_NAMES, "'texts'")
    yield from check_required(TEXTS, listed, _TEXT_NAMES, "'texts'")
    responses = [_as_response(key, by_language) for key, by_language in pairs(listed)]
    for key, by_language in pairs(listed):
        yield from check_names(TEXTS, by_language, LANGUAGES, f"'{key.value}'")
        for language in LANGUAGES:
            if not (text(fields(by_language).get(language)) or "").strip():
                yield Problem(
                    TEXTS,
                    line(key),
                    f"the text '{key.value}' has no text in {language}",
                    "add it; patients are answered in nb, nn and en",
                )
    yield from check_sms(responses)
    for response in responses:
        yield from _check_same_numbers(response)


def check_sms_keywords(content: Content, responses: list[Response]) -> Iterator[Problem]:
    """Gives words that stand twice, words that are no words, and buttons that a keyword hides."""
    document = content.documents.get(WORDS)
    if document is None:
        yield Problem(WORDS, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(WORDS, document, _WORD_LISTS, "the file")
    yield from check_required(WORDS, document, _WORD_LISTS, "the file")
    parts = fields(document)
    if keywords := parts.get("keywords"):
        yield from check_names(WORDS, keywords, _KEYWORD_NAMES, "'keywords'")
        yield from check_required(WORDS, keywords, _KEYWORD_NAMES, "'keywords'")
    for number, _ in pairs(parts.get("numbers")):
        if not (text(number) or "").isdecimal():
            yield Problem(
                WORDS, line(number), f"'{number.value}' is no number", 'write it as "1": [...]'
            )
    lists = [*pairs(parts.get("keywords")), *pairs(parts.get("numbers"))]
    lists += [(key, node) for key, node in pairs(document) if key.value == "before_number"]
    english = [(key, node) for key, node in pairs(document) if key.value == "english"]
    for key, node in [*lists, *english]:
        yield from check_texts(WORDS, node, line(key), f"'{key.value}'")
    yield from _check_words(lists)
    yield from _check_english(parts)
    yield from _check_buttons(parts.get("keywords"), responses)


def _as_response(key: yaml.Node, by_language: yaml.Node) -> Response:
    """A channel text in the form that the responses are checked in."""
    variations = tuple(
        Variation("sms", language, text(node) or "", line(node), node, node)
        for language, node in fields(by_language).items()
        if language in LANGUAGES and isinstance(node, yaml.ScalarNode)
    )
    return Response(str(key.value), TEXTS, line(key), by_language, variations)


def _check_same_numbers(response: Response) -> Iterator[Problem]:
    for variation in response.variations[1:]:
        first = response.variations[0]
        for number in sorted(digits(first) ^ digits(variation)):
            yield Problem(
                TEXTS,
                variation.line,
                f"the number '{number}' is in one of {first.label} and {variation.label} "
                f"of '{response.name}', not in both",
                "state the same in all languages",
            )


def _check_words(lists: list[tuple[yaml.Node, yaml.Node]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for key, node in lists:
        for item in items(node):
            word = bare(text(item) or "")
            if not word or " " in word:
                yield Problem(
                    WORDS, line(item), f"'{text(item)}' is not one word", "write a single word"
                )
            elif word in first:
                yield Problem(
                    WORDS,
                    line(item),
                    f"the word '{text(item)}' stands under '{first[word]}' and '{key.value}'",
                    "keep it in one place",
                )
            first.setdefault(word, str(key.value))


def _check_english(parts: dict[str, yaml.Node]) -> Iterator[Problem]:
    words = _keyword_words(parts.get("keywords"))
    for item in items(parts.get("english")):
        if bare(text(item) or "") not in words:
            yield Problem(
                WORDS,
                line(item),
                f"the word '{text(item)}' under 'english' is no keyword",
                "write it under 'keywords' too",
            )


def _check_buttons(keywords: yaml.Node | None, responses: list[Response]) -> Iterator[Problem]:
    words = _keyword_words(keywords)
    for response in responses:
        for variation in response.variations:
            for button in variation.buttons:
                if variation.channel == "sms" and bare(button.title) in words:
                    yield Problem(
                        response.path,
                        button.line,
                        f"the title '{button.title}' is a keyword of the SMS channel, {WORDS}",
                        "give the button another title",
                    )


def _keyword_words(keywords: yaml.Node | None) -> set[str]:
    return {bare(text(item) or "") for _, node in pairs(keywords) for item in items(node)}
