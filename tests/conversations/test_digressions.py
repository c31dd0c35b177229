"""Questions in the middle of something are answered, and the patient is brought back."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant
from tests.conversations.walking import Place, places

#: One place of each kind of guide, two where the device is asked for.
PLACES = [
    place
    for place in places()
    if (place.guide, place.step)
    in {
        ("camera_not_working", "allow_camera"),
        ("camera_not_working", "camera_not_muted"),
        ("how_to_connect", "quiet_room"),
        ("letter_by_post", None),
        ("test_equipment", "offer"),
        ("patient_delayed", "offer_department"),
        ("someone_entered", "alone_again"),
        ("no_quiet_room", "offer_department"),
    }
]
#: A walkthrough that was only offered is not begun.
OFFERED = [place for place in PLACES if place.step == "offer"]
BEGUN = [place for place in PLACES if place not in OFFERED]
INFORMATION = {
    "Hvor mye koster en videotime?": "utter_payment",
    "Gjør dere opptak av det jeg sier?": "utter_recording",
    "Hva er telefontiden deres?": "utter_opening_hours",
    "Hvor mange Paracet kan jeg ta?": "utter_medical_question",
    "Hvor kan jeg parkere?": "utter_other_service_hospital_site",
    "Hvordan blir været i morgen?": "utter_out_of_scope_in_between",
    "Er du en robot?": "utter_bot_challenge",
}


def ids(place: Place) -> str:
    """The place's name in the tests' names."""
    return f"{place.guide}-{place.step}"


def test_there_are_places() -> None:
    assert len({place.guide for place in PLACES}) == 7


@pytest.mark.parametrize("message", INFORMATION)
@pytest.mark.parametrize("place", BEGUN, ids=ids)
def test_back_to_the_step(assistant: Assistant, place: Place, message: str) -> None:
    conversation = place.go(assistant)
    asks_device = conversation.slot("guide_asking_device")
    reply = conversation.say(message)
    assert reply.responses[:2] == [INFORMATION[message], "utter_back_to_guide"]
    assert len(reply.responses) > 2
    assert conversation.slot("guide") == place.guide
    assert conversation.slot("guide_step") == place.step
    assert conversation.slot("guide_asking_device") == asks_device


@pytest.mark.parametrize("place", OFFERED, ids=ids)
def test_a_walkthrough_that_was_only_offered_is_not_offered_again(
    assistant: Assistant, place: Place
) -> None:
    conversation = place.go(assistant)
    assert conversation.say("Hvor mye koster en videotime?").responses == ["utter_payment"]
    assert conversation.slot("guide") is None


@pytest.mark.parametrize(
    ("message", "response"),
    [
        ("Tusen takk for hjelpen", "utter_thank"),
        ("Dette var veldig god hjelp", "utter_feedback_positive"),
        ("Hei på deg", "utter_greet_again"),
    ],
)
@pytest.mark.parametrize("place", PLACES, ids=ids)
def test_politeness_is_answered_and_only_the_question_asked_again(
    assistant: Assistant, place: Place, message: str, response: str
) -> None:
    conversation = place.go(assistant)
    open_question = conversation.last.responses[-1] if conversation.last else ""
    reply = conversation.say(message)
    assert reply.responses == [response, open_question]


def test_two_questions_one_after_the_other(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.say("Kameraet mitt virker ikke")
    conversation.say("Hvor mye koster en videotime?")
    reply = conversation.say("Må jeg vise fram legitimasjon til legen?")
    # The step stands just above: only its question is asked again.
    assert reply.responses == [
        "utter_identification",
        "utter_back_to_guide",
        first.responses[-1],
    ]
    assert conversation.say("hva sa du?").responses[0] == first.responses[0]
    assert conversation.say("ja").responses == ["utter_solved"]


def test_the_appointment_in_the_middle_of_a_guide(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.say("Kameraet mitt virker ikke")
    asked = conversation.say("Jeg må avlyse timen")
    assert asked.responses == ["utter_ask_cancellation_form_appointment_date"]
    reply = conversation.say("vet ikke")
    assert reply.responses == [
        "utter_cancel_or_change_appointment",
        "utter_back_to_guide",
        *first.responses,
    ]


def test_a_department_in_the_middle_of_a_guide(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.say("Kameraet mitt virker ikke")
    conversation.say("Kan du finne nummeret til avdelingen min?")
    reply = conversation.say("Voss DPS NKS Bjørkeli")
    assert reply.responses[1:] == ["utter_back_to_guide", *first.responses]
    assert "department_phone" in reply.responses[0]


def test_a_person_in_the_middle_of_a_technical_guide(assistant: Assistant) -> None:
    """Whoever has tried something gets the code for it."""
    conversation = assistant.conversation()
    conversation.say("Kameraet mitt virker ikke")
    conversation.say("nei")
    reply = conversation.say("Kan jeg få snakke med en ordentlig person?")
    assert reply.responses == ["utter_handoff"]
    assert conversation.slot("case_code") in reply.text
    assert conversation.slot("guide") is None
    assert conversation.say("ja").responses == ["utter_affirm_without_question"]


@pytest.mark.parametrize("before", ["/how_to_connect", "/waiting_room_problem", "/greet"])
def test_a_person_in_the_middle_of_something_else(assistant: Assistant, before: str) -> None:
    conversation = assistant.conversation()
    conversation.say(before)
    reply = conversation.say("Kan jeg få snakke med en ordentlig person?")
    assert reply.responses == ["utter_talk_to_human"]
    # The offer that stands last is what "yes" answers.
    assert conversation.say("ja").responses == ["utter_ask_department_form_department_place"]


def test_no_to_the_department_after_asking_for_a_person(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/talk_to_human")
    assert conversation.say("nei").responses == ["utter_use_letter_contact"]


def test_an_offer_is_forgotten_when_something_else_was_asked(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/talk_to_human")
    conversation.say("Hvor mye koster en videotime?")
    assert conversation.say("ja").responses == ["utter_affirm_without_question"]


def test_the_device_named_outside_guides(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    assert conversation.say("Jeg bruker iPad").responses == ["utter_device_noted"]
    assert conversation.slot("device") == "iphone"
