"""The deadline of two working days, and the advice that follows from it."""

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.appointments.deadline import cancellation_advice, cancellation_deadline
from videohjelp.appointments.opening_hours import Interval, OpeningHours
from videohjelp.appointments.oslo import OSLO, at_oslo
from videohjelp.appointments.working_days import ExtraClosed, WorkingCalendar

CALENDAR = WorkingCalendar()
CLOSED_EVES = WorkingCalendar(
    ExtraClosed(christmas_eve=True, new_years_eve=True, wednesday_before_easter=True)
)
PHONE = OpeningHours(
    {weekday: (Interval(time(8), time(15, 30)),) for weekday in range(5)}, CALENDAR
)
TEN = time(10)


def oslo(*parts: int) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("day", "at", "deadline"),
    [
        # Thursday, and counted back over a weekend from Monday.
        (date(2026, 12, 17), TEN, oslo(2026, 12, 15, 10, 0)),
        (date(2026, 12, 14), TEN, oslo(2026, 12, 10, 10, 0)),
        (date(2026, 12, 15), TEN, oslo(2026, 12, 11, 10, 0)),
        # Without an hour: from the start of the day.
        (date(2026, 12, 17), None, oslo(2026, 12, 15, 0, 0)),
        # Days that do not count: from the start of the day.
        (date(2026, 12, 12), TEN, oslo(2026, 12, 10, 0, 0)),
        (date(2026, 12, 13), TEN, oslo(2026, 12, 10, 0, 0)),
        # Easter 2026: Tuesday 7 April; Wednesday 1 April and Tuesday 31 March lie before it.
        (date(2026, 4, 7), TEN, oslo(2026, 3, 31, 10, 0)),
        (date(2026, 4, 8), TEN, oslo(2026, 4, 1, 10, 0)),
        # Easter 2027, with the clocks put forward on Easter Sunday.
        (date(2027, 3, 30), TEN, oslo(2027, 3, 23, 10, 0)),
        (date(2027, 3, 31), TEN, oslo(2027, 3, 24, 10, 0)),
        # 1 May 2026 is a Friday; 17 May 2026 a Sunday, 2027 a Monday.
        (date(2026, 5, 4), TEN, oslo(2026, 4, 29, 10, 0)),
        (date(2026, 5, 18), TEN, oslo(2026, 5, 13, 10, 0)),
        (date(2027, 5, 18), TEN, oslo(2027, 5, 13, 10, 0)),
        # Ascension Day, Thursday 14 May 2026.
        (date(2026, 5, 15), TEN, oslo(2026, 5, 12, 10, 0)),
        # Whit Monday, 25 May 2026.
        (date(2026, 5, 26), TEN, oslo(2026, 5, 21, 10, 0)),
        # Christmas and New Year.
        (date(2026, 12, 28), TEN, oslo(2026, 12, 23, 10, 0)),
        (date(2027, 1, 4), TEN, oslo(2026, 12, 30, 10, 0)),
        (date(2027, 1, 5), TEN, oslo(2026, 12, 31, 10, 0)),
        # Across both changes of the clock: ten is ten on the clock.
        (date(2026, 3, 30), TEN, oslo(2026, 3, 26, 10, 0)),
        (date(2026, 10, 26), TEN, oslo(2026, 10, 22, 10, 0)),
        # Over and on the leap day, Tuesday 29 February 2028.
        (date(2028, 3, 1), TEN, oslo(2028, 2, 28, 10, 0)),
        (date(2028, 2, 29), TEN, oslo(2028, 2, 25, 10, 0)),
    ],
)
def test_two_working_days_are_counted_back(day: date, at: time | None, deadline: datetime) -> None:
    found = cancellation_deadline(day, at, CALENDAR)
    assert found == deadline
    assert found.tzinfo is OSLO


def test_closed_eves_move_the_deadline_back() -> None:
    assert cancellation_deadline(date(2026, 12, 28), TEN, CLOSED_EVES) == oslo(2026, 12, 22, 10, 0)
    assert cancellation_deadline(date(2027, 1, 4), TEN, CLOSED_EVES) == oslo(2026, 12, 29, 10, 0)
    assert cancellation_deadline(date(2026, 4, 7), TEN, CLOSED_EVES) == oslo(2026, 3, 30, 10, 0)


def test_saturday_as_a_setting_moves_the_deadline_on() -> None:
    with_saturdays = WorkingCalendar(saturday_counts=True)
    assert cancellation_deadline(date(2026, 12, 14), TEN, with_saturdays) == oslo(
        2026, 12, 11, 10, 0
    )


def test_an_hour_with_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="uten tidssone"):
        cancellation_deadline(date(2026, 12, 17), time(10, tzinfo=timezone.utc), CALENDAR)


days = st.dates(min_value=date(2024, 1, 1), max_value=date(2035, 12, 31))
hours = st.one_of(st.none(), st.times().map(lambda each: each.replace(microsecond=0)))
calendars = st.builds(
    WorkingCalendar,
    extra_closed=st.builds(
        ExtraClosed,
        christmas_eve=st.booleans(),
        new_years_eve=st.booleans(),
        wednesday_before_easter=st.booleans(),
        dates=st.frozensets(days, max_size=3),
    ),
    saturday_counts=st.booleans(),
)


@given(day=days, at=hours, calendar=calendars)
def test_the_deadline_is_before_the_appointment_by_two_working_days(
    day: date, at: time | None, calendar: WorkingCalendar
) -> None:
    deadline = cancellation_deadline(day, at, calendar)
    appointment = at_oslo(day, at or time(0))
    assert deadline.astimezone(timezone.utc) < appointment.astimezone(timezone.utc)
    assert _working_time(deadline, appointment, calendar) >= timedelta(days=2)
    # And it is not earlier than it must be: a day later, less than two would be left.
    later = deadline + timedelta(days=1)
    assert _working_time(later, appointment, calendar) < timedelta(days=2)


@given(first=days, later=st.integers(0, 20), at=hours, other=hours, calendar=calendars)
def test_a_later_appointment_never_has_an_earlier_deadline(
    first: date, later: int, at: time | None, other: time | None, calendar: WorkingCalendar
) -> None:
    second = first + timedelta(days=later)
    if second == first and (other or time(0)) < (at or time(0)):
        at, other = other, at
    assert cancellation_deadline(first, at, calendar) <= cancellation_deadline(
        second, other, calendar
    )


def _working_time(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Sum the time on working days between two moments, on the clock on the wall."""
    wall_start, wall_end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    total = timedelta()
    day = wall_start.date()
    while day <= wall_end.date():
        midnight = datetime.combine(day, time(0))
        if calendar.is_working_day(day):
            overlap = min(wall_end, midnight + timedelta(days=1)) - max(wall_start, midnight)
            total += max(overlap, timedelta())
        day += timedelta(days=1)
    return total


def test_message_before_the_deadline() -> None:
    now = oslo(2026, 12, 15, 9, 59)
    advice = cancellation_advice(date(2026, 12, 17), TEN, now, CALENDAR, PHONE)
    assert advice.way == "message"
    assert advice.deadline == oslo(2026, 12, 15, 10, 0)
    assert advice.hour_known
    assert advice.phone_open
    assert advice.phone_opens_at is None
    assert advice.phone_closes_at == oslo(2026, 12, 15, 15, 30)


@pytest.mark.parametrize(
    "now",
    [oslo(2026, 12, 15, 10, 0), oslo(2026, 12, 16, 12, 0), oslo(2026, 12, 18, 9, 0)],
    ids=["exactly at the deadline", "after it", "after the appointment"],
)
def test_telephone_from_the_deadline_on(now: datetime) -> None:
    assert cancellation_advice(date(2026, 12, 17), TEN, now, CALENDAR, PHONE).way == "phone"


def test_telephone_on_the_border_day_when_the_hour_is_not_known() -> None:
    day = date(2026, 12, 17)
    evening_before = oslo(2026, 12, 14, 23, 59)
    border = oslo(2026, 12, 15, 0, 0)
    advice = cancellation_advice(day, None, border, CALENDAR, PHONE)
    assert advice.way == "phone"
    assert not advice.hour_known
    assert cancellation_advice(day, None, evening_before, CALENDAR, PHONE).way == "message"


def test_a_closed_telephone_says_when_it_opens() -> None:
    friday_evening = oslo(2026, 12, 11, 18, 0)
    advice = cancellation_advice(date(2026, 12, 14), TEN, friday_evening, CALENDAR, PHONE)
    assert advice.way == "phone"
    assert not advice.phone_open
    assert advice.phone_opens_at == oslo(2026, 12, 14, 8, 0)
    assert advice.phone_closes_at is None


def test_now_may_be_in_another_zone_but_not_in_none() -> None:
    day = date(2026, 12, 17)
    utc = datetime(2026, 12, 15, 8, 59, tzinfo=timezone.utc)
    assert cancellation_advice(day, TEN, utc, CALENDAR, PHONE).way == "message"
    later = utc + timedelta(minutes=1)
    assert cancellation_advice(day, TEN, later, CALENDAR, PHONE).way == "phone"
    with pytest.raises(ValueError, match="tidssone"):
        cancellation_advice(day, TEN, datetime(2026, 12, 15, 9, 0), CALENDAR, PHONE)
