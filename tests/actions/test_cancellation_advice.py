"""Until when the appointment can be changed and how, at every kind of hour of the year.

The rule (the hospital's text, «Før videokonsultasjonen», first point): with less than two working
days left the patient must phone, Monday to Friday 08.00-15.30. The expected deadlines are counted
by hand; the comments name the days.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any, NoReturn

import pytest

from actions import services
from actions.cancellation import ActionCancellationAdvice
from tests.actions.case import (
    Outcome,
    create_tracker,
    ends_form,
    followups,
    frozen,
    oslo,
    run_action,
    said,
    served,
    slots_set,
    values,
)
from tests.actions.samples import CAMERA, in_guide
from videohjelp.appointments.opening_hours import Interval, OpeningHours
from videohjelp.appointments.working_days import ExtraClosed, WorkingCalendar

CALENDAR = WorkingCalendar(ExtraClosed(christmas_eve=True, new_years_eve=True))
WEEKLY = dict.fromkeys(range(5), (Interval(time(8, 0), time(15, 30)),))
FORGOTTEN = {"appointment_date": None, "appointment_time": None}
MESSAGE = ["utter_cancellation_message", "utter_cancellation_reasoning_future"]


@pytest.fixture(autouse=True)
def _hospital(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "calendar", lambda: CALENDAR)
    monkeypatch.setattr(services, "phone_hours", lambda: OpeningHours(WEEKLY, CALENDAR))


async def advice(now: datetime, day: str, hour: str | None, **slots: Any) -> Outcome:
    """The advice at a moment for an appointment ("2026-12-15", "10:30")."""
    tracker = create_tracker(
        "ja", slots={"appointment_date": day, "appointment_time": hour or "unknown", **slots}
    )
    with frozen(now):
        return await run_action(ActionCancellationAdvice(), tracker)


def phone(how: str) -> list[str]:
    return [f"utter_cancellation_phone_{how}", "utter_cancellation_reasoning", "utter_find_number"]


# --- by message ---------------------------------------------------------------------------------


async def test_with_time_enough_a_message_will_do() -> None:
    # Tuesday 15 December: Monday 14 and Friday 11 lie before it.
    outcome = await advice(oslo(2026, 11, 23, 10), "2026-12-15", "10:30")
    assert said(outcome) == MESSAGE
    deadline = "fredag 11. desember kl. 10.30"
    assert values(outcome, MESSAGE[0]) == {"deadline": deadline}
    assert values(outcome, MESSAGE[1]) == {
        "deadline": deadline,
        "appointment": "tirsdag 15. desember kl. 10.30",
    }
    assert slots_set(outcome) == FORGOTTEN, "nothing about the appointment is kept"


@pytest.mark.parametrize(
    ("language", "deadline", "appointment"),
    [
        ("nn", "fredag 11. desember kl. 10", "tysdag 15. desember kl. 10"),
        ("en", "Friday 11 December at 10:00", "Tuesday 15 December at 10:00"),
    ],
)
async def test_in_the_patients_language(language: str, deadline: str, appointment: str) -> None:
    outcome = await advice(oslo(2026, 11, 23), "2026-12-15", "10:00", language=language)
    assert values(outcome, MESSAGE[1]) == {"deadline": deadline, "appointment": appointment}


@pytest.mark.parametrize(
    ("now", "responses"),
    [
        (oslo(2026, 12, 11, 10, 29), MESSAGE),
        (oslo(2026, 12, 11, 10, 30), phone("open")),
    ],
    ids=["a minute before the deadline", "at the deadline: in doubt, phone"],
)
async def test_on_the_border(now: datetime, responses: list[str]) -> None:
    assert said(await advice(now, "2026-12-15", "10:30")) == responses


async def test_an_unknown_hour_counts_from_the_start_of_the_day() -> None:
    # Thursday 3 December: Wednesday 2 and Tuesday 1 lie before it.
    before = await advice(oslo(2026, 11, 30, 23, 59), "2026-12-03", None)
    assert said(before) == MESSAGE
    assert values(before, MESSAGE[1]) == {
        "deadline": "tirsdag 1. desember",
        "appointment": "torsdag 3. desember",
    }
    assert said(await advice(oslo(2026, 12, 1, 0, 0), "2026-12-03", None)) == phone("closed")


async def test_an_appointment_on_a_saturday_has_two_whole_working_days_before_it() -> None:
    # Saturday 5 December: the whole of Friday 4 and Thursday 3.
    outcome = await advice(oslo(2026, 12, 2, 12), "2026-12-05", "11:00")
    assert values(outcome, MESSAGE[1]) == {
        "deadline": "torsdag 3. desember",
        "appointment": "lørdag 5. desember kl. 11",
    }


# --- by phone -----------------------------------------------------------------------------------


async def test_by_phone_while_it_is_open() -> None:
    # Thursday 26 November: Wednesday 25 and Tuesday 24 lie before it.
    outcome = await advice(oslo(2026, 11, 25, 9), "2026-11-26", "10:00")
    assert said(outcome) == phone("open")
    assert values(outcome, "utter_cancellation_phone_open") == {"closes": "kl. 15.30"}
    assert values(outcome, "utter_cancellation_reasoning") == {
        "deadline": "tirsdag 24. november kl. 10",
        "appointment": "torsdag 26. november kl. 10",
    }
    assert slots_set(outcome) == {**FORGOTTEN, "open_offer": "department"}


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (oslo(2026, 11, 25, 18), "torsdag 26. november kl. 8"),
        (oslo(2026, 11, 25, 15, 30), "torsdag 26. november kl. 8"),
        (oslo(2026, 11, 26, 7, 59), "torsdag 26. november kl. 8"),
    ],
)
async def test_by_phone_when_it_opens(now: datetime, opens: str) -> None:
    outcome = await advice(now, "2026-11-27", "12:00")
    assert said(outcome) == phone("closed")
    assert values(outcome, "utter_cancellation_phone_closed") == {"opens": opens}


@pytest.mark.parametrize(
    ("hour", "how"),
    [
        ("07:45", "closed_before"),
        ("08:00", "closed_before"),
        ("08:30", "closed"),
        (None, "closed"),
    ],
)
async def test_a_phone_that_opens_only_after_the_appointment(hour: str | None, how: str) -> None:
    # Sunday evening; the phone opens on Monday 30 November at 8.
    outcome = await advice(oslo(2026, 11, 29, 20), "2026-11-30", hour)
    assert said(outcome) == phone(how)
    assert values(outcome, f"utter_cancellation_phone_{how}") == {
        "opens": "mandag 30. november kl. 8"
    }


async def test_an_appointment_that_has_passed_is_for_the_phone() -> None:
    outcome = await advice(oslo(2026, 11, 23, 10), "2026-11-20", "10:00")
    assert said(outcome) == phone("open")


# --- through the year ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("appointment", "last_message", "deadline", "closed", "opens"),
    [
        pytest.param(
            ("2026-12-28", "12:00"),  # a Monday; before it Wednesday 23 and Tuesday 22 December
            oslo(2026, 12, 22, 11, 59),
            "tirsdag 22. desember kl. 12",
            oslo(2026, 12, 25, 20),
            "mandag 28. desember kl. 8",
            id="Christmas, with Christmas Eve closed",
        ),
        pytest.param(
            ("2027-01-04", "10:00"),  # a Monday; before it Wednesday 30 and Tuesday 29 December
            oslo(2026, 12, 29, 9, 59),
            "tirsdag 29. desember kl. 10",
            oslo(2026, 12, 30, 20),
            "mandag 4. januar kl. 8",
            id="across New Year, with New Year's Eve closed",
        ),
        pytest.param(
            ("2027-03-31", "09:00"),  # a Wednesday; before it Tuesday 30 and Wednesday 24 March
            oslo(2027, 3, 24, 8, 59),
            "onsdag 24. mars kl. 9",
            oslo(2027, 3, 25, 12),
            "tirsdag 30. mars kl. 8",
            id="Easter, and summer time on Easter Sunday",
        ),
        pytest.param(
            ("2028-05-18", "13:00"),  # a Thursday; before it Tuesday 16 and Monday 15 May
            oslo(2028, 5, 15, 12, 59),
            "mandag 15. mai kl. 13",
            oslo(2028, 5, 17, 9),
            "torsdag 18. mai kl. 8",
            id="17 May, a Wednesday",
        ),
        pytest.param(
            ("2027-05-19", "13:00"),  # a Wednesday; before it Tuesday 18 and Friday 14 May
            oslo(2027, 5, 14, 12, 59),
            "fredag 14. mai kl. 13",
            oslo(2027, 5, 17, 12),
            "tirsdag 18. mai kl. 8",
            id="17 May on Whit Monday",
        ),
    ],
)
async def test_holidays_are_no_working_days(
    appointment: tuple[str, str],
    last_message: datetime,
    deadline: str,
    closed: datetime,
    opens: str,
) -> None:
    in_time = await advice(last_message, *appointment)
    assert said(in_time) == MESSAGE
    assert values(in_time, MESSAGE[0]) == {"deadline": deadline}
    assert said(await advice(last_message + timedelta(minutes=1), *appointment)) == phone("open")
    too_late = await advice(closed, *appointment)
    assert said(too_late) == phone("closed")
    assert values(too_late, "utter_cancellation_phone_closed") == {"opens": opens}


@pytest.mark.parametrize(
    ("day", "deadline_utc", "deadline"),
    [
        # Tuesday after the change to winter time; the deadline is on summer time, UTC+2.
        ("2026-10-27", datetime(2026, 10, 23, 8, tzinfo=timezone.utc), "fredag 23. oktober kl. 10"),
        # Tuesday after the change to summer time; the deadline is on winter time, UTC+1.
        ("2026-03-31", datetime(2026, 3, 27, 9, tzinfo=timezone.utc), "fredag 27. mars kl. 10"),
    ],
    ids=["to winter time", "to summer time"],
)
async def test_the_clock_on_the_wall_counts(
    day: str, deadline_utc: datetime, deadline: str
) -> None:
    before = await advice(deadline_utc - timedelta(seconds=1), day, "10:00")
    assert said(before) == MESSAGE
    assert values(before, MESSAGE[0]) == {"deadline": deadline}
    assert said(await advice(deadline_utc, day, "10:00")) == phone("open")


# --- missing data and back ends -----------------------------------------------------------------


@pytest.mark.parametrize("day", ["unknown", None, ""])
async def test_an_unknown_day_gets_the_rule_itself(day: str | None) -> None:
    tracker = create_tracker(
        "veit ikkje",
        "dont_know",
        slots={"appointment_date": day, "appointment_time": "unknown", "misunderstood": 1},
    )
    outcome = await run_action(ActionCancellationAdvice(), tracker)
    assert said(outcome) == ["utter_cancel_or_change_appointment"]
    assert slots_set(outcome) == {**FORGOTTEN, "misunderstood": 0}


@pytest.mark.usefixtures("sample_guides")
async def test_in_the_middle_of_a_guide_the_guide_goes_on_without_another_offer() -> None:
    outcome = await advice(
        oslo(2026, 11, 25, 9), "2026-11-26", "10:00", **in_guide(CAMERA, "allow")
    )
    assert said(outcome) == [
        *phone("open")[:2],
        "utter_back_to_guide",
        "utter_sample_allow",
        "utter_ask_helped",
    ]
    assert slots_set(outcome).get("open_offer") is None
    assert followups(outcome) == []


async def test_a_phone_that_never_opens_is_not_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    now = oslo(2026, 11, 25, 9)
    year = frozenset(date(2026, 11, 25) + timedelta(days=ahead) for ahead in range(400))
    closed = WorkingCalendar(ExtraClosed(dates=year))
    monkeypatch.setattr(services, "phone_hours", lambda: OpeningHours(WEEKLY, closed))
    outcome = await advice(now, "2026-11-26", "10:00")
    assert said(outcome)[0] == "utter_cancel_or_change_appointment"


async def test_wrong_settings_give_the_apology(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise ValueError("phone_hours: '8-15' is no interval")

    monkeypatch.setattr(services, "phone_hours", fail)
    tracker = create_tracker("ti", slots={"appointment_date": "2026-11-26"})
    outcome = await served("action_cancellation_advice", tracker)
    assert said(outcome) == ["utter_action_failed"]
    assert ends_form(outcome)


async def test_the_number_of_a_department_that_is_known_is_said() -> None:
    department = next(one for one in services.directory().entries if one.is_department)
    outcome = await advice(
        oslo(2026, 12, 14, 10), "2026-12-15", "10:30", known_department=department.id
    )
    assert said(outcome)[:2] == phone("open")[:2]
    assert values(outcome, said(outcome)[2])["phone"] == department.phone
