"""Writes a test case as YAML, as a person would write it."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from videohjelp.stories.cases import Expectation, SlotCheck, TestCase, Turn

_NAMES = ("intent", "utter", "action")
_FIXTURE = "at_start"


def to_yaml(case: TestCase) -> str:
    """A file's text with this one test case; read_text gives the case back, its lines apart."""
    return file_yaml([case])


def file_yaml(cases: list[TestCase]) -> str:
    """A file's text with these test cases. Slots at the start become fixtures."""
    document: dict[str, Any] = {}
    fixtures = [(case.name, f"{_FIXTURE}_{number}") for number, case in enumerate(cases, start=1)]
    named = {case.name: name for case, (_, name) in zip(cases, fixtures, strict=True) if case.slots}
    if named:
        document["fixtures"] = [
            {named[case.name]: [{slot: _plain(value)} for slot, value in case.slots.items()]}
            for case in cases
            if case.name in named
        ]
    document["test_cases"] = [_case(case, named.get(case.name)) for case in cases]
    return _written(document)


def _case(case: TestCase, fixture: str | None) -> dict[str, Any]:
    written: dict[str, Any] = {"test_case": _text(case.name)}
    if fixture:
        written["fixtures"] = _flow([fixture])
    if case.channel != "web":
        written["channel"] = case.channel
    if case.clock is not None:
        seconds = "seconds" if case.clock.second else "minutes"
        written["clock"] = case.clock.replace(tzinfo=None).isoformat(timespec=seconds)
    if case.language != "nb":
        written["language"] = case.language
    if case.strict:
        written["strict"] = True
    written["steps"] = [step for turn in case.turns for step in _steps(turn)]
    return written


def _steps(turn: Turn) -> list[dict[str, Any]]:
    first: dict[str, Any] = {"press" if turn.is_press else "user": _text(turn.text)}
    steps = [first]
    for expected in turn.expected:
        if expected.kind == "intent" and "intent" not in first and len(steps) == 1:
            first["intent"] = expected.values[0]
        else:
            steps.append({expected.kind: _expected(expected)})
    return steps


def _expected(expected: Expectation) -> Any:
    if expected.kind in _NAMES:
        return expected.values[0]
    if expected.kind == "bot":
        return _text(expected.values[0])
    if expected.kind in ("slot_was_set", "slot_was_not_set"):
        return [_slot(check) for check in expected.values]
    texts = [_text(text) for text in expected.values]
    return _flow(texts) if expected.kind == "buttons" else texts


def _slot(check: SlotCheck) -> Any:
    return check.name if check.any_value else {check.name: _plain(check.value)}


def _text(text: str) -> str:
    # Quotation marks: "nei", "12" and "kl. 10: ja" are texts whatever YAML thinks.
    by_lines = "\n" in text and text == text.strip()
    plain = by_lines and all(line == line.rstrip() for line in text.split("\n"))
    return LiteralScalarString(text) if plain else DoubleQuotedScalarString(text)


def _plain(value: Any) -> Any:
    return DoubleQuotedScalarString(value) if isinstance(value, str) else value


def _flow(values: list[str]) -> CommentedSeq:
    sequence = CommentedSeq(values)
    sequence.fa.set_flow_style()
    return sequence


def _written(document: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 100_000  # a long text stays on its line
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(CommentedMap(document), stream)
    return stream.getvalue()
