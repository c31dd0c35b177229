"""The telephones that the page shows: data/channels/phone_lines.yml."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import get_args

import yaml

from videohjelp.appointments.phone_lines import Hours
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.texts import LANGUAGES
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text

PATH = "data/channels/phone_lines.yml"
_PARTS = ("id", "number", "hours", "name", "purpose")
_HOURS = get_args(Hours)
#: What a text about the hours must hold.
_STATUS = {"always": frozenset[str](), "open": frozenset({"time"}), "closed": frozenset({"opens"})}


def check_phone_lines(content: Content) -> Iterator[Problem]:
    """Gives lines that lack a part or a language. The numbers are checked with all others."""
    document = content.documents.get(PATH)
    if document is None:
        yield Problem(PATH, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(PATH, document, ("lines", "status"), "the file")
    yield from check_required(PATH, document, ("lines", "status"), "the file")
    for node in items(fields(document).get("lines")):
        yield from check_names(PATH, node, _PARTS, "a line")
        yield from check_required(PATH, node, _PARTS, "a line")
        parts = fields(node)
        if text(parts.get("hours")) not in _HOURS:
            yield Problem(
                PATH, line(node), "the hours are wrong", f"use one of: {', '.join(_HOURS)}"
            )
        for name in ("name", "purpose"):
            yield from _check_languages(parts.get(name), line(node), name)
    status = fields(document).get("status")
    if status is not None:
        yield from check_names(PATH, status, _STATUS, "'status'")
        yield from check_required(PATH, status, _STATUS, "'status'")
    for key, by_language in pairs(status):
        yield from _check_languages(by_language, line(key), str(key.value))
        for language, said in pairs(by_language):
            wanted = _STATUS.get(str(key.value), frozenset())
            if _placeholders(text(said) or "") != wanted:
                yield Problem(
                    PATH,
                    line(said),
                    f"the text of '{key.value}' in {language.value} has other {{places}}",
                    f"it must hold {', '.join(f'{{{one}}}' for one in wanted) or 'none'}",
                )


def _check_languages(node: yaml.Node | None, at: int, what: str) -> Iterator[Problem]:
    if node is None:
        return
    yield from check_names(PATH, node, LANGUAGES, f"'{what}'")
    for language in LANGUAGES:
        if not (text(fields(node).get(language)) or "").strip():
            yield Problem(
                PATH,
                at,
                f"'{what}' has no text in {language}",
                "add it; patients are answered in nb, nn and en",
            )


def _placeholders(said: str) -> frozenset[str]:
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(said) if name is not None)
    except ValueError:
        return frozenset({"?"})
