"""What is as expected is no problem, and what is not is told with what there was instead."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories_runner.samples import HEARD, expecting, sentences
from videohjelp.stories.cases import Expectation, Kind, SlotCheck, Turn
from videohjelp.stories.matching import problems
from videohjelp.stories.results import Failure, Heard

GUIDE = SlotCheck("guide", "camera")

FITTING: list[tuple[Kind, tuple[Any, ...]]] = [
    ("intent", ("camera_not_working",)),
    ("utter", ("utter_did_it_help",)),
    ("bot", ("Gå til join.nhn.no.",)),
    ("contains", ("join.nhn.no.  \n\nHjalp",)),
    ("not_contains", ("hjalp",)),
    ("matches", (r"(?m)^Hjalp \w+\?$",)),
    ("action", ("action_start_guide",)),
    ("action", ("action_follow_language",)),
    ("buttons", ("Ja", "Nei")),
    ("slot_was_set", (GUIDE, SlotCheck("appointment_date", any_value=True))),
    ("slot_was_not_set", (SlotCheck("device", any_value=True), SlotCheck("guide", "sound"))),
    ("slot_was_not_set", (SlotCheck("appointment_date", any_value=True),)),
]
OTHER: list[tuple[Kind, tuple[Any, ...], str]] = [
    ("intent", ("no_sound",), "«camera_not_working» (0.91; deretter «no_sound», 0.05)"),
    ("utter", ("utter_x",), "det ble sagt: utter_guide_camera, utter_did_it_help"),
    ("bot", ("Hjalp",), "Ventet teksten:\nHjalp\nmen fikk:\nGå til"),
    ("contains", ("55 97 65 51",), "Ventet «55 97 65 51»"),
    ("not_contains", ("Hjalp",), "«Hjalp» skulle ikke stå"),
    ("matches", ("^hjalp",), "mønsteret «^hjalp»"),
    ("action", ("action_handoff",), "action_start_guide"),
    ("buttons", ("Nei", "Ja"), "Ventet knappene [Nei], [Ja], men fikk [Ja], [Nei]"),
    ("buttons", (), "Ventet knappene –"),
    ("slot_was_set", (SlotCheck("guide", "sound"),), "«guide» er camera"),
    ("slot_was_set", (SlotCheck("device", any_value=True),), "«device» er –"),
    ("slot_was_not_set", (GUIDE,), "«guide: camera» skulle ikke"),
]


@pytest.mark.parametrize(("kind", "values"), FITTING)
def test_what_fits_is_no_problem(kind: Kind, values: tuple[Any, ...]) -> None:
    assert problems(expecting(kind, *values), HEARD) == ()


@pytest.mark.parametrize(("kind", "values", "said"), OTHER)
def test_what_does_not_fit_is_told(kind: Kind, values: tuple[Any, ...], said: str) -> None:
    (problem,) = problems(expecting(kind, *values, line=12), HEARD)
    assert said in problem.said("nb")
    assert problem.line == 12


def test_responses_match_in_their_order() -> None:
    names = ("utter_did_it_help", "utter_guide_camera")
    turn = Turn("a", expected=tuple(Expectation("utter", (name,)) for name in names))
    assert [problem.name for problem in problems(turn, HEARD)] == ["utter_earlier"]


def test_more_may_be_said_unless_the_case_is_strict() -> None:
    turn = expecting("utter", "utter_guide_camera")
    assert problems(turn, HEARD) == ()
    assert [problem.name for problem in problems(turn, HEARD, strict=True)] == ["strict_more"]


def test_a_turn_of_a_strict_case_that_names_no_reply_has_none() -> None:
    assert [one.name for one in problems(Turn("a"), HEARD, strict=True)] == ["strict_more"]
    assert problems(Turn("a"), Heard(), strict=True) == ()


def test_an_intent_is_asked_for_where_the_channel_answered() -> None:
    assert "SMS-kanalen" in sentences(problems(expecting("intent", "stop_flow"), Heard()))[0]


def test_a_failed_action_is_a_problem_whatever_is_expected() -> None:
    heard = Heard(failures=(Failure("action_x", "KeyError: 'a'", "actions/x.py:3"),))
    assert sentences(problems(Turn("a"), heard)) == [
        "«action_x» feilet i actions/x.py:3: KeyError: 'a'"
    ]
