"""The walkthroughs: on, back, again, from the start, why, and a question in the middle."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant, Conversation
from tests.conversations.walking import guides, progress_of, steps_said

CONNECTING = {
    "how_to_connect": "Kan du hjelpe meg med å koble til, steg for steg?",
    "letter_by_post": "Jeg fikk innkallingen på papir i postkassa, hvordan kobler jeg meg på?",
}
#: What is asked, and how the steps are then offered.
OFFERED = {
    "how_to_prepare": ("Hvordan skal jeg forberede meg?", "utter_offer_step_by_step"),
    "test_equipment": (
        "Kan jeg prøve kamera og mikrofon før timen?",
        "utter_offer_steps_or_check",
    ),
}


@pytest.mark.parametrize("topic", CONNECTING)
def test_from_the_first_step_to_the_last(assistant: Assistant, topic: str) -> None:
    conversation = assistant.conversation()
    first = conversation.say(CONNECTING[topic])
    said = steps_said(first.responses)
    count = len(guides()[topic].steps)
    numbers = [progress_of(conversation)]
    while conversation.slot("guide"):
        asks_device = conversation.last and "utter_ask_device" in conversation.last.responses
        reply = conversation.say("PC" if asks_device else "neste")
        said += steps_said(reply.responses)
        numbers.append(progress_of(conversation))
    assert said[0] == f"utter_{topic}_opening"
    assert said[-1] == "utter_walkthrough_finished"
    assert len(said) == len(set(said))
    # The question for the device and the last words are no steps.
    shown = [number for number in numbers if number is not None]
    assert shown == [(step, count) for step in range(1, count + 1)]


@pytest.mark.parametrize("topic", CONNECTING)
def test_back_and_forth(assistant: Assistant, topic: str) -> None:
    conversation = _at_third_step(assistant, topic)
    there = conversation.last
    assert progress_of(conversation) == (3, len(guides()[topic].steps))
    back = conversation.say("tilbake")
    assert progress_of(conversation) == (2, len(guides()[topic].steps))
    forth = conversation.say("neste")
    assert there is not None
    assert forth.text == there.text
    assert back.text != there.text


@pytest.mark.parametrize("topic", CONNECTING)
def test_back_from_the_first_step(assistant: Assistant, topic: str) -> None:
    conversation = assistant.conversation()
    conversation.say("Jeg bruker PC")
    conversation.say(f"/{topic}")
    reply = conversation.say("gå tilbake")
    assert reply.responses[0] == "utter_first_step_already"
    assert progress_of(conversation) == (1, len(guides()[topic].steps))


@pytest.mark.parametrize("topic", CONNECTING)
def test_again_keeps_the_number(assistant: Assistant, topic: str) -> None:
    conversation = _at_third_step(assistant, topic)
    there, number = conversation.last, progress_of(conversation)
    again = conversation.say("gjenta")
    assert there is not None
    assert (again.text, again.buttons) == (there.text, there.buttons)
    assert again.responses == there.responses
    assert progress_of(conversation) == number


@pytest.mark.parametrize("topic", CONNECTING)
def test_why_and_on(assistant: Assistant, topic: str) -> None:
    conversation = _at_third_step(assistant, topic)
    step = guides()[topic].step(conversation.slot("guide_step"))
    reply = conversation.say("hvorfor?")
    assert reply.responses == [step.why, "utter_ask_next"]
    conversation.say("neste")
    assert progress_of(conversation) == (4, len(guides()[topic].steps))


@pytest.mark.parametrize("topic", CONNECTING)
def test_every_step_has_a_reason(topic: str) -> None:
    without = [step.id for step in guides()[topic].steps if step.why is None]
    assert not without


@pytest.mark.parametrize("topic", CONNECTING)
def test_a_question_in_the_middle_and_back_to_the_step(assistant: Assistant, topic: str) -> None:
    conversation = _at_third_step(assistant, topic)
    there = conversation.last
    assert there is not None
    reply = conversation.say("Hvor mye koster en videotime?")
    assert reply.responses == ["utter_payment", "utter_back_to_guide", *there.responses]
    assert progress_of(conversation) == (3, len(guides()[topic].steps))


@pytest.mark.parametrize("topic", CONNECTING)
def test_from_the_start_again(assistant: Assistant, topic: str) -> None:
    """Asking for the guide again begins it again; "start over" leaves everything."""
    conversation = _at_third_step(assistant, topic)
    reply = conversation.say(CONNECTING[topic])
    assert reply.responses[0] == f"utter_{topic}_opening"
    assert progress_of(conversation) == (1, len(guides()[topic].steps))
    assert conversation.say("Start på nytt").responses == ["utter_restarted"]
    assert conversation.slot("guide") is None


def test_stuck_is_asked_about_and_the_way_back(assistant: Assistant) -> None:
    conversation = _at_third_step(assistant, "letter_by_post")
    there = conversation.last
    assert there is not None
    assert conversation.press("Jeg får det ikke til").responses == ["utter_walkthrough_stuck"]
    problem = conversation.press("Kamera")
    assert problem.responses[0] == "utter_new_guide_first"
    assert conversation.say("ja").responses == ["utter_solved", "utter_offer_return"]
    back = conversation.say("ja")
    assert back.responses == ["utter_back_to_guide", *there.responses]


def test_stuck_twice_shows_people(assistant: Assistant) -> None:
    conversation = _at_third_step(assistant, "how_to_connect")
    conversation.say("Jeg får det ikke til")
    reply = conversation.say("Jeg får det ikke til")
    assert reply.responses == ["utter_talk_to_human"]
    assert conversation.say("neste").responses[-1] == "utter_ask_next"


@pytest.mark.parametrize("topic", OFFERED)
@pytest.mark.parametrize("answer", ["nei", "vet ikke"])
def test_steps_are_offered_after_the_answer(assistant: Assistant, topic: str, answer: str) -> None:
    conversation = assistant.conversation()
    question, offer = OFFERED[topic]
    assert conversation.say(question).responses == [f"utter_{topic}", offer]
    assert progress_of(conversation) is None
    assert conversation.say(answer).responses == ["utter_fine_without_steps"]
    assert conversation.slot("guide") is None


@pytest.mark.parametrize("topic", OFFERED)
def test_offered_steps_to_the_end(assistant: Assistant, topic: str) -> None:
    conversation = assistant.conversation()
    conversation.say("Jeg har iPhone")
    conversation.say(OFFERED[topic][0])
    count = len(guides()[topic].steps) - 1
    conversation.say("ja")
    assert progress_of(conversation) == (1, count)
    for _ in range(count):
        conversation.say("neste")
    assert conversation.last is not None
    assert conversation.last.responses == ["utter_walkthrough_finished"]


def _at_third_step(assistant: Assistant, topic: str) -> Conversation:
    conversation = assistant.conversation()
    conversation.say("Jeg bruker PC")
    conversation.say(f"/{topic}")
    conversation.say("neste")
    conversation.say("neste")
    return conversation
