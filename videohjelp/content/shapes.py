"""Whether a part of a file has the form it must have: names, lists, texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import yaml

from videohjelp.content.problem import Problem
from videohjelp.content.yaml_lines import is_text, items, line, pairs, text


def check_names(path: str, node: yaml.Node, known: Collection[str], what: str) -> Iterator[Problem]:
    """Gives a problem when the node is no mapping, and one for each name that is not known."""
    listed = ", ".join(sorted(known))
    if not isinstance(node, yaml.MappingNode):
        yield Problem(
            path,
            line(node),
            f"{what} must be written as 'name: value' lines",
            f"use the names {listed}",
        )
    for key, _ in pairs(node):
        if text(key) not in known:
            yield Problem(
                path,
                line(key),
                f"'{key.value}' is not known in {what}",
                f"use one of: {listed}",
            )


def check_required(
    path: str, node: yaml.Node, required: Collection[str], what: str
) -> Iterator[Problem]:
    """Gives a problem for each required name that a mapping lacks."""
    present = {text(key) for key, _ in pairs(node)}
    for name in required:
        if isinstance(node, yaml.MappingNode) and name not in present:
            yield Problem(path, line(node), f"{what} has no '{name}'", f"add '{name}:'")


def check_texts(path: str, node: yaml.Node | None, at: int, what: str) -> Iterator[Problem]:
    """Gives the mistakes of what must be a list of one or more texts.

    at: the line of the list's name, for a list that is missing or empty.
    """
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        yield Problem(
            path, at, f"{what} must be a list of words", "write one word on each line, after '- '"
        )
    for item in items(node):
        if not isinstance(item, yaml.ScalarNode):
            yield Problem(
                path, line(item), f"{what} must be a list of words only", "write it as one text"
            )
        elif not is_text(item):
            yield Problem(
                path,
                line(item),
                f"'{item.value}' is not read as text by YAML",
                f'put it between quotation marks: "{item.value}"',
            )
        elif not item.value.strip():
            yield Problem(path, line(item), "the word is empty", "fill it in or remove the line")


def check_word_lists(
    path: str, document: yaml.Node | None, names: Collection[str]
) -> Iterator[Problem]:
    """Gives the mistakes in a file that is nothing but lists of words, each with its name.

    document: the file's outermost node; None when there is no such file.
    """
    if document is None:
        yield Problem(path, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(path, document, names, "the file")
    yield from check_required(path, document, names, "the file")
    for key, node in pairs(document):
        yield from check_texts(path, node, line(key), f"'{key.value}'")
