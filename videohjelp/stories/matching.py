"""Compares what happened in a turn with what was expected of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from videohjelp.stories.cases import Expectation, Kind, SlotCheck, Turn
from videohjelp.stories.results import Heard, Problem

_NOTHING = "–"


def problems(turn: Turn, heard: Heard, *, strict: bool = False) -> tuple[Problem, ...]:
    """Everything that is not as expected, in the order of the file.

    strict: whether every reply must be named by an `utter` or a `bot`.
    """
    found = [
        Problem("action_failed", turn.line, _failure(failure.what, failure.error, failure.place))
        for failure in heard.failures
    ]
    for expected in turn.expected:
        if check := _CHECKS.get(expected.kind):
            found += check(expected, heard)
    found += _in_order("utter", turn.expected, heard.responses, turn.line, strict=strict)
    found += _in_order("bot", turn.expected, heard.texts, turn.line, strict=strict)
    return tuple(sorted(found, key=lambda problem: problem.line))


def _failure(what: str, error: str, place: str) -> dict[str, str]:
    return {"what": what, "error": error, "place": place}


def _in_order(
    kind: Kind, all_expected: Iterable[Expectation], got: Sequence[str], line: int, *, strict: bool
) -> list[Problem]:
    """Looks for the replies that are named, each after the one before it."""
    wanted = [expected for expected in all_expected if expected.kind == kind]
    shown = [trimmed(text) for text in got]
    found: list[Problem] = []
    begin = 0
    for expected in wanted:
        text = trimmed(str(expected.values[0]))
        if text in shown[begin:]:
            begin = shown.index(text, begin) + 1
            continue
        sentence = f"{kind}_earlier" if text in shown else f"{kind}_missing"
        values = {"want": text, "got": _listed(got, "\n\n" if kind == "bot" else ", ")}
        found.append(Problem(sentence, expected.line, values))
    if strict and not found and wanted and len(wanted) != len(got):
        values = {"got": _listed(got, ", ")}
        found.append(Problem("strict_more", line, values))
    return found


def trimmed(text: str) -> str:
    """A text without white space at the ends of its lines, and of itself."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _listed(texts: Iterable[str], between: str) -> str:
    return between.join(text or _NOTHING for text in texts) or _NOTHING


def _intent(expected: Expectation, heard: Heard) -> list[Problem]:
    want, got = str(expected.values[0]), heard.understood
    if got is None:
        return [Problem("intent_not_asked", expected.line, {"want": want})]
    if got.intent == want:
        return []
    values = {
        "want": want,
        "got": got.intent,
        "confidence": f"{got.confidence:.2f}",
        "runner_up": got.runner_up or _NOTHING,
        "runner_up_confidence": f"{got.runner_up_confidence:.2f}",
    }
    return [Problem("intent_other", expected.line, values)]


def _contains(expected: Expectation, heard: Heard) -> list[Problem]:
    missing = [text for text in expected.values if text not in heard.text]
    return [Problem("contains_missing", expected.line, {"want": text}) for text in missing]


def _not_contains(expected: Expectation, heard: Heard) -> list[Problem]:
    present = [text for text in expected.values if text in heard.text]
    return [Problem("contains_unwanted", expected.line, {"want": text}) for text in present]


def _matches(expected: Expectation, heard: Heard) -> list[Problem]:
    missing = [pattern for pattern in expected.values if not re.search(pattern, heard.text)]
    return [Problem("matches_nothing", expected.line, {"want": text}) for text in missing]


def _action(expected: Expectation, heard: Heard) -> list[Problem]:
    want = str(expected.values[0])
    if want in heard.actions or want in heard.ran:
        return []
    values = {"want": want, "got": _listed(heard.actions, ", ")}
    return [Problem("action_not_run", expected.line, values)]


def _buttons(expected: Expectation, heard: Heard) -> list[Problem]:
    if tuple(expected.values) == heard.buttons:
        return []
    values = {"want": _titles(expected.values), "got": _titles(heard.buttons)}
    return [Problem("buttons_other", expected.line, values)]


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(f"[{title}]" for title in titles) or _NOTHING


def _slots_set(expected: Expectation, heard: Heard) -> list[Problem]:
    return [
        Problem("slot_not_set", expected.line, _slot_values(check, heard))
        for check in expected.values
        if not any(_fits(check, value) for value in _values(check, heard))
    ]


def _slots_not_set(expected: Expectation, heard: Heard) -> list[Problem]:
    return [
        Problem("slot_set", expected.line, _slot_values(check, heard))
        for check in expected.values
        if _fits(check, heard.slots.get(check.name))
    ]


def _values(check: SlotCheck, heard: Heard) -> list[Any]:
    """What the slot was within the turn, and is after it."""
    return [value for name, value in heard.set_slots if name == check.name] + [
        heard.slots.get(check.name)
    ]


def _fits(check: SlotCheck, value: Any) -> bool:
    return value is not None if check.any_value else bool(value == check.value)


def _slot_values(check: SlotCheck, heard: Heard) -> dict[str, str]:
    want = check.name if check.any_value else f"{check.name}: {_shown(check.value)}"
    return {"want": want, "name": check.name, "got": _shown(heard.slots.get(check.name))}


def _shown(value: Any) -> str:
    return _NOTHING if value is None else str(value)


_CHECKS: Mapping[Kind, Callable[[Expectation, Heard], list[Problem]]] = {
    "intent": _intent,
    "contains": _contains,
    "not_contains": _not_contains,
    "matches": _matches,
    "action": _action,
    "buttons": _buttons,
    "slot_was_set": _slots_set,
    "slot_was_not_set": _slots_not_set,
}
