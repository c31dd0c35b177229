"""When the appointment is: read from the patient's own words, and asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from actions import cancellation
from actions.cancellation import ActionAskAppointmentDate, ValidateCancellationForm
from tests.actions.case import (
    Outcome,
    assistant,
    buttons,
    create_tracker,
    ends_form,
    frozen,
    oslo,
    patient,
    run_action,
    said,
    served,
    slots_set,
)

#: A Monday.
NOW = oslo(2026, 11, 23, 10)
DAY, HOUR = "appointment_date", "appointment_time"
THURSDAY = {DAY: "2026-11-26"}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with frozen(NOW):
        yield


async def answered(
    text: str, intent: str = "inform_appointment", requested: str | None = DAY, **given: Any
) -> Outcome:
    """What the form takes from an answer to the question for `requested`."""
    tracker = create_tracker(text, intent, form="cancellation_form", requested=requested, **given)
    return await run_action(ValidateCancellationForm(), tracker)


async def asked(text: str, intent: str, requested: str | None = None, **given: Any) -> Outcome:
    """How the form asks for the day after a message."""
    tracker = create_tracker(text, intent, form="cancellation_form", requested=requested, **given)
    return await run_action(ActionAskAppointmentDate(), tracker)


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("torsdag klokka ti", "2026-11-26", "10:00"),
        ("tysdag halv ti", "2026-11-24", "09:30"),
        ("i mårgå kl ti", "2026-11-24", "10:00"),
        ("i overimårgå klokka elleve", "2026-11-25", "11:00"),
        ("24.12 kl 1030", "2026-12-24", "10:30"),
        ("Timen er 3. desember klokka 08.45", "2026-12-03", "08:45"),
        ("Eg har time tysdag den fyrste desember klokka kvart over ni", "2026-12-01", "09:15"),
        ("tomorrow at ten", "2026-11-24", "10:00"),
    ],
)
async def test_day_and_hour_in_one_answer(text: str, day: str, hour: str) -> None:
    assert slots_set(await answered(text)) == {DAY: day, HOUR: hour}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("om tri dagar", "2026-11-26"),
        ("på tysdag i neste veke", "2026-12-01"),
        ("fredag", "2026-11-27"),
        ("15/12", "2026-12-15"),
    ],
)
async def test_a_day_without_an_hour_leaves_the_hour_to_be_asked(text: str, day: str) -> None:
    assert slots_set(await answered(text)) == {DAY: day}


async def test_the_first_message_may_hold_both() -> None:
    text = "Eg må avlyse timen på torsdag kl 10"
    outcome = await answered(text, "cancel_or_change_appointment", requested=None)
    assert slots_set(outcome) == {DAY: "2026-11-26", HOUR: "10:00"}


@pytest.mark.parametrize(
    "text", ["Jeg må avbestille timen min", "Eg vil heller kome på sjukehuset"]
)
async def test_the_first_message_may_hold_neither(text: str) -> None:
    outcome = await answered(text, "want_in_person", requested=None)
    assert slots_set(outcome) == {}


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("klokka ti", "10:00"),
        ("halv elleve", "10:30"),
        ("10:30", "10:30"),
        ("1030", "10:30"),
        ("kl. 09.05", "09:05"),
        ("klokka ni om mårran", "09:00"),
        ("half past ten", "10:30"),
    ],
)
async def test_the_hour_after_the_day(text: str, hour: str) -> None:
    assert slots_set(await answered(text, requested=HOUR, slots=THURSDAY)) == {HOUR: hour}


@pytest.mark.parametrize("text", ["09.05", "11.12", "10.10"])
async def test_an_hour_that_could_be_a_day_of_the_year_never_moves_the_day(text: str) -> None:
    """The question was for the hour: "09.05" is five past nine, not 9 May."""
    done = slots_set(await answered(text, requested=HOUR, slots=THURSDAY))
    assert done.get(DAY, THURSDAY[DAY]) == THURSDAY[DAY]


@pytest.mark.parametrize("text", ["på formiddagen ein gong", "husker ikke helt", "veit ikkje"])
async def test_an_answer_without_an_hour(text: str) -> None:
    """The deadline is then counted from the start of the day, the safe side."""
    outcome = await answered(text, "dont_know", requested=HOUR, slots=THURSDAY)
    assert slots_set(outcome) == {HOUR: "unknown"}


async def test_an_hour_without_a_day_is_kept_until_the_day_is_known() -> None:
    assert slots_set(await answered("klokka ti")) == {DAY: None, HOUR: "10:00"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [("vet ikke", "dont_know"), ("Eg hugsar det ikkje", "dont_know"), ("nei", "deny")],
)
async def test_a_day_that_the_patient_does_not_know(text: str, intent: str) -> None:
    assert slots_set(await answered(text, intent)) == {DAY: "unknown", HOUR: "unknown"}


async def test_no_with_a_day_is_a_day() -> None:
    done = slots_set(await answered("nei, fredag kl ni", "deny"))
    assert done == {DAY: "2026-11-27", HOUR: "09:00"}


# --- answers that cannot be used ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "banan",
        "???",
        "etter påske ein gong",
        "neste torsdag",
        "i går",
        "sist fredag",
        "fredag som var",
        "31. november",
        "30. februar",
        "4. desember 2031",
    ],
)
async def test_no_usable_day_is_asked_for_again(text: str) -> None:
    assert slots_set(await answered(text)) == {DAY: None}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("banan", "utter_appointment_not_understood"),
        ("i går", "utter_appointment_past"),
        ("31. november", "utter_appointment_impossible"),
        ("4. desember 2031", "utter_appointment_too_far"),
    ],
)
async def test_the_same_mistake_twice_leads_to_the_telephone(text: str, told: str) -> None:
    before = [patient(text), assistant(told)]
    assert slots_set(await answered(text, events=before)) == {DAY: "unknown", HOUR: "unknown"}


async def test_another_mistake_is_explained_too() -> None:
    before = [patient("banan"), assistant("utter_appointment_not_understood")]
    assert slots_set(await answered("31. november", events=before)) == {DAY: None}


async def test_a_corrected_day_and_hour() -> None:
    outcome = await answered("nei, fredag kl ni", requested=HOUR, slots=THURSDAY)
    assert slots_set(outcome) == {DAY: "2026-11-27", HOUR: "09:00"}


@pytest.mark.parametrize("text", ["nei, 31. november", "nei, neste torsdag", "nei, det var i går"])
async def test_a_correction_that_cannot_be_used_does_not_keep_the_wrong_day(text: str) -> None:
    """The patient has taken the first day back: a deadline counted from it would be wrong."""
    outcome = await answered(text, "deny", requested=HOUR, slots=THURSDAY)
    assert slots_set(outcome).get(DAY, "kept") is None


# --- another question in the middle -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kan jeg betale på fredag?", "payment"),
        ("takk skal du ha", "thank"),
        ("Eg får ikkje puste", "medical_emergency"),
        ("kameraet virker ikke klokka ti", "camera_not_working"),
    ],
)
@pytest.mark.parametrize("requested", [DAY, HOUR])
async def test_another_question_gives_nothing_so_that_the_form_lets_it_through(
    text: str, intent: str, requested: str
) -> None:
    """Rasa rejects a form that gives no slot, and the question is answered."""
    slots = THURSDAY if requested == HOUR else None
    assert (await answered(text, intent, requested=requested, slots=slots)).events == []


async def test_an_unsure_intent_is_taken_as_an_answer() -> None:
    assert slots_set(await answered("torsdag ti", "payment", confidence=0.3))[DAY] == "2026-11-26"
    assert slots_set(await answered("hæ", "payment", confidence=0.3)) == {DAY: None}


async def test_a_second_topic_is_answered_before_the_first_question() -> None:
    tracker = create_tracker(
        "Eg må avlyse timen. Kva kostar det?", "cancel_or_change_appointment", second="payment"
    )
    outcome = await run_action(ValidateCancellationForm(), tracker)
    assert said(outcome) == ["utter_payment", "utter_second_topic"]


# --- buttons ------------------------------------------------------------------------------------


def pressed(value: str) -> dict[str, Any]:
    return {
        "text": f'/inform_appointment{{"date": "{value}"}}',
        "entities": {"date": value},
    }


async def test_a_day_chosen_with_a_button() -> None:
    assert slots_set(await answered(**pressed("2026-12-03"))) == {DAY: "2026-12-03"}


async def test_a_day_chosen_with_a_button_keeps_the_hour_given_before() -> None:
    outcome = await answered(**pressed("2026-12-03"), slots={HOUR: "09:00"})
    assert slots_set(outcome) == {DAY: "2026-12-03"}


@pytest.mark.parametrize("value", ["banan", "2026-02-30", "03.12.2026"])
async def test_a_button_that_holds_no_day_is_not_believed(value: str) -> None:
    done = slots_set(await answered(**pressed(value)))
    assert done.get(DAY, "not set") is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "neste torsdag",
            "nb",
            {"torsdag 26. november": "2026-11-26", "torsdag 3. desember": "2026-12-03"},
        ),
        (
            "måndag",
            "nn",
            {"måndag 23. november": "2026-11-23", "måndag 30. november": "2026-11-30"},
        ),
        (
            "Thursday 15 December",  # the 15th is a Tuesday
            "en",
            {"Tuesday 15 December": "2026-12-15", "Thursday 17 December": "2026-12-17"},
        ),
    ],
)
async def test_a_day_that_can_mean_two_gives_a_button_for_each(
    text: str, language: str, expected: dict[str, str]
) -> None:
    outcome = await asked(text, "inform_appointment", requested=DAY, slots={"language": language})
    assert said(outcome) == ["utter_appointment_ambiguous"]
    offered = buttons(outcome)
    assert list(offered) == list(expected)
    for title, payload in offered.items():
        intent, entities = payload.split("{", 1)
        assert intent == "/inform_appointment"
        assert json.loads("{" + entities) == {"date": expected[title]}


async def test_a_next_in_front_of_a_day_is_no_next_step() -> None:
    language = {"language": "en"}
    outcome = await asked("next Thursday", "next_step", requested=DAY, slots=language)
    assert said(outcome) == ["utter_appointment_ambiguous"]


async def test_an_hour_does_not_settle_which_day_is_meant() -> None:
    payload = '/inform_appointment{"date": "2026-11-27"}'
    days = [{"title": "fredag 27. november", "payload": payload}]
    events = [patient("fredag"), assistant("utter_appointment_ambiguous", buttons=days)]
    outcome = await asked("kl 9", "inform_appointment", requested=DAY, events=events)
    assert said(outcome) == ["utter_appointment_ambiguous"]
    assert buttons(outcome) == {"fredag 27. november": payload}


# --- asking -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "intent", "requested", "response"),
    [
        ("Jeg må avbestille", "cancel_or_change_appointment", None, "utter_ask_{}"),
        ("klokka ti", "inform_appointment", DAY, "utter_ask_{}"),
        ("hva koster det?", "payment", DAY, "utter_ask_{}"),
        ("banan", "nlu_fallback", DAY, "utter_appointment_not_understood"),
        ("i går", "inform_appointment", DAY, "utter_appointment_past"),
        ("i dag kl 9", "inform_appointment", DAY, "utter_appointment_past"),
        ("30. februar", "inform_appointment", DAY, "utter_appointment_impossible"),
        ("4. desember 2031", "inform_appointment", DAY, "utter_appointment_too_far"),
        ("avlys timen i går", "cancel_or_change_appointment", None, "utter_appointment_past"),
    ],
)
async def test_the_question_says_what_was_wrong(
    text: str, intent: str, requested: str | None, response: str
) -> None:
    outcome = await asked(text, intent, requested)
    assert said(outcome) == [response.format("cancellation_form_appointment_date")]
    assert outcome.events == []


# --- when reading fails -------------------------------------------------------------------------


async def test_a_failure_gives_the_apology_and_ends_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> NoReturn:
        raise RuntimeError("no such month")

    monkeypatch.setattr(cancellation, "appointment_of", fail)
    tracker = create_tracker("torsdag", "inform_appointment", form="cancellation_form")
    outcome = await served("validate_cancellation_form", tracker)
    assert said(outcome) == ["utter_action_failed"]
    assert ends_form(outcome)
