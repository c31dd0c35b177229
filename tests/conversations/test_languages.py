"""Bokmål, nynorsk and English, asked for in the middle; the web's wording and the SMS's."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant, Reply
from tests.conversations.walking import wording

ASKED = {
    "nn": "Kan du svare på nynorsk?",
    "en": "Can you speak English?",
}
#: Responses whose text has no variables, so that it can be compared as it stands.
TOPICS = ["payment", "recording", "room_number", "medical_question", "find_invitation_letter"]
LANGUAGES = ["nb", "nn", "en"]
#: The letters of an ordinary SMS; one other letter makes it twice as dear.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)


@pytest.mark.parametrize("language", ASKED)
def test_in_the_middle_of_a_guide(assistant: Assistant, language: str) -> None:
    conversation = assistant.conversation()
    there = conversation.say("Kameraet mitt virker ikke")
    reply = conversation.say(ASKED[language])
    assert reply.responses == [
        f"utter_language_{language}",
        "utter_back_to_guide",
        *there.responses,
    ]
    _is_in(reply, language)
    _is_in(conversation.say("/deny"), language)
    _is_in(conversation.say("/deny"), language)
    assert conversation.slot("language") == language


@pytest.mark.parametrize("language", ASKED)
def test_the_last_answer_again_in_the_new_language(assistant: Assistant, language: str) -> None:
    conversation = assistant.conversation()
    conversation.say("Hvor mye koster en videotime?")
    reply = conversation.say(ASKED[language])
    assert reply.responses == [f"utter_language_{language}", "utter_payment"]
    _is_in(reply, language)


@pytest.mark.parametrize("language", ASKED)
def test_first_of_all(assistant: Assistant, language: str) -> None:
    reply = assistant.conversation().say(ASKED[language])
    assert reply.responses == [f"utter_language_{language}", "utter_menu"]
    _is_in(reply, language)
    assert reply.buttons


@pytest.mark.parametrize("language", ASKED)
def test_and_back_to_bokmaal(assistant: Assistant, language: str) -> None:
    conversation = assistant.conversation()
    conversation.say(ASKED[language])
    conversation.say("/payment")
    reply = conversation.say("Bytt til bokmål")
    assert reply.responses == ["utter_language_nb", "utter_payment"]
    _is_in(reply, "nb")


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_each_channel_has_its_wording(
    assistant: Assistant, topic: str, language: str, channel: str
) -> None:
    reply = assistant.conversation(channel, language).say(f"/{topic}")
    assert reply.text == wording(f"utter_{topic}", language, channel)
    if channel == "sms":
        assert not set(reply.text) - GSM
        assert len(reply.text) <= 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_sms_guide_keeps_to_sms_wording(assistant: Assistant, language: str) -> None:
    conversation = assistant.conversation("sms", language)
    for message in ("/microphone_not_working", "/deny"):
        reply = conversation.say(message)
        _is_in(reply, language, "sms")
        assert not set(reply.text) - GSM


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_the_same_in_every_language(assistant: Assistant, language: str) -> None:
    conversation = assistant.conversation("web", language)
    assert "55 97 65 51" in conversation.say("/ikt_support_phone").text
    assert "join.nhn.no" in conversation.say("/test_equipment").text
    assert "998112" in conversation.last.text if conversation.last else False


def _is_in(reply: Reply, language: str, channel: str = "web") -> None:
    """Every message of the reply is the response's text in the language."""
    expected = [wording(name, language, channel) for name in reply.responses]
    assert reply.text == "\n\n".join(expected)
