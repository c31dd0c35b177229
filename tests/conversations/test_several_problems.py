"""Two problems, one after the other and in one message."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant


def test_another_problem_in_the_middle_and_back_to_the_first(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("Kameraet mitt virker ikke")
    first = conversation.say("nei")
    second = conversation.say("Nå hører jeg ikke legen heller")
    assert second.responses[:2] == ["utter_new_guide_first", "utter_step_turn_up_sound"]
    assert conversation.say("ja").responses == ["utter_solved", "utter_offer_return"]
    back = conversation.say("ja")
    assert back.responses == ["utter_back_to_guide", *first.responses]
    assert conversation.say("ja").responses == ["utter_solved"]
    assert conversation.slot("paused_guides") is None


@pytest.mark.parametrize("answer", ["nei", "nei takk", "vet ikke"])
def test_no_to_going_back(assistant: Assistant, answer: str) -> None:
    conversation = assistant.conversation()
    conversation.say("/how_to_connect")
    conversation.say("/camera_not_working")
    conversation.say("ja")
    assert conversation.say(answer).responses == ["utter_nothing_to_stop"]
    assert conversation.slot("paused_guides") is None
    assert conversation.say("ja").responses == ["utter_affirm_without_question"]


def test_three_problems_are_taken_up_from_the_last(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/how_to_connect")
    conversation.say("/camera_not_working")
    conversation.say("/no_sound")
    conversation.say("ja")
    assert conversation.say("ja").responses[1] == "utter_step_allow_camera"
    conversation.say("ja")
    assert conversation.say("ja").responses[1] == "utter_connect_prepare_device"


def test_kundesenteret_takes_over_everything_technical(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/camera_not_working")
    conversation.say("/link_not_working")
    for _ in range(6):
        if conversation.slot("guide"):
            conversation.say("/deny")
    assert conversation.last is not None
    assert conversation.last.responses[-1] == "utter_handoff"
    assert conversation.slot("paused_guides") is None


def test_after_the_hand_off_it_still_does_not_work(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/link_not_working")
    while conversation.slot("guide"):
        conversation.say("/deny")
    code = conversation.slot("case_code")
    reply = conversation.say("Det virker fortsatt ikke")
    assert reply.responses in (["utter_handoff"], ["utter_deny_without_question"])
    assert conversation.slot("case_code") == code


@pytest.mark.parametrize(
    ("message", "responses"),
    [
        (
            "Hvor mye koster en videotime? Og blir samtalen tatt opp?",
            ["utter_payment", "utter_second_topic", "utter_recording"],
        ),
        (
            "Kameraet virker ikke. Hva koster det?",
            [
                "utter_payment",
                "utter_second_topic",
                "utter_step_allow_camera",
                "utter_ask_helped_or_check",
            ],
        ),
        (
            "Hva koster det? Og kameraet virker ikke",
            [
                "utter_payment",
                "utter_second_topic",
                "utter_step_allow_camera",
                "utter_ask_helped_or_check",
            ],
        ),
        (
            "Jeg må avlyse timen. Er det opptak av samtalen?",
            [
                "utter_recording",
                "utter_second_topic",
                "utter_ask_cancellation_form_appointment_date",
            ],
        ),
        (
            "Blir samtalen tatt opp? Jeg må avlyse timen",
            [
                "utter_recording",
                "utter_second_topic",
                "utter_ask_cancellation_form_appointment_date",
            ],
        ),
    ],
)
def test_information_beside_something_else_is_given_at_once(
    assistant: Assistant, message: str, responses: list[str]
) -> None:
    assert assistant.conversation().say(message).responses == responses


def test_two_guides_in_one_message(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    reply = conversation.say("Lenken virker ikke. Kameraet virker heller ikke")
    assert reply.responses[:2] == ["utter_one_at_a_time", "utter_link_not_working"]
    solved = conversation.say("ja")
    assert solved.responses == ["utter_solved", "utter_also_mentioned"]
    assert conversation.say("ja").responses[0] == "utter_step_allow_camera"


def test_a_form_mentioned_beside_a_guide(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    reply = conversation.say("Kameraet virker ikke. Jeg må avlyse timen")
    assert reply.responses[0] == "utter_one_at_a_time"
    conversation.say("ja")
    assert conversation.say("ja").responses == ["utter_ask_cancellation_form_appointment_date"]


def test_a_guide_mentioned_beside_a_form(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    reply = conversation.say("Jeg må avlyse timen. Kameraet virker ikke")
    assert reply.responses == [
        "utter_one_at_a_time",
        "utter_ask_cancellation_form_appointment_date",
    ]
    advice = conversation.say("vet ikke")
    assert advice.responses[-1] == "utter_also_mentioned"
    assert conversation.say("ja").responses[0] == "utter_step_allow_camera"


@pytest.mark.parametrize(
    "message",
    [
        "Blir lyd og bilde lagret noe sted?",
        "Jeg fikk brevet i posten og lurer på hvordan jeg kobler meg til",
        "Kan kona mi og datteren min være med?",
        "Hei! Kameraet virker ikke. Takk for hjelpen",
    ],
)
def test_one_matter_is_not_taken_for_two(assistant: Assistant, message: str) -> None:
    reply = assistant.conversation().say(message)
    assert "utter_second_topic" not in reply.responses
    assert "utter_one_at_a_time" not in reply.responses
