"""Test cases and turns for the tests of the runner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from videohjelp.stories.cases import Expectation, Kind, TestCase, Turn
from videohjelp.stories.reader import read_text
from videohjelp.stories.results import CaseResult, Heard, Problem, TurnResult, Understood

UNDERSTOOD = Understood("camera_not_working", 0.91, "no_sound", 0.05)
HEARD = Heard(
    texts=("Gå til join.nhn.no.  ", "Hjalp det?"),
    responses=("utter_guide_camera", "utter_did_it_help"),
    buttons=("Ja", "Nei"),
    actions=("action_start_guide", "action_listen"),
    ran=("action_follow_language", "action_start_guide"),
    understood=UNDERSTOOD,
    slots={"guide": "camera", "device": None},
    set_slots=(("guide", "camera"), ("appointment_date", "2026-12-24")),
)


def expecting(kind: Kind, *values: Any, line: int = 7) -> Turn:
    """A turn of which one thing is expected."""
    return Turn("kameraet virker ikke", expected=(Expectation(kind, values, line),), line=3)


def one_case(steps: str, head: str = "") -> TestCase:
    """The case with these steps (YAML, each line begins with "- ")."""
    indented = "\n".join(f"      {line}" for line in steps.strip().splitlines())
    (case,) = read_text(
        f"test_cases:\n  - test_case: prøve\n{head}    steps:\n{indented}\n", "prøve.yml"
    )
    return case


def failed_result(text: str = "<b>Ring 113</b> & vent") -> CaseResult:
    """A case of one turn that went wrong."""
    turn = Turn("kameraet virker ikke", line=3)
    problem = Problem("contains_missing", 5, {"want": "55 97 65 51"})
    heard = Heard(texts=(text,), buttons=("Ja",), understood=UNDERSTOOD)
    case = TestCase("kamera <1>", (turn,), path="tests/e2e/prøve.yml", line=2)
    return CaseResult(case, (TurnResult(turn, heard, (problem,)),), 0.25)


def passed_result() -> CaseResult:
    """A case of one turn that went as expected."""
    turn = Turn("takk")
    case = TestCase("takk", (turn,), path="tests/e2e/prøve.yml", line=9)
    return CaseResult(case, (TurnResult(turn, Heard(texts=("Bare hyggelig!",))),), 0.1)


def sentences(problems: Sequence[Problem]) -> list[str]:
    """The problems as Norwegian sentences."""
    return [problem.said("nb") for problem in problems]
