"""The patient stops what is going on: "avbryt", "glem det"."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant
from tests.conversations.walking import guides

STOP = ["avbryt", "glem det", "stopp, jeg vil ikke mer"]


@pytest.mark.parametrize("message", STOP)
@pytest.mark.parametrize("guide", guides())
def test_a_guide_is_stopped(assistant: Assistant, guide: str, message: str) -> None:
    conversation = assistant.conversation()
    conversation.say(f"/{guide}")
    assert conversation.say(message).responses == ["utter_guide_stopped"]
    assert conversation.slot("guide") is None
    assert conversation.say("neste").responses == ["utter_no_guide"]


@pytest.mark.parametrize("message", STOP)
@pytest.mark.parametrize("form", ["/cancel_or_change_appointment", "/department_phone"])
def test_a_form_is_stopped(assistant: Assistant, form: str, message: str) -> None:
    conversation = assistant.conversation()
    conversation.say(form)
    assert conversation.say(message).responses == ["utter_guide_stopped"]
    assert conversation.slot("requested_slot") is None
    assert conversation.say("ja").responses == ["utter_affirm_without_question"]


@pytest.mark.parametrize("message", STOP)
def test_nothing_to_stop(assistant: Assistant, message: str) -> None:
    assert assistant.conversation().say(message).responses == ["utter_nothing_to_stop"]


def test_a_stopped_form_forgets_the_day(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("Jeg må avlyse timen")
    asked = conversation.say("15. desember")
    assert asked.responses == ["utter_ask_cancellation_form_appointment_time"]
    conversation.say("avbryt")
    again = conversation.say("Jeg må avlyse timen")
    assert again.responses == ["utter_ask_cancellation_form_appointment_date"]


def test_what_waits_is_given_up_too(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/how_to_connect")
    conversation.say("Kameraet mitt virker ikke")
    conversation.say("avbryt")
    assert conversation.slot("paused_guides") is None


def test_goodbye_ends_everything(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/how_to_connect")
    assert conversation.say("Ha det bra").responses == ["utter_goodbye"]
    assert conversation.slot("guide") is None


def test_starting_over_forgets_all_but_the_language(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("Kan du svare på nynorsk?")
    conversation.say("Kameraet på iPaden verkar ikkje")
    conversation.say("nei")
    assert conversation.say("Start på nytt").responses == ["utter_restarted"]
    assert conversation.slot("language") == "nn"
    assert not conversation.slot("device")
    assert not conversation.slot("tried_steps")
    assert conversation.slot("guide") is None
