"""The rules in data/rules (and stories, if there are any)."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from videohjelp.content import domain as domain_file
from videohjelp.content.domain import Domain
from videohjelp.content.problem import Problem
from videohjelp.content.shapes import check_names, check_required
from videohjelp.content.yaml_lines import Content, fields, items, line, pairs, text

#: What Rasa brings itself.
BUILT_IN_INTENTS = {"nlu_fallback"}
BUILT_IN_ACTIONS = {
    "action_listen",
    "action_restart",
    "action_session_start",
    "action_default_fallback",
    "action_deactivate_loop",
    "action_back",
}
BUILT_IN_SLOTS = {"requested_slot"}
_KINDS = (("data/rules", "rules", "rule"), ("data/stories", "stories", "story"))
_STEPS = ("intent", "action", "active_loop", "slot_was_set", "entities")


def check_rules(content: Content, domain: Domain) -> Iterator[Problem]:
    """Gives mistakes in the rules, and the intents that have none."""
    begun: set[str] = set()
    first: dict[str, tuple[str, int]] = {}
    for folder, plural, singular in _KINDS:
        for path, document in content.below(folder):
            yield from check_names(path, document, ("version", plural), f"a file of {plural}")
            for rule in items(fields(document).get(plural)):
                known = (singular, "steps", "condition", "conversation_start")
                yield from check_names(path, rule, known, f"a {singular}")
                yield from check_required(path, rule, (singular, "steps"), f"the {singular}")
                yield from _check_title(path, rule, singular, first)
                yield from _check_steps(path, rule, domain)
                begun.update(intents_of(rule))
    for intent, at in domain.intents.items():
        if intent not in begun:
            yield Problem(
                domain_file.PATH,
                at,
                f"the intent '{intent}' has no rule",
                "add one in data/rules that says what happens then",
            )


def intents_of(rule: yaml.Node) -> list[str]:
    """The intents among a rule's steps."""
    steps = items(fields(rule).get("steps"))
    return [intent for step in steps if (intent := text(fields(step).get("intent")))]


def _check_title(
    path: str, rule: yaml.Node, singular: str, first: dict[str, tuple[str, int]]
) -> Iterator[Problem]:
    node = fields(rule).get(singular)
    title = text(node)
    if node is None or title is None:
        return
    if title in first:
        other, at = first[title]
        yield Problem(
            path,
            line(node),
            f"the {singular} '{title}' stands twice, first in {other}:{at}",
            "remove one of the two or give it another name",
        )
    first.setdefault(title, (path, line(node)))


def _check_steps(path: str, rule: yaml.Node, domain: Domain) -> Iterator[Problem]:
    parts = fields(rule)
    for step in [*items(parts.get("steps")), *items(parts.get("condition"))]:
        yield from check_names(path, step, _STEPS, "a step")
        for key, value in pairs(step):
            yield from _check_step(path, str(key.value), value, domain)


def _check_step(path: str, kind: str, value: yaml.Node, domain: Domain) -> Iterator[Problem]:
    name = text(value)
    if kind == "intent" and name not in {*domain.intents, *BUILT_IN_INTENTS}:
        yield _unknown(path, value, f"the intent '{name}' is", "intents")
    elif kind == "action" and not (name or "").startswith("utter_"):
        # Responses are looked for by their use (videohjelp.content.usage).
        if name not in {*domain.actions, *domain.forms, *BUILT_IN_ACTIONS}:
            yield _unknown(path, value, f"the action '{name}' is", "actions")
    elif kind == "active_loop" and name is not None and name not in domain.forms:
        yield _unknown(path, value, f"the form '{name}' is", "forms")
    elif kind == "slot_was_set":
        for item in items(value):
            for slot, _ in pairs(item):
                if slot.value not in {*domain.slots, *BUILT_IN_SLOTS}:
                    yield _unknown(path, slot, f"the slot '{slot.value}' is", "slots")


def _unknown(path: str, node: yaml.Node, what: str, section: str) -> Problem:
    return Problem(
        path, line(node), f"{what} not in domain.yml", f"correct the name, or add it to '{section}'"
    )
