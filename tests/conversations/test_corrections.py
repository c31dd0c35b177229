"""The patient takes back what was said: "no, I meant the sound"."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant


@pytest.mark.parametrize(
    "message",
    ["Nei, jeg mente lyden, jeg hører ikke legen", "Nei, eg meinte lyden, eg høyrer ikkje legen"],
)
def test_another_problem_was_meant(assistant: Assistant, message: str) -> None:
    conversation = assistant.conversation()
    conversation.say("Kameraet mitt virker ikke")
    reply = conversation.say(message)
    assert reply.intent == "no_sound"
    assert reply.responses == ["utter_step_turn_up_sound", "utter_ask_helped_or_check"]
    # What was taken back is not offered again.
    assert conversation.slot("paused_guides") is None
    assert conversation.say("ja").responses == ["utter_solved"]


def test_a_guide_instead_of_a_form(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("Jeg må avlyse timen")
    reply = conversation.say("Nei, jeg mente at kameraet ikke virker")
    assert reply.responses[0] == "utter_step_allow_camera"
    assert conversation.slot("requested_slot") is None
    assert conversation.say("ja").responses == ["utter_solved"]


def test_another_device_was_meant(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/how_to_connect")
    conversation.say("neste")
    conversation.say("neste")
    assert conversation.say("iPhone").responses[0] == "utter_connect_browser_iphone"
    reply = conversation.say("Nei, jeg mente PC")
    assert reply.responses == ["utter_connect_browser_computer", "utter_ask_next"]


def test_another_day_was_meant(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("Jeg må avlyse timen")
    asked = conversation.say("31. november")
    assert asked.responses == ["utter_appointment_impossible"]
    assert (
        conversation.say("nei, 15. desember klokka 10")
        .responses[0]
        .startswith("utter_cancellation_")
    )


def test_another_place_was_meant(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("Kan du finne nummeret til avdelingen min?")
    first = conversation.say("Nordfjord psykiatrisenter")
    second = conversation.say("Nei, jeg mente Voss DPS NKS Bjørkeli")
    assert first.text != second.text
    assert second.responses[0].startswith("utter_department_phone_")


def test_not_helped_after_all(assistant: Assistant) -> None:
    """ "It works" and then "no, it does not": the steps done are not proposed again."""
    conversation = assistant.conversation()
    conversation.say("Kameraet mitt virker ikke")
    conversation.say("nei")
    conversation.say("ja")
    reply = conversation.say("Nei, kameraet virker ikke likevel")
    assert reply.responses[0] != "utter_step_allow_camera"
