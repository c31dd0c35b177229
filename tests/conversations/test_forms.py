"""The two forms: when the appointment is, and which department. The clock stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.assistant import Assistant, Conversation

OSLO = ZoneInfo("Europe/Oslo")
ASK_DAY = "utter_ask_cancellation_form_appointment_date"
ASK_HOUR = "utter_ask_cancellation_form_appointment_time"
ASK_PLACE = "utter_ask_department_form_department_place"
#: A Monday, while the telephones are open.
MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=OSLO)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as stopped:
        yield stopped


def cancelling(assistant: Assistant) -> Conversation:
    conversation = assistant.conversation()
    assert conversation.say("Jeg må avlyse timen").responses == [ASK_DAY]
    return conversation


def test_in_time_a_message_is_enough(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    reply = conversation.say("fredag 27. november klokka 10")
    assert reply.responses == [
        "utter_cancellation_message",
        "utter_cancellation_reasoning_future",
    ]
    assert "onsdag 25. november kl. 10" in reply.text
    assert "fredag 27. november kl. 10" in reply.text
    assert conversation.say("ja").responses == ["utter_affirm_without_question"]


def test_an_hour_after_the_advice_belongs_to_its_day(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    conversation.say("på fredag")
    conversation.say("vet ikke")
    reply = conversation.say("halv ni")
    assert reply.responses == ["utter_cancellation_message", "utter_cancellation_reasoning_future"]
    assert "fredag 27. november kl. 8.30" in reply.text
    # Something else in between: the hour may be another appointment's.
    conversation.say("Hvor mye koster en videotime?")
    assert conversation.say("klokka halv ni").responses == [ASK_DAY]


def test_day_and_hour_one_after_the_other(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    assert conversation.say("på fredag").responses == [ASK_HOUR]
    assert "onsdag 25. november kl. 10" in conversation.say("klokka ti").text


def test_day_and_hour_in_the_first_message(assistant: Assistant) -> None:
    reply = assistant.conversation().say("Jeg må flytte timen på torsdag klokka 10")
    assert reply.responses[0] == "utter_cancellation_message"
    assert "tirsdag 24. november kl. 10" in reply.text


def test_without_the_hour_the_deadline_is_the_start_of_the_day(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    conversation.say("onsdag 2. desember")
    assert "før mandag 30. november." in conversation.say("vet ikke").text


def test_too_late_and_the_telephone_is_open(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    reply = conversation.say("i morgen klokka 10")
    assert reply.responses == [
        "utter_cancellation_phone_open",
        "utter_cancellation_reasoning",
        "utter_find_number",
    ]
    assert "kl. 15.30 i dag" in reply.text
    assert "fredag 20. november kl. 10" in reply.text


def test_too_late_and_the_telephone_is_closed(
    assistant: Assistant, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 11, 23, 18, 0, tzinfo=OSLO))
    reply = cancelling(assistant).say("i morgen kl 12")
    assert reply.responses[0] == "utter_cancellation_phone_closed"
    assert "tirsdag 24. november kl. 8" in reply.text


def test_the_telephone_opens_after_the_appointment(
    assistant: Assistant, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 11, 22, 12, 0, tzinfo=OSLO))
    reply = cancelling(assistant).say("i morgen kl 07.30")
    assert reply.responses[0] == "utter_cancellation_phone_closed_before"


@pytest.mark.parametrize(
    ("answer", "responses"), [("ja", [ASK_PLACE]), ("nei", ["utter_use_letter_contact"])]
)
def test_the_number_is_offered(assistant: Assistant, answer: str, responses: list[str]) -> None:
    conversation = cancelling(assistant)
    conversation.say("i morgen klokka 10")
    assert conversation.say(answer).responses == responses


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("den dagen legen sa", "en eller annen dag", "not_understood"),
        ("i går", "i forgårs", "past"),
        ("31. november", "31. november sier jeg", "impossible"),
    ],
)
def test_what_is_wrong_with_a_day_is_said_once(
    assistant: Assistant, first: str, second: str, problem: str
) -> None:
    conversation = cancelling(assistant)
    assert conversation.say(first).responses == [f"utter_appointment_{problem}"]
    assert conversation.say(second).responses == ["utter_cancel_or_change_appointment"]
    assert conversation.slot("requested_slot") is None


def test_a_usable_day_after_a_wrong_one(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    conversation.say("31. november")
    assert conversation.say("fredag 27. november").responses == [ASK_HOUR]


def test_between_two_days_buttons(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    reply = conversation.say("neste fredag klokka ni")
    assert reply.responses == ["utter_appointment_ambiguous"]
    assert list(reply.buttons) == ["fredag 27. november", "fredag 4. desember"]
    advice = conversation.press("fredag 4. desember")
    # The hour was in the first answer and is not asked for again.
    assert advice.responses[0] == "utter_cancellation_message"
    assert "fredag 4. desember kl. 9" in advice.text


@pytest.mark.parametrize("answer", ["vet ikke", "nei"])
def test_a_day_the_patient_does_not_know(assistant: Assistant, answer: str) -> None:
    reply = cancelling(assistant).say(answer)
    assert reply.responses == ["utter_cancel_or_change_appointment"]
    assert "helsenorge.no" in reply.text
    assert "08.00–15.30" in reply.text


def test_a_question_inside_the_form_and_back(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    assert conversation.say("Hvor mye koster en videotime?").responses == ["utter_payment", ASK_DAY]
    assert conversation.say("på fredag").responses == [ASK_HOUR]
    assert conversation.say("Blir det tatt opptak av samtalen?").responses == [
        "utter_recording",
        ASK_HOUR,
    ]
    assert conversation.say("klokka ti").responses[0] == "utter_cancellation_message"


def test_a_problem_inside_the_form_and_back(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    reply = conversation.say("Kameraet mitt virker ikke")
    assert reply.responses[0] == "utter_new_guide_first"
    assert conversation.say("nei").responses[0] == "utter_step_camera_not_muted"
    assert conversation.say("ja").responses == ["utter_solved", "utter_offer_return"]
    assert conversation.say("ja").responses == [ASK_DAY]
    assert conversation.say("på fredag klokka 10").responses[0] == "utter_cancellation_message"


def test_an_hour_is_not_taken_for_a_date(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    conversation.say("fredag 27. november")
    assert "onsdag 25. november kl. 9.05" in conversation.say("09.05").text


def test_another_day_where_the_hour_is_asked_for(assistant: Assistant) -> None:
    conversation = cancelling(assistant)
    conversation.say("fredag 27. november")
    reply = conversation.say("nei, mandag 30. november klokka ni")
    assert "torsdag 26. november kl. 9" in reply.text


def test_want_in_person_is_answered_first(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    reply = conversation.say("Jeg vil heller møte legen ansikt til ansikt")
    assert reply.responses == ["utter_want_in_person", ASK_DAY]
    assert conversation.say("på fredag klokka 10").responses[0] == "utter_cancellation_message"


@pytest.mark.parametrize("form", ["/department_phone", "/cancel_or_change_appointment"])
def test_the_form_in_another_language(assistant: Assistant, form: str) -> None:
    conversation = assistant.conversation()
    asked = conversation.say(form)
    reply = conversation.say("Kan du svare på nynorsk?")
    assert reply.responses == ["utter_language_nn", *asked.responses]
    assert reply.text.split("\n\n", 1)[1] != asked.text


def test_a_department_that_is_in_the_directory(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    assert conversation.say("/department_phone").responses == [ASK_PLACE]
    reply = conversation.say("Voss DPS")
    assert "56 51 40 00" in reply.text
    assert "innkallingen" in reply.text
    assert conversation.slot("requested_slot") is None


def test_a_department_in_the_first_message(assistant: Assistant) -> None:
    reply = assistant.conversation().say("Hva er telefonnummeret til Voss DPS NKS Bjørkeli?")
    assert "56 51 40 00" in reply.text


def test_several_departments_to_choose_from(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/department_phone")
    reply = conversation.say("kvinneklinikken")
    assert reply.responses == ["utter_department_phone_choose"]
    # Two hospitals have one: each button says whose.
    assert all("(" in title for title in reply.buttons)
    number = conversation.press(next(title for title in reply.buttons if "resepsjon" in title))
    assert "55 97 42 00" in number.text


@pytest.mark.parametrize("answer", ["vet ikke", "nei"])
def test_a_department_the_patient_does_not_know(assistant: Assistant, answer: str) -> None:
    conversation = assistant.conversation()
    conversation.say("/department_phone")
    assert conversation.say(answer).responses == ["utter_use_letter_contact"]


def test_an_unknown_department_gets_no_number(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    for _ in range(2):
        conversation.say("/department_phone")
        reply = conversation.say("ortopedisk avdeling i Lærdal")
        assert not any(name.endswith("_found") for name in reply.responses)
        assert "innkalling" in reply.text


def test_a_question_inside_the_department_form_and_back(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.say("/department_phone")
    assert conversation.say("Hvor mye koster en videotime?").responses == [
        "utter_payment",
        ASK_PLACE,
    ]
    assert "56 51 40 00" in conversation.say("Voss DPS").text
