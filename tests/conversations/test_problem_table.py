"""The six rows of the hospital's problem-solving table, in its order, solved and unsolved."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant

#: Row of the table -> message, what is answered first, and facts in the order of the source.
ROWS = {
    "missing_full_name": (
        "Jeg ble koblet opp som gjest og fikk aldri skrevet navnet mitt",
        "utter_missing_full_name",
        ("join.nhn.no", "fullt navn", "videolenken", "romnummer", "PIN"),
    ),
    "technical_problem": (
        "Det er noe teknisk krøll med videoen min",
        "utter_technical_problem",
        ("Kundesenteret i Helse Vest IKT", "55 97 65 51"),
    ),
    "patient_delayed": (
        "Sitter fast på jobb, jeg er litt forsinket til videosamtalen",
        "utter_patient_delayed",
        ("avdelingen", "innkallingen"),
    ),
    "clinician_delayed": (
        "Legen har ikke dukket opp, og klokka er kvart over",
        "utter_clinician_delayed",
        ("avdelingen", "innkallingen"),
    ),
    "no_quiet_room": (
        "Jeg har ingen steder å være i fred når vi skal snakke",
        "utter_no_quiet_room",
        ("sekretariatet", "innkallingen", "telefonkonsultasjon", "ny time"),
    ),
    "someone_entered": (
        "Sønnen min kom inn i rommet midt i samtalen",
        "utter_someone_entered",
        ("behandleren", "ikke lenger er alene", "pause", "for deg selv igjen"),
    ),
    "unexpected_event": (
        "Brannalarmen går midt i videosamtalen",
        "utter_unexpected_event",
        ("pause", "avslutte", "telefon"),
    ),
}
#: Row -> what the patient answers, and what the row then ends with.
SOLVED = {
    "missing_full_name": (["ja"], "utter_solved"),
    "technical_problem": (["Kameraet virker ikke", "ja"], "utter_solved"),
    "patient_delayed": (["ja"], "utter_ask_department_form_department_place"),
    "clinician_delayed": (["ja"], "utter_ask_department_form_department_place"),
    "no_quiet_room": (["ja", "nei"], "utter_use_letter_contact"),
    "someone_entered": (["ja"], "utter_alone_again"),
    "unexpected_event": (["ja"], "utter_can_continue"),
}
UNSOLVED = {
    "missing_full_name": (["nei", "nei"], "utter_unsolved_department"),
    "technical_problem": (["/ikt_support_phone"], "utter_ikt_support_phone"),
    "patient_delayed": (["nei"], "utter_use_letter_contact"),
    "clinician_delayed": (["nei"], "utter_use_letter_contact"),
    "no_quiet_room": (["nei", "ja"], "utter_ask_department_form_department_place"),
    "someone_entered": (["nei"], "utter_not_alone"),
    "unexpected_event": (["nei", "nei"], "utter_use_letter_contact"),
}
#: Rows that happen while the patient talks with the clinician.
DURING = {
    "someone_entered": "utter_ask_alone_again",
    "unexpected_event": "utter_ask_can_continue",
}


@pytest.mark.parametrize("row", ROWS)
def test_the_row_is_answered_first_and_in_the_sources_order(assistant: Assistant, row: str) -> None:
    message, response, facts = ROWS[row]
    reply = assistant.conversation().say(message)
    assert reply.intent == row
    assert reply.responses[0] == response
    places = [reply.text.find(fact) for fact in facts]
    assert -1 not in places, dict(zip(facts, places, strict=True))
    assert places == sorted(places)


@pytest.mark.parametrize("row", DURING)
def test_during_the_consultation_the_question_comes_after_the_answer(
    assistant: Assistant, row: str
) -> None:
    message, response, _ = ROWS[row]
    reply = assistant.conversation().say(message)
    assert reply.responses == [response, DURING[row]]


@pytest.mark.parametrize("row", SOLVED)
def test_the_row_solved(assistant: Assistant, row: str) -> None:
    _ends(assistant, row, *SOLVED[row])


@pytest.mark.parametrize("row", UNSOLVED)
def test_the_row_unsolved(assistant: Assistant, row: str) -> None:
    _ends(assistant, row, *UNSOLVED[row])


def test_the_patient_may_leave_it_at_the_departments_name(assistant: Assistant) -> None:
    """After "not solved" the number is offered, not asked for in a form at once."""
    conversation = assistant.conversation()
    conversation.say("/missing_full_name")
    conversation.say("nei")
    offered = conversation.say("nei")
    assert offered.responses == ["utter_unsolved_department", "utter_offer_department"]
    assert conversation.say("nei").responses == ["utter_use_letter_contact"]
    assert conversation.slot("requested_slot") is None


def test_no_quiet_room_asks_for_a_place_to_phone_from(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.say(ROWS["no_quiet_room"][0])
    assert first.responses[-1] == "utter_ask_place_for_phone"
    assert conversation.say("ja").responses == [
        "utter_no_quiet_room_phone_possible",
        "utter_offer_department",
    ]


def test_waiting_for_the_clinician_and_asking_again(assistant: Assistant) -> None:
    """The same complaint a second time is not answered with the same text."""
    conversation = assistant.conversation()
    first = conversation.say("Legen har ikke dukket opp")
    again = conversation.say("Legen har fortsatt ikke dukket opp")
    assert first.responses == ["utter_clinician_delayed", "utter_offer_department"]
    assert again.responses == ["utter_offer_department"]


def _ends(assistant: Assistant, row: str, answers: list[str], ending: str) -> None:
    conversation = assistant.conversation()
    conversation.say(ROWS[row][0])
    for answer in answers:
        conversation.say(answer)
    assert conversation.last is not None
    assert ending in conversation.last.responses
    assert conversation.slot("guide") is None
