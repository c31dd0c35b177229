"""Into a guide, the device it is for, and what happens when a guide fails."""

from __future__ import annotations

from typing import Any

import pytest

from actions import services, state
from actions.guides import ActionChooseDevice, ActionStartGuide
from actions.moves import ActionMoveInGuide
from tests.actions.case import (
    create_tracker,
    ends_form,
    run_action,
    said,
    served,
    slots_set,
    values,
)
from tests.actions.samples import CAMERA, CONNECT, DELAYED, SOUND, in_guide
from videohjelp.guides.model import DEVICES, Guide
from videohjelp.handoff.store import CaseStore

pytestmark = pytest.mark.usefixtures("sample_guides")

SOUND_PAUSED = [{"guide": "no_sound", "step": "turn_up", "asking_device": False}]


async def test_a_problem_starts_its_guide() -> None:
    outcome = await run_action(
        ActionStartGuide(), create_tracker("kameraet mitt funker ikke", CAMERA.id)
    )
    assert said(outcome) == ["utter_sample_allow", "utter_ask_helped"]
    assert slots_set(outcome) == {
        "guide": CAMERA.id,
        "guide_step": "allow",
        "guide_asking_device": False,
        "tried_steps": [],
    }


async def test_a_walkthrough_starts_with_its_opening_and_counts() -> None:
    outcome = await run_action(
        ActionStartGuide(), create_tracker("Korleis kjem eg meg inn?", CONNECT.id)
    )
    assert said(outcome) == ["utter_sample_opening", "utter_sample_open_link", "utter_ask_next"]
    assert values(outcome, "utter_ask_next") == {"step": 1, "steps": 2}


async def test_an_understood_message_ends_the_misunderstandings() -> None:
    tracker = create_tracker("Æ høre ingenting", SOUND.id, slots={"misunderstood": 1})
    assert slots_set(await run_action(ActionStartGuide(), tracker))["misunderstood"] == 0


async def test_what_was_tried_in_another_guide_is_not_proposed_again() -> None:
    tracker = create_tracker(
        "ingen lyd", SOUND.id, slots={"tried_steps": ["turn_up"], "device": "iphone"}
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_sample_restart_any", "utter_ask_helped"]


async def test_all_steps_tried_before_leads_straight_to_the_people(cases: CaseStore) -> None:
    tracker = create_tracker(
        "Lyden er vekke", SOUND.id, slots={"tried_steps": ["turn_up", "restart"]}
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_handoff"]
    stored = cases.get(slots_set(outcome)["case_code"])
    assert stored is not None
    assert (stored.topic, stored.tried) == (SOUND.id, ("turn_up", "restart"))


async def test_saying_the_problem_again_means_that_the_step_did_not_help() -> None:
    tracker = create_tracker(
        "kameraet virker fortsatt ikke",
        CAMERA.id,
        slots=in_guide(CAMERA, "allow", device="android"),
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_sample_restart_android", "utter_ask_helped"]
    assert slots_set(outcome)["tried_steps"] == ["allow"]


async def test_asking_for_the_same_walkthrough_begins_it_anew() -> None:
    tracker = create_tracker(
        "hvordan kobler jeg meg til?", CONNECT.id, slots=in_guide(CONNECT, "enter_name")
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_sample_opening", "utter_sample_open_link", "utter_ask_next"]
    assert slots_set(outcome)["guide_step"] == "open_link"
    assert "paused_guides" not in slots_set(outcome)


async def test_another_problem_interrupts_the_guide() -> None:
    tracker = create_tracker(
        "og så hører jeg ikke noe", SOUND.id, slots=in_guide(CONNECT, "enter_name")
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_new_guide_first", "utter_sample_turn_up", "utter_ask_helped"]
    assert slots_set(outcome)["guide"] == SOUND.id
    assert slots_set(outcome)["paused_guides"] == [
        {"guide": CONNECT.id, "step": "enter_name", "asking_device": False}
    ]


async def test_a_guide_is_interrupted_once_only() -> None:
    tracker = create_tracker(
        "Eg høyrer ingenting",
        SOUND.id,
        slots=in_guide(CAMERA, "allow", paused_guides=SOUND_PAUSED),
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    paused = [one["guide"] for one in slots_set(outcome)["paused_guides"]]
    assert paused == [CAMERA.id]


async def test_a_correction_leaves_the_guide_that_was_not_meant() -> None:
    tracker = create_tracker(
        "nei, eg meinte lyden",
        SOUND.id,
        slots=in_guide(CAMERA, "allow"),
        entities={"correction": "meant"},
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_sample_turn_up", "utter_ask_helped"]
    assert "paused_guides" not in slots_set(outcome)


async def test_a_question_asked_again_is_only_repeated() -> None:
    tracker = create_tracker(
        "Jeg er fortsatt forsinket", DELAYED.id, slots=in_guide(DELAYED, "offer")
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_sample_delayed"]
    assert slots_set(outcome) == {}


async def test_a_problem_in_the_middle_of_a_form_leaves_the_form_waiting() -> None:
    tracker = create_tracker(
        "vent, nå ble bildet svart",
        CAMERA.id,
        form="cancellation_form",
        requested="appointment_time",
        slots={"appointment_date": "2026-12-15"},
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_new_guide_first", "utter_sample_allow", "utter_ask_helped"]
    assert ends_form(outcome)
    assert slots_set(outcome)["appointment_date"] is None
    assert [one["guide"] for one in slots_set(outcome)["paused_guides"]] == ["cancellation_form"]


# --- "something does not work" ------------------------------------------------------------------


async def test_something_that_does_not_work_is_asked_about() -> None:
    outcome = await run_action(
        ActionStartGuide(), create_tracker("det e någe feil", "technical_problem")
    )
    assert said(outcome) == ["utter_technical_problem"]
    assert slots_set(outcome) == {}


@pytest.mark.parametrize(
    ("slots", "responses"),
    [
        (in_guide(CAMERA, "allow", device="iphone"), ["utter_sample_restart_iphone"]),
        (in_guide(CONNECT, "open_link"), ["utter_walkthrough_stuck"]),
    ],
    ids=["did not help", "stuck"],
)
async def test_something_that_does_not_work_is_a_no_in_a_guide(
    slots: dict[str, Any], responses: list[str]
) -> None:
    tracker = create_tracker("Det funker fortsatt ikke", "technical_problem", slots=slots)
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome)[0:1] == responses
    assert "guide" not in slots_set(outcome), "the patient stays in the guide"


async def test_something_that_does_not_work_interrupts_a_question() -> None:
    tracker = create_tracker(
        "noe virker ikke", "technical_problem", slots=in_guide(DELAYED, "offer")
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_technical_problem"]
    assert [one["guide"] for one in slots_set(outcome)["paused_guides"]] == [DELAYED.id]


async def test_whoever_has_a_case_gets_its_code_again(cases: CaseStore) -> None:
    del cases
    first = await run_action(
        ActionMoveInGuide(),
        create_tracker("nei", "deny", slots=in_guide(SOUND, "restart", tried_steps=["turn_up"])),
    )
    tracker = create_tracker(
        "det verkar framleis ikkje",
        "technical_problem",
        slots={
            "case_code": slots_set(first)["case_code"],
            "tried_steps": slots_set(first)["tried_steps"],
        },
    )
    outcome = await run_action(ActionStartGuide(), tracker)
    assert said(outcome) == ["utter_handoff"]
    assert values(outcome, "utter_handoff")["code"] == slots_set(first)["case_code"]


# --- the device -----------------------------------------------------------------------------------

ASKED_FOR_DEVICE = {"guide": CAMERA.id, "guide_step": "allow", "guide_asking_device": True}


@pytest.mark.parametrize("device", DEVICES)
async def test_the_step_for_the_device(device: str) -> None:
    tracker = create_tracker(
        "en gammel sak jeg har hjemme",
        "inform_device",
        slots={**ASKED_FOR_DEVICE, "device": device},
        entities={"device": device},
    )
    outcome = await run_action(ActionChooseDevice(), tracker)
    name = "any" if device == "unknown" else device
    assert said(outcome) == [f"utter_sample_restart_{name}", "utter_ask_helped"]
    assert slots_set(outcome)["guide_asking_device"] is False


@pytest.mark.parametrize(
    ("slot", "entities"),
    [(None, {}), ("brødrister", {"device": "brødrister"})],
    ids=["no device in the message", "a device nobody knows"],
)
async def test_a_device_that_was_not_understood_gets_the_wording_for_any(
    slot: str | None, entities: dict[str, str]
) -> None:
    tracker = create_tracker(
        "ein slik greie",
        "inform_device",
        slots={**ASKED_FOR_DEVICE, "device": slot},
        entities=entities,
    )
    outcome = await run_action(ActionChooseDevice(), tracker)
    assert said(outcome) == ["utter_sample_restart_any", "utter_ask_helped"]
    assert slots_set(outcome)["device"] == "unknown"


async def test_another_device_in_the_middle_shows_the_step_for_it() -> None:
    tracker = create_tracker(
        "eg bytta til mobilen",
        "inform_device",
        slots=in_guide(CAMERA, "restart", device="android"),
        entities={"device": "android"},
    )
    outcome = await run_action(ActionChooseDevice(), tracker)
    assert said(outcome) == ["utter_sample_restart_android", "utter_ask_helped"]


async def test_a_device_named_outside_guides_is_noted() -> None:
    tracker = create_tracker("Jeg har iPad", "inform_device", slots={"device": "iphone"})
    outcome = await run_action(ActionChooseDevice(), tracker)
    assert said(outcome) == ["utter_device_noted"]
    assert slots_set(outcome) == {}


# --- when something fails -------------------------------------------------------------------------


async def test_a_guide_that_does_not_exist_gives_the_apology() -> None:
    outcome = await served("action_start_guide", create_tracker("Hva koster det?", "payment"))
    assert said(outcome) == ["utter_action_failed"]


async def test_a_guide_that_is_no_more_is_left() -> None:
    slots = {"guide": "a_guide_of_last_year", "guide_step": "allow"}
    outcome = await served("action_move_in_guide", create_tracker("nei", "deny", slots=slots))
    assert said(outcome) == ["utter_deny_without_question"]


async def test_from_a_step_that_is_no_more_the_guide_goes_on_with_what_was_not_tried() -> None:
    slots = {
        "guide": "camera_not_working",
        "guide_step": "a_step_of_last_year",
        "tried_steps": ["allow"],
        "device": "iphone",
    }
    outcome = await served("action_move_in_guide", create_tracker("nei", "deny", slots=slots))
    assert said(outcome) == ["utter_sample_restart_iphone", "utter_ask_helped"]
    assert slots_set(outcome)["guide_step"] == "restart"


async def test_an_interrupted_guide_that_is_no_more_is_not_offered() -> None:
    waiting = [
        {"guide": "a_guide_of_last_year", "step": "allow", "asking_device": False},
        {"guide": "cancellation_form", "step": None, "asking_device": False},
    ]
    tracker = create_tracker(slots={"paused_guides": waiting})
    assert [one.guide for one in state.paused(tracker)] == ["cancellation_form"]


async def test_unreadable_guides_give_the_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> dict[str, Guide]:
        raise ValueError("camera.yml:3: guide needs both 'kind' and 'steps'")

    monkeypatch.setattr(services, "guides", broken)
    outcome = await served("action_start_guide", create_tracker("ingen lyd", SOUND.id))
    assert said(outcome) == ["utter_action_failed"]
