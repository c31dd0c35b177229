"""Every topic is understood from natural messages, and its answer states the facts it must."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant, Conversation
from tests.conversations.topics import COPY, SHARED, messages, read_topics, topics

#: What is answered where it is not "no": a place in the form, "next" in a walkthrough.
ANSWERS = {
    "department_phone": "Voss DPS NKS Bjørkeli",
    "how_to_connect": "neste",
    "letter_by_post": "neste",
}
#: More answers than the longest guide has questions.
MOST_ANSWERS = 14
CASES = [(topic, message) for topic, lines in messages().items() for message in lines]


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared list of topics is not on this machine")
def test_the_copy_of_the_topics_is_the_shared_list() -> None:
    assert read_topics(COPY) == read_topics(SHARED)


def test_every_topic_has_three_messages() -> None:
    assert set(messages()) == set(topics())
    assert {topic: len(set(lines)) for topic, lines in messages().items()} == dict.fromkeys(
        topics(), 3
    )


@pytest.mark.parametrize(("topic", "message"), CASES)
def test_a_natural_message_is_understood_and_answered_with_the_facts(
    assistant: Assistant, topic: str, message: str
) -> None:
    conversation = assistant.conversation()
    reply = conversation.say(message)
    assert reply.intent == topic
    if conversation.slot("language") != "nb" and not topic.startswith("switch_to_"):
        # The facts are written down for bokmål; the languages are in test_languages.py.
        assert message != messages()[topic][0], "the first message of a topic is in bokmål"
        return
    said = _facts_of(conversation, reply.text, topic)
    assert not topics()[topic].missing(said), said


def _facts_of(conversation: Conversation, said: str, topic: str) -> str:
    """What is said in the first reply, or, where the facts may come later, to the flow's end."""
    assert conversation.last is not None
    said += " ".join(conversation.last.buttons)
    if not topics()[topic].in_flow:
        return said
    for _ in range(MOST_ANSWERS):
        if not _is_asked(conversation):
            return said
        said += conversation.say(ANSWERS.get(topic, "nei")).text
    raise AssertionError(f"the flow of {topic} has no end")


def _is_asked(conversation: Conversation) -> bool:
    """Whether a guide or a form goes on, or a list of problems to choose from is open."""
    assert conversation.last is not None
    return bool(conversation.slot("guide") or conversation.slot("requested_slot"))
