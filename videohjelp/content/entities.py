"""The lists of words: what patients call devices and browsers, and other ways of writing words."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from videohjelp.content.domain import Domain
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required, check_texts
from videohjelp.content.yaml_lines import Content, fields, is_text, items, line, pairs, text
from videohjelp.guides.model import DEVICES

FOLDER = "data/entities"
FUNCTION_WORDS = "data/language/function_words.yml"
#: What messages begin with, and what they turn to something else with.
PHRASES = ("data/language/greetings.yml", "data/language/contrasts.yml")


def check_entities(content: Content, domain: Domain) -> Iterator[Problem]:
    """Gives the mistakes in data/entities, in the small words, greetings and contrasts."""
    for path, document in content.below(FOLDER):
        yield from check_names(path, document, ("entity", "values"), "a list of words")
        yield from check_required(path, document, ("entity", "values"), "the list of words")
        parts = fields(document)
        entity = text(parts.get("entity"))
        if "entity" in parts and entity not in domain.entities:
            yield Problem(
                path,
                line(parts["entity"]),
                f"the entity '{entity}' is not in domain.yml",
                "correct the name, or add it to 'entities' there",
            )
        yield from _check_values(path, parts.get("values"))
        if entity == "device":
            yield from _check_devices(path, parts.get("values"))
    if FUNCTION_WORDS in content.documents:
        for key, forms in pairs(content.documents[FUNCTION_WORDS]):
            yield from _check_key(FUNCTION_WORDS, key)
            # An empty list says that the word has no other form.
            if not isinstance(forms, yaml.SequenceNode) or forms.value:
                yield from check_texts(FUNCTION_WORDS, forms, line(key), f"'{key.value}'")
    for path in PHRASES:
        for key, phrases in pairs(content.documents.get(path)):
            yield from check_texts(path, phrases, line(key), f"'{key.value}'")


def _check_values(path: str, values: yaml.Node | None) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for key, phrases in pairs(values):
        yield from _check_key(path, key)
        yield from check_texts(path, phrases, line(key), f"'{key.value}'")
        for phrase in items(phrases):
            word = (text(phrase) or "").casefold()
            other = first.setdefault(word, str(key.value))
            if word and other != key.value:
                yield Problem(
                    path,
                    line(phrase),
                    f"'{word}' stands under '{key.value}' and under '{other}'",
                    "keep it under one of them",
                )


def _check_devices(path: str, values: yaml.Node | None) -> Iterator[Problem]:
    for key, _ in pairs(values):
        if key.value not in DEVICES:
            yield Problem(
                path,
                line(key),
                f"the guides know no device '{key.value}'",
                f"use one of: {', '.join(DEVICES)}",
            )


def _check_key(path: str, key: yaml.Node) -> Iterator[Problem]:
    if not is_text(key):
        yield Problem(
            path,
            line(key),
            f"'{key.value}' is not read as text by YAML",
            f'put it between quotation marks: "{key.value}"',
        )
