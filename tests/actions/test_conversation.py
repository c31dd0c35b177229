"""Repeat, silence, starting over."""

from __future__ import annotations

from typing import Any

import pytest

from actions.conversation import ActionRepeat, ActionRestartConversation, ActionSilence
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
from tests.actions.samples import CAMERA, SOUND, in_guide

YES_NO = [{"title": "Ja", "payload": "/affirm"}, {"title": "Nei", "payload": "/deny"}]


def texts(outcome: Any) -> list[str]:
    return [message["text"] for message in outcome.messages]


async def repeated(*events: dict[str, Any], **slots: Any) -> Any:
    tracker = create_tracker("ka sa du?", "repeat", events=list(events), slots=slots)
    return await run_action(ActionRepeat(), tracker)


# --- repeat -------------------------------------------------------------------------------------


async def test_everything_said_last_word_for_word_with_its_buttons() -> None:
    outcome = await repeated(
        patient("Hei"),
        assistant("utter_greet", "Hei!"),
        patient("Kameraet virker ikke"),
        assistant("utter_step_allow_camera", "Trykk Tillat."),
        {"event": "slot", "name": "guide", "value": CAMERA.id},
        assistant("utter_ask_helped", "Hjalp det?", YES_NO),
    )
    assert texts(outcome) == ["Trykk Tillat.", "Hjalp det?"]
    assert buttons(outcome) == {"Ja": "/affirm", "Nei": "/deny"}


async def test_a_repeated_question_keeps_its_name_and_its_number() -> None:
    """So that it can be recognised, and repeated once more."""
    outcome = await repeated(
        patient("neste"), assistant("utter_ask_next", "Klar?", step=2, steps=5)
    )
    (message,) = outcome.messages
    assert message["utter_action"] == "utter_ask_next"
    assert (message["step"], message["steps"]) == (2, 5)


@pytest.mark.usefixtures("sample_guides")
async def test_the_step_when_only_its_question_was_said_last() -> None:
    outcome = await repeated(
        patient("iphone"), assistant("utter_ask_helped"), **in_guide(CAMERA, "allow")
    )
    assert said(outcome) == ["utter_sample_allow", "utter_ask_helped"]


async def test_a_greeting_before_the_first_message_is_repeated() -> None:
    assert texts(await repeated(assistant("utter_greet", "Hei!"))) == ["Hei!"]


async def test_a_message_that_got_no_answer_is_passed_over() -> None:
    outcome = await repeated(
        patient("Hei"), assistant("utter_greet", "Hei!"), patient("/bytt_farge")
    )
    assert texts(outcome) == ["Hei!"]


async def test_nothing_was_said_yet() -> None:
    assert said(await repeated()) == ["utter_nothing_to_repeat"]


async def test_repeating_ends_the_misunderstandings() -> None:
    assert slots_set(await repeated(misunderstood=1)) == {"misunderstood": 0}


async def test_events_without_data_or_metadata_do_no_harm() -> None:
    bare = {"event": "bot", "text": "Hei!", "data": None, "metadata": None}
    assert texts(await repeated(patient("Hei"), bare)) == ["Hei!"]


# --- silence ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["...", "?", "hallo?? er du der", "eh"])
async def test_silence_when_nothing_is_open(text: str) -> None:
    outcome = await run_action(ActionSilence(), create_tracker(text, "silence"))
    assert (said(outcome), outcome.events) == (["utter_silence"], [])


@pytest.mark.usefixtures("sample_guides")
@pytest.mark.parametrize(
    ("slots", "question"),
    [
        (in_guide(CAMERA, "allow"), "utter_ask_helped"),
        (
            {
                "open_offer": "return",
                "paused_guides": [{"guide": SOUND.id, "step": "turn_up", "asking_device": False}],
            },
            "utter_offer_return",
        ),
        ({"open_offer": "department"}, "utter_offer_department"),
    ],
    ids=["guide", "return", "department"],
)
async def test_silence_repeats_the_open_question(slots: dict[str, Any], question: str) -> None:
    outcome = await run_action(ActionSilence(), create_tracker("hm", "silence", slots=slots))
    assert said(outcome) == ["utter_take_your_time", question]


async def test_silence_in_a_form() -> None:
    tracker = create_tracker("...", "silence", form="department_form", requested="department_place")
    outcome = await run_action(ActionSilence(), tracker)
    assert said(outcome) == ["utter_take_your_time"]
    assert followups(outcome) == ["department_form"]


# --- starting over ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
async def test_starting_over_forgets_everything_but_the_language(language: str) -> None:
    tracker = create_tracker(
        "start på nytt",
        "restart_conversation",
        slots=in_guide(CAMERA, "allow", language=language, case_code="K7M-4RT9"),
        form="department_form",
    )
    outcome = await run_action(ActionRestartConversation(), tracker)
    assert said(outcome) == ["utter_restarted"]
    kinds = [event["event"] for event in outcome.events]
    assert kinds == ["active_loop", "reset_slots", "slot", "slot"], "the language after it"
    assert outcome.events[0]["name"] is None
    assert slots_set(outcome) == {"language": language, "language_from": None}
