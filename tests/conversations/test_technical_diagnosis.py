"""The technical guides, on every device, to the hand-off to Kundesenteret."""

from __future__ import annotations

import pytest

from actions import services
from tests.assistant import Assistant, Conversation, Reply
from tests.conversations.walking import guides, steps_said
from videohjelp.guides.model import Ending, Kind

TECHNICAL = [
    guide.id
    for guide in guides().values()
    if guide.kind is Kind.TROUBLESHOOTING and guide.unsolved is Ending.HANDOFF
]
#: Device -> how the patient says it. None: it is asked for, and the patient does not know.
DEVICES = {
    "iphone": "Jeg bruker iPad",
    "android": "Det er en Samsung-telefon",
    "computer": "Eg brukar PC",
    "unknown": None,
}
MOST_STEPS = 10


def test_there_are_technical_guides() -> None:
    assert set(TECHNICAL) >= {
        "camera_not_working",
        "microphone_not_working",
        "no_sound",
        "poor_connection",
        "link_not_working",
    }


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("topic", TECHNICAL)
def test_to_the_hand_off_with_a_code(assistant: Assistant, topic: str, device: str) -> None:
    conversation = assistant.conversation()
    said = _to_the_end(conversation, topic, device)
    assert conversation.last is not None
    assert "utter_handoff" in conversation.last.responses
    assert "55 97 65 51" in conversation.last.text
    code = conversation.slot("case_code")
    assert code in conversation.last.text
    case = services.cases().get(code)
    assert case is not None
    assert (case.topic, case.device) == (topic, device)
    assert case.tried == tuple(conversation.slot("tried_steps"))
    assert len(said) == len(set(said)), said
    assert case.tried


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("camera_not_working", "microphone_not_working"),
        ("microphone_not_working", "no_sound"),
        ("no_sound", "poor_connection"),
        ("link_not_working", "camera_not_working"),
    ],
)
def test_no_step_is_said_twice_in_a_conversation(
    assistant: Assistant, first: str, second: str, device: str
) -> None:
    conversation = assistant.conversation()
    said = _to_the_end(conversation, first, device)
    first_code = conversation.slot("case_code")
    said += _to_the_end(conversation, second, device)
    assert len(said) == len(set(said)), said
    case = services.cases().get(conversation.slot("case_code"))
    assert case is not None
    assert case.tried == tuple(conversation.slot("tried_steps"))
    # Kundesenteret sees all that was tried: more was, so it is another case.
    assert case.code != first_code


def test_the_same_guide_again_goes_to_kundesenteret_at_once(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    _to_the_end(conversation, "no_sound", "iphone")
    code = conversation.slot("case_code")
    again = conversation.say("Jeg hører fortsatt ikke legen")
    assert again.responses == ["utter_handoff"]
    assert conversation.slot("case_code") == code


def test_a_restated_problem_means_that_the_step_did_not_help(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.say("Kameraet mitt virker ikke")
    second = conversation.say("Kameraet virker fremdeles ikke")
    third = conversation.say("Det virker fortsatt ikke")
    said = [steps_said(reply.responses) for reply in (first, second, third)]
    assert said[0] == ["utter_step_allow_camera"]
    assert said[1] == ["utter_step_camera_not_muted"]
    assert third.responses == ["utter_ask_device"]


def test_the_device_in_the_first_message_is_not_asked_for(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    replies = [conversation.say("Kameraet på iPaden virker ikke")]
    replies += [conversation.say("nei") for _ in range(MOST_STEPS) if conversation.slot("guide")]
    said = [name for reply in replies for name in reply.responses]
    assert "utter_ask_device" not in said
    assert "utter_step_browser_iphone" in said
    assert "utter_step_choose_camera" not in said


def test_the_device_while_it_is_asked_for_in_other_words(assistant: Assistant) -> None:
    """Who names the problem and the device where the device is asked for has named the device."""
    conversation = assistant.conversation()
    conversation.say("/poor_connection")
    while conversation.last and "utter_ask_device" not in conversation.last.responses:
        conversation.say("nei")
    reply = conversation.say("Bildet fryser på PC-en min")
    assert reply.responses[0] == "utter_step_restart_computer"


def test_another_device_in_the_middle(assistant: Assistant) -> None:
    """A step that makes no sense on the new device is left out; one that is the same is not said
    again."""
    conversation = assistant.conversation()
    conversation.say("Kameraet på PC-en virker ikke")
    known = conversation.say('/inform_device{"device": "computer"}').responses
    assert known == ["utter_device_noted_in_guide", "utter_ask_helped_or_check"]
    conversation.say("nei")
    assert steps_said(conversation.say("nei").responses) == ["utter_step_choose_camera"]
    reply = conversation.say("Nå bruker jeg iPhone")
    assert steps_said(reply.responses) == ["utter_step_browser_iphone"]


def test_solved_at_any_step(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("Lyden er borte, jeg hører ikke legen")
    conversation.say("nei")
    conversation.say("iPad")
    reply = conversation.say("ja, nå virker det")
    assert reply.responses == ["utter_solved"]
    assert conversation.slot("case_code") is None


def _to_the_end(conversation: Conversation, topic: str, device: str) -> list[str]:
    """Tries everything; gives the steps that were said."""
    reply = conversation.say(f"/{topic}")
    said = steps_said(reply.responses)
    for _ in range(MOST_STEPS):
        if conversation.slot("guide") is None:
            return said
        reply = conversation.say(_answer(reply, device))
        said += steps_said(reply.responses)
    raise AssertionError(f"{topic} has no end")


def _answer(reply: Reply, device: str) -> str:
    if "utter_ask_device" in reply.responses:
        return DEVICES[device] or "vet ikke"
    return "nei"
