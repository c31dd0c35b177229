"""Reads the steps of a test case: what the patient does, and what is expected to come of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

import yaml

from videohjelp.content.yaml_lines import line, text
from videohjelp.stories.cases import Expectation, Kind, SlotCheck, Turn
from videohjelp.stories.parts import Parts, value

PATIENT_KEYS = ("user", "press")
PRESS = "press"
TEXT_KEYS = ("contains", "not_contains", "matches")
NAME_KEYS = ("intent", "utter", "action")
SLOT_KEYS = ("slot_was_set", "slot_was_not_set")
EXPECTATION_KEYS = (*NAME_KEYS, "bot", *TEXT_KEYS, "buttons", *SLOT_KEYS)
STEP_KEYS = (*PATIENT_KEYS, *EXPECTATION_KEYS)


def read_steps(parts: Parts, node: yaml.Node) -> tuple[Turn, ...]:
    """The turns of a list of steps; mistakes are kept in `parts`."""
    turns: list[Turn] = []
    for item in parts.entries(node, "steps"):
        found = parts.mapping(item, "the_step", STEP_KEYS)
        if not found:
            continue
        turn = _patient(parts, item, found)
        expected = _expected(parts, found)
        if turn is not None:
            turns.append(replace(turn, expected=expected))
        elif turns:
            turns[-1] = replace(turns[-1], expected=(*turns[-1].expected, *expected))
        else:
            parts.wrong(item, "begin_with_user")
            turns.append(Turn("", line=line(item)))
    return tuple(turns)


def _patient(parts: Parts, item: yaml.Node, found: dict[str, yaml.Node]) -> Turn | None:
    done = [key for key in PATIENT_KEYS if key in found]
    if not done:
        return None
    first = done[0]
    for key, other in found.items():
        if key not in (first, "intent"):
            parts.wrong(other, "mixed_step", key=key, other=first)
    node, is_press = found[first], first == PRESS
    if first == "user" and isinstance(node, yaml.MappingNode):
        inner = parts.mapping(node, "user", (PRESS,), (PRESS,))
        if PRESS not in inner:
            return Turn("", is_press=True, line=line(item))
        node, is_press = inner[PRESS], True
    return Turn(parts.text(node, first), is_press, line=line(item))


def _expected(parts: Parts, found: dict[str, yaml.Node]) -> tuple[Expectation, ...]:
    expected: list[Expectation] = []
    for key, node in found.items():
        if key in PATIENT_KEYS:
            continue
        if key == "bot" and isinstance(node, yaml.MappingNode):
            inner = parts.mapping(node, "bot", TEXT_KEYS)
            expected += [_texts(parts, name, one) for name, one in inner.items()]
        elif key in SLOT_KEYS:
            checks = _slots(parts, node, key)
            expected.append(Expectation(cast(Kind, key), checks, line(node)))
        elif key in TEXT_KEYS:
            expected.append(_texts(parts, key, node))
        elif key == "buttons":
            titles = parts.texts(node, key, empty=True)
            expected.append(Expectation("buttons", titles, line(node)))
        else:
            expected.append(Expectation(cast(Kind, key), (parts.text(node, key),), line(node)))
    return tuple(expected)


def _texts(parts: Parts, key: str, node: yaml.Node) -> Expectation:
    written = parts.texts(node, key)
    for pattern in written if key == "matches" else ():
        try:
            re.compile(pattern)
        except re.error as error:
            parts.wrong(node, "not_regex", value=pattern, reason=str(error))
    return Expectation(cast(Kind, key), written, line(node))


def _slots(parts: Parts, node: yaml.Node, what: str) -> tuple[SlotCheck, ...]:
    checks: list[SlotCheck] = []
    for item in parts.entries(node, what):
        if isinstance(item, yaml.MappingNode):
            checks += [SlotCheck(key.value, value(inner)) for key, inner in parts.once(item)]
        elif text(item):
            checks.append(SlotCheck(parts.text(item, what), any_value=True))
        else:
            parts.wrong(item, "no_text", what=what)
    return tuple(checks)
