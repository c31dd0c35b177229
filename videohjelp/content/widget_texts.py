"""The texts of pages (data/widget, data/staff): all languages, and the same facts in each."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from videohjelp.content.problem import Problem
from videohjelp.content.same_facts import addresses, differences, digits, places
from videohjelp.content.shapes import check_names
from videohjelp.content.texts import LANGUAGES, Response, Variation
from videohjelp.content.yaml_lines import Content, fields, line, pairs, text

FOLDERS = ("data/widget", "data/staff")


def read_widget_texts(content: Content) -> list[Response]:
    """Every text of the web chat and of the console, as a response with three variations."""
    return [
        Response(
            name=str(key.value),
            path=path,
            line=line(key),
            node=by_language,
            variations=tuple(_variations(by_language)),
        )
        for folder in FOLDERS
        for path, document in content.below(folder)
        for key, by_language in pairs(fields(document).get("texts"))
    ]


def check_widget_texts(texts: list[Response]) -> Iterator[Problem]:
    """Gives texts that lack a language, or differ in numbers, addresses or parts in braces.

    texts: as read_widget_texts gives them.
    """
    for one in texts:
        yield from check_names(one.path, one.node, LANGUAGES, f"'{one.name}'")
        filled = {variation.language for variation in one.variations if variation.text.strip()}
        for language in LANGUAGES:
            if language not in filled:
                yield Problem(
                    one.path,
                    one.line,
                    f"the text '{one.name}' has no text in {language}",
                    "add it; the page is shown in nb, nn and en",
                )
    for what, facts in (
        ("the number", digits),
        ("the address", addresses),
        ("the part in braces", places),
    ):
        yield from differences(texts, what, facts)


def _variations(by_language: yaml.Node) -> Iterator[Variation]:
    for language, node in fields(by_language).items():
        if language in LANGUAGES:
            yield Variation(
                channel="web",
                language=language,
                text=text(node) or "",
                line=line(node),
                node=node,
                text_node=node if isinstance(node, yaml.ScalarNode) else None,
            )
