"""What domain.yml knows: intents, entities, slots, forms and actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from videohjelp.content.problem import Problem
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text

PATH = "domain.yml"
_SECTIONS = ("intents", "entities", "actions")


@dataclass(frozen=True)
class Domain:
    """The names in domain.yml, each with its line; for forms also the slots they ask for."""

    intents: dict[str, int]
    entities: dict[str, int]
    actions: dict[str, int]
    slots: dict[str, int]
    forms: dict[str, tuple[str, ...]]
    form_lines: dict[str, int]


def read_domain(content: Content) -> Domain:
    """Reads domain.yml; what has a wrong form there is left out."""
    sections = fields(content.documents.get(PATH))
    forms = fields(sections.get("forms"))
    return Domain(
        intents=_names(sections.get("intents")),
        entities=_names(sections.get("entities")),
        actions=_names(sections.get("actions")),
        slots={str(key.value): line(key) for key, _ in pairs(sections.get("slots"))},
        forms={
            name: tuple(
                slot for item in items(fields(form).get("required_slots")) if (slot := text(item))
            )
            for name, form in forms.items()
        },
        form_lines={str(key.value): line(key) for key, _ in pairs(sections.get("forms"))},
    )


def check_domain(content: Content) -> Iterator[Problem]:
    """Gives intents, entities and actions that stand twice, and lists with a wrong form."""
    sections = fields(content.documents.get(PATH))
    for section in _SECTIONS:
        node = sections.get(section)
        if node is None or not isinstance(node, yaml.SequenceNode):
            at = line(node) if node is not None else 0
            yield Problem(
                PATH, at, f"'{section}' must be a list", "write one name on each line, after '- '"
            )
        first: dict[str, int] = {}
        for item in items(node):
            name = _name(item)
            if name in first:
                yield Problem(
                    PATH,
                    line(item),
                    f"'{name}' stands in {section} already, in line {first[name]}",
                    "remove one of the two",
                )
            first.setdefault(name, line(item))


def _names(node: yaml.Node | None) -> dict[str, int]:
    return {_name(item): line(item) for item in items(node)}


def _name(item: yaml.Node) -> str:
    # "- device:" with lines of its own below it is a mapping of one name.
    inner = pairs(item)
    return str(inner[0][0].value) if inner else str(item.value)
