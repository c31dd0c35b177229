"""The device check in a whole conversation: offered, reported, and what changes after it."""

from __future__ import annotations

import json

import pytest

from actions import services
from tests.assistant import Assistant, Conversation, Reply
from tests.conversations.walking import steps_said
from tests.device_check.reports import ALL_WORKS

CHECK = "Sjekk kamera og lyd"
MOST_STEPS = 10


def report(conversation: Conversation, **codes: str) -> Reply:
    """The page reports the result."""
    value = json.dumps({"device_check": {**ALL_WORKS, **codes}})
    return conversation.say(f"/device_check_result{value}")


@pytest.mark.parametrize(
    "topic", ["camera_not_working", "microphone_not_working", "no_sound", "test_equipment"]
)
def test_offered_on_the_web_and_never_by_sms(assistant: Assistant, topic: str) -> None:
    web = assistant.conversation().say(f"/{topic}")
    assert web.buttons[CHECK] == "/open_device_check"
    sms = assistant.conversation(channel="sms").say(f"/{topic}")
    assert sms.buttons
    assert "/open_device_check" not in sms.buttons.values()


def test_what_works_is_not_proposed_and_the_case_tells_of_it(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("De ser meg ikke, kameraet virker ikke")
    said = steps_said(report(conversation, speaker="skipped").responses)
    assert "utter_device_check_camera_and_microphone_work" in said
    for _ in range(MOST_STEPS):
        if conversation.slot("guide") is None:
            break
        said += steps_said(conversation.say("nei").responses)
    assert "utter_step_allow_camera" in said
    assert "utter_step_close_other_programs" not in said
    assert not any(name.startswith(("utter_step_restart", "utter_step_browser")) for name in said)
    case = services.cases().get(conversation.slot("case_code"))
    assert case is not None
    assert case.device_check == {
        name: code for name, code in ALL_WORKS.items() if name != "speaker"
    }
    assert (case.device, case.browser) == ("iphone", "Safari 17")


def test_what_fails_comes_first_and_the_device_is_not_asked_for(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/test_equipment")
    first = report(
        conversation,
        device="computer",
        browser="Firefox 128",
        browser_fit="usable",
        microphone="busy",
        sound_level="skipped",
    )
    assert first.responses[-2:] == ["utter_step_close_other_programs", "utter_ask_helped"]
    second = conversation.say("nei")
    assert second.responses[0] == "utter_step_allow_microphone"
    said: list[str] = []
    for _ in range(MOST_STEPS):
        if conversation.slot("guide") != "microphone_not_working":
            break
        said += conversation.say("nei").responses
    assert "utter_ask_device" not in said
    assert "utter_step_browser_computer" in said


def test_several_faults_are_taken_one_after_the_other(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    report(conversation, camera="denied", speaker="not_heard")
    assert conversation.slot("guide") == "camera_not_working"
    solved = conversation.say("ja, nå virker det")
    assert solved.responses == ["utter_solved", "utter_also_mentioned"]
    assert conversation.say("ja").responses[0] == "utter_step_turn_up_sound"


@pytest.mark.parametrize(("language", "word"), [("nn", "verka"), ("en", "Everything worked")])
def test_in_the_patients_language(assistant: Assistant, language: str, word: str) -> None:
    reply = report(assistant.conversation(language=language))
    assert word in reply.text
    assert list(reply.buttons.values()) == ["/how_to_connect"]


def test_a_text_is_never_taken_for_a_result(assistant: Assistant) -> None:
    """The intents of the page have no examples: no wording leads to them."""
    conversation = assistant.conversation()
    for text in ("device check result", "open device check", "sjekk kamera og lyd"):
        assert conversation.say(text).intent not in ("device_check_result", "open_device_check")


def test_the_button_where_no_page_opens_the_check(assistant: Assistant) -> None:
    assert "998112" in assistant.conversation().say("/open_device_check").text
