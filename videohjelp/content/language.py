"""Bokmål words in nynorsk texts, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required, check_texts
from videohjelp.content.texts import Response
from videohjelp.content.yaml_lines import Content, fields, items, line, line_at, pairs, text

PATH = "data/language/bokmaal_nynorsk.yml"
_LISTS = ("bokmaal", "nynorsk")
#: Names as they stand on the screen, addresses and what is filled in are no words of the language.
_NOT_LANGUAGE = re.compile(r"«[^»]*»|\"[^\"]*\"|\{\w+\}|[\w-]+(?:\.[\w-]+)+|\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OTHER = {"nb": ("nynorsk", "bokmål"), "nn": ("bokmaal", "nynorsk")}


@dataclass(frozen=True)
class _Text:
    path: str
    language: str
    node: yaml.ScalarNode


def check_language(content: Content, responses: list[Response]) -> Iterator[Problem]:
    """Gives each word of the other written form in responses, titles and error texts."""
    document = content.documents.get(PATH)
    if document is None:
        yield Problem(PATH, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(PATH, document, _LISTS, "the file")
    yield from check_required(PATH, document, _LISTS, "the file")
    for key, node in pairs(document):
        yield from check_texts(PATH, node, line(key), f"'{key.value}'")
    words = {name: {text(item) for item in items(node)} for name, node in fields(document).items()}
    for one in _texts(content, responses):
        section, name = _OTHER[one.language]
        found = _WORD.finditer(_masked(one.node.value))
        for word in found:
            if word[0].casefold() in words.get(section, set()):
                yield Problem(
                    one.path,
                    line_at(one.node, word.start()),
                    f"the word '{word[0]}' is not {name}",
                    f"write the text in {name}; if the word is right, take it out of {PATH}",
                )


def _masked(written: str) -> str:
    return _NOT_LANGUAGE.sub(lambda found: " " * len(found[0]), written)


def _texts(content: Content, responses: list[Response]) -> Iterator[_Text]:
    for response in responses:
        for variation in response.variations:
            # The confirmation of a language is in that language, whichever was used before.
            if variation.language not in _OTHER or response.name.startswith("utter_language_"):
                continue
            if variation.text_node is not None:
                yield _Text(response.path, variation.language, variation.text_node)
            for button in variation.buttons:
                title = fields(button.node).get("title")
                # Buttons written once and repeated (*name) are looked at where they are written.
                if isinstance(title, yaml.ScalarNode) and button.line > variation.line:
                    yield _Text(response.path, variation.language, title)
    titles = fields(content.documents.get("data/topics.yml")).get("topics")
    yield from _by_language("data/topics.yml", titles)
    for path, document in content.below("data/channels"):
        yield from _by_language(path, fields(document).get("errors"))


def _by_language(path: str, node: yaml.Node | None) -> Iterator[_Text]:
    for _, by_language in pairs(node):
        for language, value in fields(by_language).items():
            if language in _OTHER and isinstance(value, yaml.ScalarNode):
                yield _Text(path, language, value)
