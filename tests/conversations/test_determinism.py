"""The same conversation gives the same answers."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant, Reply

CONVERSATIONS = [
    ["Hei", "Kameraet mitt virker ikke", "nei", "hva koster det?", "nei", "iPad", "nei", "takk"],
    ["Hvordan kobler jeg meg til?", "neste", "tilbake", "hvorfor?", "Jeg får det ikke til"],
    ["Kan du finne nummeret?", "kvinneklinikken", "gjenta", "avbryt"],
    ["asdf qwer", "som sagt", "fire fem seks", "nei"],
    ["Kan du svare på nynorsk?", "Eg høyrer ikkje legen. Kva kostar det?", "nei", "ja"],
]


@pytest.mark.parametrize("messages", CONVERSATIONS)
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_twice_the_same(assistant: Assistant, messages: list[str], channel: str) -> None:
    assert _talk(assistant, messages, channel) == _talk(assistant, messages, channel)


def test_conversations_do_not_mix(assistant: Assistant) -> None:
    alone = _talk(assistant, CONVERSATIONS[0], "web")
    first, second = assistant.conversation(), assistant.conversation()
    mixed = []
    for number, message in enumerate(CONVERSATIONS[0]):
        mixed.append(_facts(first.say(message)))
        second.say(CONVERSATIONS[1][number % len(CONVERSATIONS[1])])
    assert mixed == alone


def _talk(
    assistant: Assistant, messages: list[str], channel: str
) -> list[tuple[str, list[str], dict[str, str]]]:
    conversation = assistant.conversation(channel)
    return [_facts(conversation.say(message)) for message in messages]


def _facts(reply: Reply) -> tuple[str, list[str], dict[str, str]]:
    return reply.text, reply.responses, reply.buttons
