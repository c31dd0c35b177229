"""Where the patient is, read from the tracker and written back."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import state
from tests.actions.case import Outcome, create_tracker, ends_form, said, slots_set
from videohjelp.guides.engine import Line, Progress

pytestmark = pytest.mark.usefixtures("sample_guides")


def stored(events: list[dict[str, Any]]) -> dict[str, Any]:
    return slots_set(Outcome([], events))


def in_guide(**slots: Any) -> Tracker:
    return create_tracker(
        slots={"guide": "camera_not_working", "guide_step": "allow", "guide_asking_device": False}
        | slots
    )


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_language_asked_for(language: str) -> None:
    assert state.language(create_tracker(slots={"language": language})) == language


def test_bokmaal_when_no_language_is_known() -> None:
    assert state.language(create_tracker(slots={"language": None})) == "nb"


def test_intent_and_confidence() -> None:
    tracker = create_tracker("Kameraet virker ikke", "camera_not_working", 0.83)
    assert state.intent(tracker) == "camera_not_working"
    assert state.confidence(tracker) == 0.83


@pytest.mark.parametrize("message", [{}, {"intent": None}, {"intent": {"name": None}}])
def test_no_intent(message: dict[str, Any]) -> None:
    tracker = create_tracker()
    tracker.latest_message = message
    assert (state.intent(tracker), state.confidence(tracker)) == ("", 0.0)
    assert state.text(tracker) == ""
    assert state.entity(tracker, "device") is None


def test_the_press_of_a_button_is_no_text() -> None:
    assert state.text(create_tracker('/inform_place{"department": "valen-kontakt"}')) == ""
    assert state.text(create_tracker("Eg brukar ein PC")) == "Eg brukar ein PC"


def test_the_first_entity_of_a_name() -> None:
    tracker = create_tracker("iPad", entities={"browser": "safari", "device": "iphone"})
    assert state.entity(tracker, "device") == "iphone"
    assert state.entity(tracker, "department") is None


@pytest.mark.parametrize("loop", [None, {}, {"name": None}])
def test_no_active_form(loop: dict[str, Any] | None) -> None:
    tracker = create_tracker()
    tracker.active_loop = loop
    assert state.active_form(tracker) is None


@pytest.mark.parametrize("device", ["iphone", "android", "computer", "unknown"])
def test_a_known_device(device: str) -> None:
    assert state.device(create_tracker(slots={"device": device})) == device


@pytest.mark.parametrize("device", [None, "", "brødrister", ["iphone", "android"]])
def test_a_device_nobody_knows(device: Any) -> None:
    assert state.device(create_tracker(slots={"device": device})) is None


def test_outside_guides() -> None:
    tracker = create_tracker()
    assert state.progress(tracker) is None
    assert state.paused(tracker) == []
    assert state.tried(tracker) == ()


def test_progress_comes_back_as_it_was_stored() -> None:
    there = Progress("no_sound", "turn_up", True, "android", ("restart",))
    events = state.progress_events(create_tracker(), there)
    assert state.progress(create_tracker(slots=stored(events))) == there


def test_interrupted_guides_come_back_in_their_order() -> None:
    interrupted = [Progress("no_sound", "turn_up"), Progress("how_to_connect", None, True)]
    events = state.paused_events(create_tracker(), interrupted)
    assert state.paused(create_tracker(slots=stored(events))) == interrupted


def test_interrupted_guides_know_what_was_learnt_since() -> None:
    tracker = create_tracker(
        slots={
            "paused_guides": [{"guide": "no_sound", "step": "turn_up", "asking_device": False}],
            "device": "computer",
            "tried_steps": ["restart"],
        }
    )
    assert state.paused(tracker) == [
        Progress("no_sound", "turn_up", device="computer", tried=("restart",))
    ]


def test_leaving_a_guide_forgets_the_place_and_keeps_what_was_tried() -> None:
    tracker = in_guide(tried_steps=["restart"], device="iphone", open_offer="return")
    assert stored(state.progress_events(tracker, None)) == {
        "guide": None,
        "guide_step": None,
        "guide_asking_device": None,
        "open_offer": None,
    }


def test_only_changes_are_stored() -> None:
    tracker = in_guide(device="iphone", tried_steps=[])
    same = Progress("camera_not_working", "allow", device="iphone")
    assert state.progress_events(tracker, same) == []
    assert state.paused_events(create_tracker(), []) == []
    assert state.understood(create_tracker()) == []
    assert stored(state.understood(create_tracker(slots={"misunderstood": 2}))) == {
        "misunderstood": 0
    }


def test_leaving_everything_without_a_form() -> None:
    tracker = in_guide(
        paused_guides=[{"guide": "no_sound", "step": "turn_up", "asking_device": False}]
    )
    events = state.leave_everything(tracker)
    assert stored(events) == {
        "guide": None,
        "guide_step": None,
        "guide_asking_device": None,
        "paused_guides": None,
    }
    assert not ends_form(Outcome([], events))


def test_leaving_everything_ends_the_form() -> None:
    tracker = create_tracker(form="department_form", requested="department_place")
    assert ends_form(Outcome([], state.leave_everything(tracker)))


def test_leaving_a_form_forgets_a_half_given_appointment() -> None:
    """Else the next appointment that the patient wants to change has the day of this one."""
    tracker = create_tracker(
        form="cancellation_form",
        requested="appointment_time",
        slots={"appointment_date": "2026-12-15"},
    )
    assert stored(state.leave_everything(tracker)).get("appointment_date", "kept") is None


def test_lines_are_said_with_the_steps_number_where_there_is_one() -> None:
    dispatcher = CollectingDispatcher()
    state.say(dispatcher, (Line("utter_ask_helped"), Line("utter_ask_next", 2, 5)))
    first, second = dispatcher.messages
    assert said(Outcome(dispatcher.messages, [])) == ["utter_ask_helped", "utter_ask_next"]
    assert "step" not in first
    assert (second["step"], second["steps"]) == (2, 5)
