"""Yes, no, next, back and why: through a guide, out of it, and outside guides."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.moves import ActionMoveInGuide
from tests.actions.case import (
    assistant,
    buttons,
    create_tracker,
    followups,
    patient,
    run_action,
    said,
    slots_set,
)
from tests.actions.samples import CAMERA, CONNECT, DELAYED, ROOM, SOUND, in_guide
from videohjelp.handoff.store import CaseStore

pytestmark = pytest.mark.usefixtures("sample_guides")

SOUND_PAUSED = [{"guide": "no_sound", "step": "turn_up", "asking_device": False}]


def answer(text: str, move: str, slots: dict[str, Any]) -> Tracker:
    return create_tracker(text, move, slots=slots)


async def test_a_step_that_helped_ends_the_guide() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("Ja, no verkar det!", "affirm", in_guide(CAMERA, "allow"))
    )
    assert said(outcome) == ["utter_solved"]
    assert slots_set(outcome) == {
        "guide": None,
        "guide_step": None,
        "guide_asking_device": None,
    }


async def test_a_step_that_did_not_help_leads_to_the_device() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("nei", "deny", in_guide(CAMERA, "allow"))
    )
    assert said(outcome) == ["utter_ask_device"]
    assert slots_set(outcome) == {"guide_asking_device": True, "tried_steps": ["allow"]}


async def test_nothing_helped_leads_to_the_people_and_forgets_the_rest(cases: CaseStore) -> None:
    tracker = answer(
        "Nope, fortsatt svart",
        "deny",
        in_guide(
            CAMERA,
            "restart",
            device="computer",
            browser="chrome",
            tried_steps=["allow"],
            paused_guides=SOUND_PAUSED,
        ),
    )
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_handoff"]
    done = slots_set(outcome)
    assert (done["guide"], done["paused_guides"]) == (None, None)
    case = cases.get(done["case_code"])
    assert case is not None
    assert (case.topic, case.tried) == (CAMERA.id, ("allow", "restart"))
    assert (case.device, case.browser) == ("computer", "chrome")


async def test_nothing_helped_with_the_room_number_leads_to_the_department() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("den godtek han ikkje", "deny", in_guide(ROOM, "check_digits"))
    )
    assert said(outcome) == ["utter_unsolved_department", "utter_offer_department"]
    assert slots_set(outcome)["guide"] is None
    assert slots_set(outcome)["open_offer"] == "department"


async def test_the_department_is_found_after_a_question_without_a_word_of_trying() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("ja takk", "affirm", in_guide(DELAYED, "offer"))
    )
    assert said(outcome) == []
    assert followups(outcome) == ["department_form"]


async def test_a_question_answered_with_no() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("nei, det går bra", "deny", in_guide(DELAYED, "offer"))
    )
    assert said(outcome) == ["utter_sample_use_letter"]
    assert followups(outcome) == []
    assert slots_set(outcome)["guide"] is None


async def test_the_last_step_of_a_walkthrough() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("neste", "next_step", in_guide(CONNECT, "enter_name"))
    )
    assert said(outcome) == ["utter_walkthrough_finished"]


async def test_one_step_back() -> None:
    outcome = await run_action(
        ActionMoveInGuide(),
        answer("ett hakk tebake", "previous_step", in_guide(CONNECT, "enter_name")),
    )
    assert said(outcome) == ["utter_sample_open_link", "utter_ask_next"]
    assert slots_set(outcome)["guide_step"] == "open_link"


async def test_why() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("koffor det då?", "ask_why", in_guide(CAMERA, "allow"))
    )
    assert said(outcome) == ["utter_sample_why_allow", "utter_ask_helped"]
    assert "guide" not in slots_set(outcome), "the patient stays at the step"


async def test_a_finished_guide_offers_the_one_it_interrupted() -> None:
    tracker = answer(
        "Ja", "affirm", in_guide(CAMERA, "allow", paused_guides=SOUND_PAUSED, open_offer=None)
    )
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_solved", "utter_offer_return"]
    assert slots_set(outcome)["open_offer"] == "return"
    assert "paused_guides" not in slots_set(outcome), "it is still waiting"


async def test_stuck_in_a_walkthrough_the_list_is_shown_once_only() -> None:
    slots = in_guide(CONNECT, "open_link")
    first = await run_action(ActionMoveInGuide(), answer("får det ikkje til", "deny", slots))
    assert said(first) == ["utter_walkthrough_stuck"]
    before = [patient("nei"), assistant("utter_walkthrough_stuck")]
    tracker = create_tracker("det går ikkje", "deny", slots=slots, events=before)
    second = await run_action(ActionMoveInGuide(), tracker)
    assert said(second) == ["utter_talk_to_human"]


async def test_people_who_take_over_leave_what_is_not_technical(cases: CaseStore) -> None:
    del cases
    waiting = [
        {"guide": "cancellation_form", "step": None, "asking_device": False},
        *SOUND_PAUSED,
    ]
    slots = in_guide(CAMERA, "restart", device="computer", paused_guides=waiting)
    outcome = await run_action(ActionMoveInGuide(), answer("nei", "deny", slots))
    assert said(outcome) == ["utter_handoff", "utter_offer_return"]
    assert slots_set(outcome)["paused_guides"] == waiting[:1]
    assert slots_set(outcome)["open_offer"] == "return"


# --- answers to "did you mean one of these?" ----------------------------------------------------

SUGGESTED = [
    patient("eg lurer på det der"),
    assistant("utter_did_you_mean", buttons=[{"title": "Kameraet", "payload": f"/{CAMERA.id}"}]),
]


async def test_yes_does_not_say_which_one() -> None:
    tracker = create_tracker("ja", "affirm", events=SUGGESTED)
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_choose_one"]
    assert buttons(outcome) == {"Kameraet": f"/{CAMERA.id}"}


@pytest.mark.parametrize("move", ["deny", "dont_know"])
async def test_none_of_them(move: str) -> None:
    slots = {"misunderstood": 1}
    tracker = create_tracker("nei, ingen av dei", move, slots=slots, events=SUGGESTED)
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_none_of_these"]
    assert slots_set(outcome) == {}, "nothing is understood yet"


async def test_none_of_them_goes_on_with_the_guide() -> None:
    slots = in_guide(CAMERA, "allow")
    tracker = create_tracker("nei", "deny", slots=slots, events=SUGGESTED)
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_back_to_guide", "utter_sample_allow", "utter_ask_helped"]
    assert "tried_steps" not in slots_set(outcome), "the no was not about the step"


# --- outside guides -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "response"),
    [
        ("affirm", "utter_affirm_without_question"),
        ("deny", "utter_deny_without_question"),
        ("dont_know", "utter_silence"),
        ("next_step", "utter_no_guide"),
        ("previous_step", "utter_no_guide"),
        ("ask_why", "utter_no_guide"),
    ],
)
async def test_a_move_without_a_guide(move: str, response: str) -> None:
    outcome = await run_action(
        ActionMoveInGuide(), create_tracker("ja", move, slots={"misunderstood": 1})
    )
    assert said(outcome) == [response]
    assert slots_set(outcome) == {"misunderstood": 0}


@pytest.mark.parametrize(
    ("danger", "move", "again"),
    [
        ("utter_mental_health_crisis", "affirm", True),
        ("utter_mental_health_crisis", "deny", True),
        ("utter_medical_emergency", "affirm", True),
        ("utter_medical_emergency", "deny", False),
    ],
)
async def test_the_numbers_again_to_whoever_is_in_danger(
    danger: str, move: str, again: bool
) -> None:
    tracker = create_tracker("ja", move, events=[patient("jeg vil dø"), assistant(danger)])
    assert (said(await run_action(ActionMoveInGuide(), tracker)) == [danger]) is again


@pytest.mark.parametrize("move", ["affirm", "next_step"])
async def test_back_to_the_interrupted_guide(move: str) -> None:
    tracker = answer("ja gjerne", move, {"open_offer": "return", "paused_guides": SOUND_PAUSED})
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_back_to_guide", "utter_sample_turn_up", "utter_ask_helped"]
    done = slots_set(outcome)
    assert (done["guide"], done["guide_step"]) == (SOUND.id, "turn_up")
    assert (done["open_offer"], done["paused_guides"]) == (None, None)


async def test_only_the_latest_interrupted_guide_comes_back() -> None:
    first = {"guide": CONNECT.id, "step": "enter_name", "asking_device": False}
    tracker = answer(
        "ja", "affirm", {"open_offer": "return", "paused_guides": [first, *SOUND_PAUSED]}
    )
    done = slots_set(await run_action(ActionMoveInGuide(), tracker))
    assert done["guide"] == SOUND.id
    assert done["paused_guides"] == [first]


async def test_no_thanks_to_the_interrupted_guide() -> None:
    tracker = answer("nei takk", "deny", {"open_offer": "return", "paused_guides": SOUND_PAUSED})
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_nothing_to_stop"]
    assert slots_set(outcome) == {"open_offer": None, "paused_guides": None}


async def test_an_offer_to_return_to_nothing() -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("ja", "affirm", {"open_offer": "return"})
    )
    assert said(outcome) == ["utter_nothing_to_stop"]
    assert slots_set(outcome) == {"open_offer": None}


@pytest.mark.parametrize("move", ["affirm", "next_step"])
async def test_yes_to_finding_the_number(move: str) -> None:
    outcome = await run_action(
        ActionMoveInGuide(), answer("ja, finn nummeret", move, {"open_offer": "department"})
    )
    assert said(outcome) == []
    assert followups(outcome) == ["department_form"]
    assert slots_set(outcome) == {"open_offer": None}


async def test_yes_to_finding_the_number_ends_the_misunderstandings() -> None:
    tracker = answer("ja", "affirm", {"open_offer": "department", "misunderstood": 1})
    assert slots_set(await run_action(ActionMoveInGuide(), tracker)).get("misunderstood") == 0


async def test_no_to_finding_the_number_closes_the_offer() -> None:
    """Else a "yes" to something else, much later, asks for the department."""
    outcome = await run_action(
        ActionMoveInGuide(), answer("nei, eg har det", "deny", {"open_offer": "department"})
    )
    assert followups(outcome) == []
    assert slots_set(outcome).get("open_offer", "still open") is None


async def test_a_topic_that_was_mentioned_only_begins_at_its_beginning() -> None:
    waiting = [{"guide": CONNECT.id, "step": None, "asking_device": False}]
    tracker = answer("ja", "affirm", {"open_offer": "return", "paused_guides": waiting})
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == ["utter_sample_opening", "utter_sample_open_link", "utter_ask_next"]
    assert slots_set(outcome)["paused_guides"] is None


@pytest.mark.parametrize(
    ("before", "response"),
    [
        ([], "utter_silence"),  # nothing that it could be, and so no suggestion
        ([patient("?"), assistant("utter_did_you_mean")], "utter_not_understood"),
    ],
    ids=["outside guides", "after suggestions"],
)
async def test_what_is_hardly_a_yes_is_not_understood(
    before: list[dict[str, Any]], response: str
) -> None:
    tracker = create_tracker(
        "det blir som det blir",
        "affirm",
        0.45,
        slots={"misunderstood": 1} if before else {},
        events=before,
    )
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert said(outcome) == [response]
    assert slots_set(outcome)["misunderstood"] == len(before) // 2 + 1


@pytest.mark.parametrize("move", ["ask_why", "next_step"])
async def test_a_forms_question_stays_the_only_thing_said(move: str) -> None:
    tracker = create_tracker("må eg seia kvifor?", move, form="cancellation_form")
    assert said(await run_action(ActionMoveInGuide(), tracker)) == []


async def test_back_to_an_interrupted_form() -> None:
    waiting = [{"guide": "cancellation_form", "step": None, "asking_device": False}]
    tracker = answer("ja", "affirm", {"open_offer": "return", "paused_guides": waiting})
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert followups(outcome) == ["cancellation_form"]
    assert slots_set(outcome) == {"open_offer": None, "paused_guides": None}


async def test_no_with_what_was_meant_starts_that_guide() -> None:
    """ "Nei, jeg mente lyden" is more than a no, even when the classifier hears only that."""
    tracker = create_tracker(
        "nei, jeg mente lyden",
        "deny",
        slots=in_guide(CAMERA, "allow"),
        entities={"correction": "yes"},
        ranking=("payment", SOUND.id),
    )
    outcome = await run_action(ActionMoveInGuide(), tracker)
    assert slots_set(outcome)["guide"] == SOUND.id
