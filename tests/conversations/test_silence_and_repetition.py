"""Messages without content, and "say that again"."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant
from tests.conversations.walking import Place, places, progress_of

SILENCE = ["...", "?", "hm", "eh", "hallo?? er du der"]
#: One place in every guide.
PLACES = list({place.guide: place for place in places()}.values())
ids = [f"{place.guide}-{place.step}" for place in PLACES]


@pytest.mark.parametrize("message", SILENCE)
def test_outside_guides_help_is_offered(assistant: Assistant, message: str) -> None:
    reply = assistant.conversation().say(message)
    assert reply.responses == ["utter_silence"]
    assert reply.buttons


@pytest.mark.parametrize("place", PLACES, ids=ids)
def test_in_a_guide_only_the_question_is_asked_again(assistant: Assistant, place: Place) -> None:
    conversation = place.go(assistant)
    open_question = conversation.last.responses[-1] if conversation.last else ""
    reply = conversation.say("...")
    assert reply.responses == ["utter_take_your_time", open_question]
    assert conversation.slot("guide_step") == place.step


def test_silence_twice(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/camera_not_working")
    first = conversation.say("hm")
    assert conversation.say("eh").responses == first.responses


@pytest.mark.parametrize("form", ["/department_phone", "/cancel_or_change_appointment"])
def test_in_a_form_the_question_is_asked_again(assistant: Assistant, form: str) -> None:
    conversation = assistant.conversation()
    asked = conversation.say(form)
    assert conversation.say("...").responses == ["utter_take_your_time", *asked.responses]


def test_with_an_offer_open_the_offer_is_repeated(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/how_to_connect")
    conversation.say("/camera_not_working")
    conversation.say("ja")
    assert conversation.say("...").responses == ["utter_take_your_time", "utter_offer_return"]
    assert conversation.say("ja").responses[0] == "utter_back_to_guide"


@pytest.mark.parametrize("place", PLACES, ids=ids)
def test_the_same_again_as_often_as_wanted(assistant: Assistant, place: Place) -> None:
    conversation = place.go(assistant)
    said, number = conversation.last, progress_of(conversation)
    assert said is not None
    for message in ("gjenta", "si det en gang til", "gjenta"):
        again = conversation.say(message)
        assert (again.text, again.buttons) == (said.text, said.buttons)
        assert again.responses == said.responses
        assert progress_of(conversation) == number
    assert conversation.slot("guide_step") == place.step


def test_information_again(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    said = conversation.say("Hvor mye koster en videotime?")
    assert conversation.say("Kan du gjenta det siste?").text == said.text


def test_in_a_form_again(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    said = conversation.say("/department_phone")
    assert conversation.say("gjenta").text == said.text
    assert "56 51 40 00" in conversation.say("Voss DPS").text


def test_nothing_to_repeat(assistant: Assistant) -> None:
    assert assistant.conversation().say("gjenta").responses == ["utter_nothing_to_repeat"]
