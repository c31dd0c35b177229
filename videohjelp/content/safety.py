"""The phrases that mean danger, data/safety/phrases.yml."""

from __future__ import annotations

from collections.abc import Iterator

from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required, check_texts
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text

PATH = "data/safety/phrases.yml"
DANGERS = ("medical_emergency", "mental_health_crisis")
HARMLESS = "not_danger"


def check_safety(content: Content) -> Iterator[Problem]:
    """Gives missing lists, what is no phrase, and phrases that are both danger and harmless."""
    document = content.documents.get(PATH)
    if document is None:
        yield Problem(PATH, 0, "the file is missing", "restore it from git")
        return
    yield from check_names(PATH, document, (*DANGERS, HARMLESS), "the file")
    yield from check_required(PATH, document, DANGERS, "the file")
    listed: dict[str, int] = {}
    harmless = {
        text(item)
        for key, node in pairs(document)
        if key.value == HARMLESS
        for item in items(fields(node).get("phrases", node))
    }
    for key, node in pairs(document):
        phrases = fields(node).get("phrases")
        if key.value == HARMLESS:
            phrases = phrases or node
        else:
            yield from check_names(PATH, node, ("phrases",), f"'{key.value}'")
        yield from check_texts(PATH, phrases, line(key), f"'{key.value}'")
        if key.value in DANGERS:
            listed.update((text(item) or "", line(item)) for item in items(phrases))
    for phrase, at in listed.items():
        if phrase in harmless:
            yield Problem(
                PATH,
                at,
                f"'{phrase}' stands both as a danger and under {HARMLESS}",
                "remove it from one of the two; in doubt, keep it as a danger",
            )
