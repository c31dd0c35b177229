"""Back to the step or question after something else, and out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Action

from actions import services
from actions.digressions import (
    ActionAfterAnswer,
    ActionAskAgain,
    ActionLeaveFlow,
    ActionStopFlow,
)
from tests.actions.case import (
    assistant,
    create_tracker,
    ends_form,
    followups,
    patient,
    run_action,
    said,
    served,
    slots_set,
)
from tests.actions.samples import CAMERA, CONNECT, DELAYED, SOUND, in_guide
from videohjelp.guides.model import Step

pytestmark = pytest.mark.usefixtures("sample_guides")

SOUND_PAUSED = [{"guide": SOUND.id, "step": "turn_up", "asking_device": False}]
SOUND_MENTIONED = [{"guide": SOUND.id, "step": None, "asking_device": False}]
FORM_PAUSED = [{"guide": "cancellation_form", "step": None, "asking_device": False}]
FORM: dict[str, Any] = {"form": "cancellation_form", "requested": "appointment_date"}


# --- after an answer ----------------------------------------------------------------------------


async def test_nothing_is_open() -> None:
    outcome = await run_action(ActionAfterAnswer(), create_tracker("Hva koster det?", "payment"))
    assert (said(outcome), outcome.events) == ([], [])


async def test_an_answer_ends_the_misunderstandings() -> None:
    tracker = create_tracker("Hva koster det?", "payment", slots={"misunderstood": 1})
    assert slots_set(await run_action(ActionAfterAnswer(), tracker)) == {"misunderstood": 0}


@pytest.mark.parametrize(
    ("slots", "responses"),
    [
        (in_guide(CAMERA, "allow"), ["utter_sample_allow", "utter_ask_helped"]),
        (in_guide(CONNECT, "open_link"), ["utter_sample_open_link", "utter_ask_next"]),
        (in_guide(DELAYED, "offer"), ["utter_sample_delayed"]),
        (
            in_guide(CAMERA, "allow", guide_asking_device=True),
            ["utter_ask_device"],
        ),
    ],
    ids=["troubleshooting", "walkthrough", "question", "asking for the device"],
)
async def test_back_to_the_step(slots: dict[str, Any], responses: list[str]) -> None:
    tracker = create_tracker("men ka koste det?", "payment", slots=slots)
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == ["utter_back_to_guide", *responses]
    assert slots_set(outcome) == {}, "the patient is where they were"


async def test_after_a_second_question_in_a_row_the_step_is_not_said_again() -> None:
    events = [
        patient("hva koster det?"),
        assistant("utter_payment"),
        assistant("utter_back_to_guide"),
    ]
    tracker = create_tracker(
        "må jeg vise legitimasjon?",
        "identification",
        slots=in_guide(CAMERA, "allow"),
        events=events,
    )
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == ["utter_back_to_guide", "utter_ask_helped"]


async def test_a_walkthrough_that_was_only_offered_is_not_offered_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offer = Step("offer", "utter_sample_offer", counted=False)
    offered = replace(CONNECT, id="how_to_prepare", steps=(offer, *CONNECT.steps))
    monkeypatch.setattr(services, "guides", lambda: {offered.id: offered})
    tracker = create_tracker("Er det trygt?", "data_storage", slots=in_guide(offered, "offer"))
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == []
    assert slots_set(outcome)["guide"] is None


async def test_back_to_the_form() -> None:
    outcome = await run_action(ActionAfterAnswer(), create_tracker("pris?", "payment", **FORM))
    assert followups(outcome) == ["cancellation_form"]
    assert said(outcome) == []


async def test_the_form_goes_before_the_guide() -> None:
    tracker = create_tracker("pris?", "payment", slots=in_guide(CAMERA, "allow"), **FORM)
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert (said(outcome), followups(outcome)) == ([], ["cancellation_form"])


@pytest.mark.parametrize(
    ("waiting", "response"),
    [
        (SOUND_PAUSED, "utter_offer_return"),
        (FORM_PAUSED, "utter_offer_return"),
        (SOUND_MENTIONED, "utter_also_mentioned"),
    ],
    ids=["begun", "a form", "mentioned only"],
)
async def test_what_waits_is_offered(waiting: list[dict[str, Any]], response: str) -> None:
    tracker = create_tracker("Hva koster det?", "payment", slots={"paused_guides": waiting})
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == [response]
    assert slots_set(outcome) == {"open_offer": "return"}


async def test_an_offer_that_was_not_answered_is_forgotten() -> None:
    tracker = create_tracker("Hva koster det?", "payment", slots={"open_offer": "department"})
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert slots_set(outcome) == {"open_offer": None}


async def test_a_guide_that_is_no_more_is_not_shown_again() -> None:
    tracker = create_tracker("pris?", "payment", slots={"guide": "a_guide_of_last_year"})
    assert said(await served("action_after_answer", tracker)) == []


# --- the message's second topic -----------------------------------------------------------------


async def test_a_second_topic_that_is_information() -> None:
    tracker = create_tracker("Kva kostar det? Blir det tatt opp?", "payment", second="recording")
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == ["utter_second_topic", "utter_recording"]


async def test_a_second_topic_with_a_guide() -> None:
    tracker = create_tracker("Hva koster det? Jeg hører ingenting", "payment", second=SOUND.id)
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == ["utter_second_topic", "utter_sample_turn_up", "utter_ask_helped"]
    assert slots_set(outcome)["guide"] == SOUND.id


@pytest.mark.parametrize(
    ("second", "form", "responses"),
    [
        ("department_phone", "department_form", []),
        ("cancel_or_change_appointment", "cancellation_form", []),
        ("want_in_person", "cancellation_form", ["utter_want_in_person"]),
    ],
)
async def test_a_second_topic_with_a_form(second: str, form: str, responses: list[str]) -> None:
    tracker = create_tracker("Kva kostar det? Eg må avlyse", "payment", second=second)
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == ["utter_second_topic", *responses]
    assert followups(outcome) == [form]


async def test_a_second_topic_is_taken_up_once() -> None:
    tracker = create_tracker("Kva kostar det? Blir det tatt opp?", "payment", second="recording")
    tracker.events += [assistant("utter_payment"), assistant("utter_second_topic")]
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == []


# --- only the question again --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slots", "responses"),
    [
        (in_guide(CAMERA, "allow"), ["utter_ask_helped"]),
        (in_guide(CONNECT, "open_link"), ["utter_ask_next"]),
        (in_guide(DELAYED, "offer"), ["utter_sample_delayed"]),
        ({"open_offer": "return", "paused_guides": SOUND_PAUSED}, ["utter_offer_return"]),
        ({}, []),
    ],
    ids=["troubleshooting", "walkthrough", "question", "return", "nothing"],
)
async def test_only_the_open_question_after_thanks(
    slots: dict[str, Any], responses: list[str]
) -> None:
    outcome = await run_action(ActionAskAgain(), create_tracker("tusen takk", "thank", slots=slots))
    assert said(outcome) == responses
    assert slots_set(outcome) == {}


async def test_thanks_for_the_departments_offer_declines_it() -> None:
    slots = {"open_offer": "department"}
    outcome = await run_action(ActionAskAgain(), create_tracker("takk", "thank", slots=slots))
    assert said(outcome) == []
    assert slots_set(outcome) == {"open_offer": None}


@pytest.mark.parametrize("danger", ["medical_emergency", "mental_health_crisis"])
async def test_thanks_after_danger(danger: str) -> None:
    events = [patient("..."), assistant(f"utter_{danger}")]
    tracker = create_tracker("ok, ringer nå", "thank", events=events)
    assert said(await run_action(ActionAskAgain(), tracker)) == [f"utter_after_{danger}"]


async def test_the_forms_question_after_thanks() -> None:
    outcome = await run_action(ActionAskAgain(), create_tracker("takk", "thank", **FORM))
    assert followups(outcome) == ["cancellation_form"]


@pytest.mark.parametrize(
    ("slots", "responses"),
    [({}, ["utter_greet"]), (in_guide(CAMERA, "allow"), ["utter_greet_again", "utter_ask_helped"])],
    ids=["at the beginning", "in the middle"],
)
async def test_a_greeting(slots: dict[str, Any], responses: list[str]) -> None:
    tracker = create_tracker("hei på deg", "greet", slots=slots)
    assert said(await run_action(ActionAskAgain(), tracker)) == responses


# --- stopping -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slots", "form", "response"),
    [
        (in_guide(CAMERA, "allow"), {}, "utter_guide_stopped"),
        ({}, FORM, "utter_guide_stopped"),
        ({}, {}, "utter_nothing_to_stop"),
    ],
    ids=["guide", "form", "nothing"],
)
async def test_stop(slots: dict[str, Any], form: dict[str, Any], response: str) -> None:
    tracker = create_tracker("glem det", "stop_flow", slots=slots, **form)
    outcome = await run_action(ActionStopFlow(), tracker)
    assert said(outcome) == [response]
    assert ends_form(outcome) is bool(form)
    assert slots_set(outcome).get("guide") is None


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        (ActionStopFlow(), "avbryt", "stop_flow"),
        (ActionLeaveFlow(), "Han pustar ikkje", "medical_emergency"),
        (ActionLeaveFlow(), "hadet bra", "goodbye"),
    ],
)
async def test_nothing_is_open_afterwards(action: Action, text: str, intent: str) -> None:
    slots = in_guide(CAMERA, "allow", paused_guides=SOUND_PAUSED, open_offer="return")
    slots |= {"appointment_date": "2026-12-15", "misunderstood": 1, "tried_steps": ["restart"]}
    outcome = await run_action(action, create_tracker(text, intent, slots=slots, **FORM))
    assert ends_form(outcome)
    done = slots_set(outcome)
    for name in ("guide", "guide_step", "paused_guides", "open_offer", "appointment_date"):
        assert done[name] is None, name
    assert done["misunderstood"] == 0
    assert "tried_steps" not in done, "what was tried is still true"


async def test_danger_ends_everything_without_a_word() -> None:
    tracker = create_tracker("brystsmerter", "medical_emergency", slots=in_guide(CAMERA, "allow"))
    assert said(await run_action(ActionLeaveFlow(), tracker)) == []


# --- after a change of language -----------------------------------------------------------------


async def test_the_last_answer_is_said_again_in_the_new_language() -> None:
    before = [patient("Hva koster det?"), assistant("utter_payment")]
    tracker = create_tracker("nynorsk takk", "switch_to_nynorsk", events=before)
    tracker.events.append(assistant("utter_language_nn"))
    assert said(await run_action(ActionAfterAnswer(), tracker)) == ["utter_payment"]


async def test_the_menu_is_said_in_the_new_language_when_there_was_no_answer() -> None:
    tracker = create_tracker("English please", "switch_to_english")
    assert said(await run_action(ActionAfterAnswer(), tracker)) == ["utter_menu"]


async def test_the_step_is_said_in_the_new_language() -> None:
    tracker = create_tracker("nynorsk", "switch_to_nynorsk", slots=in_guide(CAMERA, "allow"))
    outcome = await run_action(ActionAfterAnswer(), tracker)
    assert said(outcome) == ["utter_back_to_guide", "utter_sample_allow", "utter_ask_helped"]
