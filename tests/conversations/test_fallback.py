"""What is not understood: first suggestions, then the menu and people, never a third apology."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant
from tests.conversations.topics import topics

#: Messages that mean nothing by themselves; those that the model is unsure of are used.
UNCLEAR = [
    "hist og her",
    "sju og ni og sånn",
    "mellom barken og veden",
    "halvparten av det",
    "grønne gardiner overalt",
    "fire fem seks",
    "som sagt",
    "det blir som det blir",
    "sånn cirka",
    "det lyser rødt",
    "den blå",
    "trappen opp til venstre",
    "i alle fall nesten",
    "de sa noe annet sist",
    "to av dem",
    "hos oss er det slik",
    "omtrent som i fjor",
    "det med den greia",
    "litt av hvert",
    "sånn halvveis",
]
APOLOGIES = {"utter_did_you_mean", "utter_not_understood"}


@pytest.fixture(scope="module")
def unclear(assistant: Assistant) -> list[str]:
    """Messages that are not understood, four at least."""
    found = []
    for message in UNCLEAR:
        parsed = assistant.run(assistant.agent.parse_message(message))
        if parsed["intent"]["name"] == "nlu_fallback":
            found.append(message)
    assert len(found) >= 4, found
    return found


def test_first_suggestions(assistant: Assistant, unclear: list[str]) -> None:
    conversation = assistant.conversation()
    reply = conversation.say(unclear[0])
    assert reply.responses == ["utter_did_you_mean"]
    assert 2 <= len(reply.buttons) <= 4
    assert list(reply.buttons)[-1] == "Noe annet"
    suggested = next(iter(reply.buttons))
    assert reply.buttons[suggested].removeprefix("/") in topics()
    assert conversation.press(suggested).intent == reply.buttons[suggested].removeprefix("/")


def test_then_the_menu_and_people_and_no_third_apology(
    assistant: Assistant, unclear: list[str]
) -> None:
    conversation = assistant.conversation()
    replies = [conversation.say(message) for message in unclear[:4]]
    assert replies[1].responses == ["utter_not_understood"]
    assert "55 97 65 51" in replies[1].text
    assert replies[1].buttons
    for later in replies[2:]:
        assert not APOLOGIES & set(later.responses)
        assert "55 97 65 51" in later.text
        assert "/camera_not_working" in later.buttons.values() or later.buttons


def test_what_is_understood_in_between_starts_the_count_again(
    assistant: Assistant, unclear: list[str]
) -> None:
    conversation = assistant.conversation()
    conversation.say(unclear[0])
    conversation.say("Hvor mye koster en videotime?")
    assert conversation.say(unclear[1]).responses == ["utter_did_you_mean"]


def test_yes_to_the_suggestions_asks_which(assistant: Assistant, unclear: list[str]) -> None:
    conversation = assistant.conversation()
    suggested = conversation.say(unclear[0])
    reply = conversation.say("ja")
    assert reply.responses == ["utter_choose_one"]
    assert reply.buttons == suggested.buttons


@pytest.mark.parametrize("no", ["nei", "ingen av disse", "Noe annet"])
def test_no_to_the_suggestions_shows_the_menu_and_people(
    assistant: Assistant, unclear: list[str], no: str
) -> None:
    conversation = assistant.conversation()
    conversation.say(unclear[0])
    reply = conversation.say(no)
    assert reply.responses == ["utter_none_of_these"]
    assert "/talk_to_human" in reply.buttons.values()
    # What follows is the second misunderstanding, not a first one again.
    assert conversation.say(unclear[1]).responses == ["utter_not_understood"]


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Noe annet"), ("nn", "Noko anna"), ("en", "None of these")]
)
def test_the_button_for_none_of_them(
    assistant: Assistant, unclear: list[str], channel: str, language: str, title: str
) -> None:
    conversation = assistant.conversation(channel, language)
    suggested = conversation.say(unclear[0])
    if conversation.slot("language") != language:
        pytest.skip("the unclear message was taken as Norwegian")
    assert list(suggested.buttons)[-1] == title
    assert conversation.press(title).responses == ["utter_none_of_these"]


def test_a_misspelt_word_alone_is_offered_as_what_it_means(assistant: Assistant) -> None:
    reply = assistant.conversation().say("kmera")
    assert reply.responses == ["utter_did_you_mean"]
    assert "/camera_not_working" in reply.buttons.values()


def test_no_to_the_suggestions_in_a_guide_is_no_answer_to_the_guide(
    assistant: Assistant, unclear: list[str]
) -> None:
    conversation = assistant.conversation()
    there = conversation.say("Kameraet mitt virker ikke")
    conversation.say(unclear[0])
    reply = conversation.say("nei")
    assert reply.responses == ["utter_back_to_guide", *there.responses]
    assert not conversation.slot("tried_steps")
    assert conversation.say("nei").responses[0] == "utter_step_camera_not_muted"


def test_the_guide_waits_for_an_answer_after_one_misunderstanding(
    assistant: Assistant, unclear: list[str]
) -> None:
    conversation = assistant.conversation()
    conversation.say("/how_to_connect")
    conversation.say(unclear[0])
    assert conversation.say("neste").responses[0] == "utter_connect_quiet_room"


def test_in_a_form_the_general_answer_after_two(assistant: Assistant, unclear: list[str]) -> None:
    conversation = assistant.conversation()
    conversation.say("/cancel_or_change_appointment")
    assert conversation.say(unclear[0]).responses == ["utter_appointment_not_understood"]
    assert conversation.say(unclear[1]).responses == ["utter_cancel_or_change_appointment"]
