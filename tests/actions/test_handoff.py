"""Kundesenteret: the number, with a case where something was tried."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, NoReturn

import pytest
from sqlalchemy.exc import OperationalError

from actions import services
from actions.handoff import ActionHandoff
from tests.actions.case import (
    Outcome,
    assistant,
    create_tracker,
    ends_form,
    followups,
    frozen,
    oslo,
    patient,
    run_action,
    said,
    slots_set,
    values,
)
from tests.actions.samples import CAMERA, CONNECT, ROOM, SOUND, in_guide
from videohjelp.appointments.opening_hours import Interval, OpeningHours
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.reference_code import make_code, verify
from videohjelp.handoff.store import CaseStore, CaseStoreError

pytestmark = pytest.mark.usefixtures("sample_guides")

ASKS_IKT = "ikt_support_phone"
ASKS_PERSON = "talk_to_human"
TRIED = {"tried_steps": ["allow", "restart"]}


async def handed_over(
    text: str = "Gi meg nummeret til teknisk hjelp",
    intent: str = ASKS_IKT,
    slots: dict[str, Any] | None = None,
    **more: Any,
) -> Outcome:
    return await run_action(ActionHandoff(), create_tracker(text, intent, slots=slots, **more))


def stored(cases: CaseStore, outcome: Outcome) -> HandoffCase:
    case = cases.get(slots_set(outcome)["case_code"])
    assert case is not None
    return case


# --- without a case -----------------------------------------------------------------------------


async def test_the_number_alone_when_nothing_was_tried() -> None:
    outcome = await handed_over()
    assert said(outcome) == ["utter_ikt_support_phone"]
    assert slots_set(outcome) == {}


@pytest.mark.parametrize("offer", ["utter_offer_department", "utter_find_number"])
async def test_whom_to_phone_when_the_departments_number_was_just_offered(offer: str) -> None:
    tracker = create_tracker(
        "hvem ringer jeg", "talk_to_human", events=[patient("i en time"), assistant(offer)]
    )
    outcome = await run_action(ActionHandoff(), tracker)
    assert (said(outcome), followups(outcome)) == ([], ["department_form"])


async def test_a_person_when_nothing_was_tried_may_be_the_departments() -> None:
    outcome = await handed_over("Eg vil snakka med eit menneske", ASKS_PERSON)
    assert said(outcome) == ["utter_talk_to_human"]
    assert slots_set(outcome) == {"open_offer": "department"}


@pytest.mark.parametrize("guide", [CONNECT, ROOM], ids=["walkthrough", "ends with the department"])
async def test_a_person_in_a_guide_that_is_not_kundesenterets(guide: Any) -> None:
    slots = in_guide(guide, guide.steps[0].id)
    outcome = await handed_over("kan eg få snakka med nåken?", ASKS_PERSON, slots)
    assert said(outcome) == ["utter_talk_to_human"]
    assert slots_set(outcome)["guide"] is None
    assert slots_set(outcome)["open_offer"] == "department"


# --- with a case --------------------------------------------------------------------------------


@pytest.mark.parametrize("intent", [ASKS_IKT, ASKS_PERSON])
async def test_a_case_tells_what_was_tried(cases: CaseStore, intent: str) -> None:
    slots = in_guide(CAMERA, "restart", device="iphone", browser="safari", tried_steps=["allow"])
    with frozen(oslo(2026, 12, 24, 10, 30)):
        outcome = await handed_over("Gje meg ein person", intent, {**slots, "language": "nn"})
    assert said(outcome) == ["utter_handoff"]
    case = stored(cases, outcome)
    assert (case.topic, case.tried) == (CAMERA.id, ("allow",))
    assert (case.device, case.browser) == ("iphone", "safari")
    assert (case.channel, case.language) == ("web", "nn")
    assert case.created_at.isoformat() == "2026-12-24T09:30:00+00:00", "kept as UTC"
    assert slots_set(outcome)["guide"] is None, "the guide is over"


async def test_the_code_is_said_and_spelt_in_the_patients_language(cases: CaseStore) -> None:
    outcome = await handed_over(slots={**TRIED, "language": "en"})
    told = values(outcome, "utter_handoff")
    assert told["code"] == stored(cases, outcome).code
    assert verify(told["code"])
    assert " som i " not in told["spoken_code"], "that would be Norwegian"


async def test_a_problem_without_a_guide_is_a_technical_one(cases: CaseStore) -> None:
    assert stored(cases, await handed_over(slots=TRIED)).topic == "technical_problem"


async def test_the_case_holds_none_of_the_patients_words(cases: CaseStore) -> None:
    text = "Eg er Kari Nordmann 13097248022, romnummer 445566, gje meg teknisk hjelp"
    case = stored(cases, await handed_over(text, slots=TRIED))
    payload = str(case.to_payload())
    for word in ("Kari", "Nordmann", "13097248022", "445566"):
        assert word not in payload


async def test_the_channel_is_told(cases: CaseStore) -> None:
    assert stored(cases, await handed_over(slots=TRIED, channel="sms")).channel == "sms"


async def test_the_form_and_the_interrupted_guides_end(cases: CaseStore) -> None:
    del cases
    waiting = [{"guide": SOUND.id, "step": "turn_up", "asking_device": False}]
    outcome = await handed_over(
        slots={**TRIED, "paused_guides": waiting, "misunderstood": 2},
        form="department_form",
        requested="department_place",
    )
    assert ends_form(outcome)
    assert slots_set(outcome)["paused_guides"] is None
    assert slots_set(outcome)["misunderstood"] == 0


async def test_the_same_case_is_told_again_not_stored_twice(cases: CaseStore) -> None:
    first = await handed_over(slots=TRIED)
    code = slots_set(first)["case_code"]
    again = await handed_over(slots={**TRIED, "case_code": code})
    assert said(again) == ["utter_handoff"]
    assert values(again, "utter_handoff")["code"] == code


async def test_more_tried_since_makes_another_case(cases: CaseStore) -> None:
    first = slots_set(await handed_over(slots=TRIED))["case_code"]
    more = {"tried_steps": [*TRIED["tried_steps"], "turn_up"], "case_code": first}
    second = await handed_over(slots=more)
    assert slots_set(second)["case_code"] != first
    assert stored(cases, second).tried == ("allow", "restart", "turn_up")


async def test_a_case_that_has_been_deleted_since_is_made_anew(cases: CaseStore) -> None:
    gone = make_code()
    outcome = await handed_over(slots={**TRIED, "case_code": gone})
    assert stored(cases, outcome).code != gone


# --- when it cannot be stored -------------------------------------------------------------------


class BrokenStore:
    """A case store whose database does not answer."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def save(self, _case: HandoffCase) -> NoReturn:
        raise self._error

    def get(self, _code: str) -> NoReturn:
        raise self._error


LOCKED = OperationalError("insert into handoff_cases", {}, Exception("database is locked"))


@pytest.mark.parametrize("error", [LOCKED, CaseStoreError("no free reference code found")])
async def test_the_number_without_a_code_when_the_case_is_not_stored(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(services, "cases", lambda: BrokenStore(error))
    outcome = await handed_over(slots=in_guide(CAMERA, "restart", **TRIED))
    assert said(outcome) == ["utter_handoff_without_code"]
    assert "case_code" not in slots_set(outcome)
    assert slots_set(outcome)["guide"] is None, "the guide is over all the same"


async def test_the_number_without_a_code_when_there_is_no_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> NoReturn:
        raise LOCKED

    monkeypatch.setattr(services, "cases", fail)
    assert said(await handed_over(slots=TRIED)) == ["utter_handoff_without_code"]


async def test_the_code_the_patient_has_stays_when_it_cannot_be_looked_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "cases", lambda: BrokenStore(LOCKED))
    code = make_code()
    outcome = await handed_over(slots={**TRIED, "case_code": code})
    assert said(outcome) == ["utter_handoff"]
    assert values(outcome, "utter_handoff")["code"] == code


@pytest.mark.parametrize(
    ("slots", "channel"),
    [({"browser": "nettlesaren åt bestefar"}, "web"), ({}, "Helsenorge chat")],
    ids=["browser", "channel"],
)
async def test_the_number_without_a_code_when_the_case_would_be_refused(
    cases: CaseStore, slots: dict[str, str], channel: str
) -> None:
    """A case takes no free text. The patient still needs the number."""
    del cases
    outcome = await handed_over(slots={**TRIED, **slots}, channel=channel)
    assert said(outcome) == ["utter_handoff_without_code"]


async def test_the_log_of_a_failure_says_nothing_of_the_patient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logged: list[dict[str, Any]] = []

    class Log:
        def exception(self, event: str, **fields: Any) -> None:
            logged.append({"event": event, **fields})

    monkeypatch.setattr("actions.handoff.log", Log())
    monkeypatch.setattr(services, "cases", lambda: BrokenStore(LOCKED))
    await handed_over("Kari Nordmann 13097248022", slots=TRIED)
    assert logged == [{"event": "case_not_stored", "topic": "technical_problem"}]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (oslo(2026, 11, 23, 10), "utter_ikt_open"),
        (oslo(2026, 11, 23, 17), "utter_ikt_closed"),
        (oslo(2026, 12, 25, 10), "utter_ikt_closed"),
    ],
)
async def test_the_opening_hours_are_said_when_they_are_set(
    monkeypatch: pytest.MonkeyPatch, now: datetime, expected: str
) -> None:
    weekly = {day: (Interval(time(8), time(15, 30)),) for day in range(5)}
    hours = OpeningHours(weekly, services.calendar())
    monkeypatch.setattr(services, "ikt_phone_hours", lambda: hours)
    with frozen(now):
        outcome = await run_action(ActionHandoff(), create_tracker("nummeret", "ikt_support_phone"))
    assert said(outcome) == ["utter_ikt_support_phone", expected]


async def test_no_opening_hours_are_claimed_when_they_are_not_set() -> None:
    outcome = await run_action(ActionHandoff(), create_tracker("nummeret", "ikt_support_phone"))
    assert said(outcome) == ["utter_ikt_support_phone"]


# --- danger just before -------------------------------------------------------------------------


def after_danger(*between: str) -> list[dict[str, Any]]:
    """Danger, the answer to it, and what the patient wrote since, each answered like the danger."""
    events: list[dict[str, Any]] = []
    for name in ("mental_health_crisis", *between):
        written = {**patient("..."), "parse_data": {"intent": {"name": name}}}
        events += [written, assistant("utter_mental_health_crisis")]
    return events


@pytest.mark.parametrize(
    ("intent", "between"),
    [(ASKS_PERSON, []), (ASKS_PERSON, ["silence", ASKS_PERSON]), (ASKS_IKT, [])],
)
async def test_a_person_after_danger_is_no_technician(intent: str, between: list[str]) -> None:
    events = after_danger(*between)
    outcome = await handed_over("er det noen jeg kan snakke med", intent, events=events)
    assert said(outcome) == ["utter_mental_health_crisis"]
    assert slots_set(outcome) == {}


@pytest.mark.parametrize(
    ("intent", "between", "response"),
    [
        (ASKS_PERSON, [ASKS_PERSON] * 3, "utter_talk_to_human"),
        (ASKS_IKT, [ASKS_IKT], "utter_ikt_support_phone"),
    ],
)
async def test_who_asks_on_after_a_false_alarm_gets_the_number(
    intent: str, between: list[str], response: str
) -> None:
    outcome = await handed_over("jeg vil snakke med noen", intent, events=after_danger(*between))
    assert said(outcome)[0] == response
