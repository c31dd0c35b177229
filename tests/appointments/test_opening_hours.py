"""When the telephone is answered."""

from datetime import date, datetime, time, timezone

import pytest

from videohjelp.appointments.opening_hours import Interval, NeverOpensError, OpeningHours
from videohjelp.appointments.oslo import OSLO
from videohjelp.appointments.working_days import ExtraClosed, WorkingCalendar

CALENDAR = WorkingCalendar()
# "man.-fred. klokka 0800-1530"
WEEKDAYS = OpeningHours(
    {weekday: (Interval(time(8), time(15, 30)),) for weekday in range(5)}, CALENDAR
)
EVERY_NIGHT = OpeningHours(
    {weekday: (Interval(time(1, 30), time(4)),) for weekday in range(7)}, CALENDAR
)


def oslo(*parts: int) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (oslo(2026, 12, 9, 7, 59), False),
        (oslo(2026, 12, 9, 8, 0), True),
        (oslo(2026, 12, 9, 15, 29), True),
        (oslo(2026, 12, 9, 15, 30), False),
        (oslo(2026, 12, 12, 10, 0), False),
        (oslo(2026, 12, 25, 10, 0), False),
    ],
)
def test_open_from_eight_to_half_past_three_on_working_days(now: datetime, is_open: bool) -> None:
    assert WEEKDAYS.is_open(now) is is_open
    assert (WEEKDAYS.closes_at(now) is not None) is is_open


def test_closes_at_is_the_end_of_the_interval() -> None:
    assert WEEKDAYS.closes_at(oslo(2026, 12, 9, 9, 0)) == oslo(2026, 12, 9, 15, 30)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (oslo(2026, 12, 9, 7, 0), oslo(2026, 12, 9, 8, 0)),
        (oslo(2026, 12, 9, 8, 0), oslo(2026, 12, 10, 8, 0)),
        (oslo(2026, 12, 11, 16, 0), oslo(2026, 12, 14, 8, 0)),
        # Wednesday afternoon before Easter 2026 until Tuesday.
        (oslo(2026, 4, 1, 16, 0), oslo(2026, 4, 7, 8, 0)),
        (oslo(2026, 12, 24, 16, 0), oslo(2026, 12, 28, 8, 0)),
        (oslo(2026, 12, 31, 16, 0), oslo(2027, 1, 4, 8, 0)),
    ],
)
def test_next_opening(now: datetime, opens: datetime) -> None:
    assert WEEKDAYS.next_opening(now) == opens


def test_other_time_zones_are_understood() -> None:
    assert WEEKDAYS.is_open(datetime(2026, 12, 9, 7, 0, tzinfo=timezone.utc))
    assert not WEEKDAYS.is_open(datetime(2026, 12, 9, 15, 0, tzinfo=timezone.utc))
    # In summer Oslo is two hours ahead.
    assert WEEKDAYS.is_open(datetime(2026, 6, 9, 6, 0, tzinfo=timezone.utc))
    assert not WEEKDAYS.is_open(datetime(2026, 6, 9, 13, 30, tzinfo=timezone.utc))


@pytest.mark.parametrize(
    ("friday", "monday_utc_hour"),
    [(oslo(2027, 3, 19, 16, 0), 7), (oslo(2026, 10, 23, 16, 0), 7), (oslo(2026, 6, 5, 16, 0), 6)],
)
def test_opening_on_monday_is_eight_on_the_clock(friday: datetime, monday_utc_hour: int) -> None:
    opens = WEEKDAYS.next_opening(friday)
    assert opens.hour == 8
    assert opens.astimezone(timezone.utc).hour == monday_utc_hour


def test_the_night_the_clocks_go_forward() -> None:
    # 28 March 2027 is Easter Sunday, so a plain calendar would close it: take 29 March 2026.
    before = datetime(2026, 3, 29, 0, 45, tzinfo=timezone.utc)  # 01:45
    after = datetime(2026, 3, 29, 1, 15, tzinfo=timezone.utc)  # 03:15
    assert EVERY_NIGHT.is_open(before)
    assert EVERY_NIGHT.is_open(after)
    assert EVERY_NIGHT.closes_at(before) == datetime(2026, 3, 29, 2, 0, tzinfo=timezone.utc)


def test_the_night_the_clocks_go_back() -> None:
    opens = datetime(2026, 10, 24, 23, 30, tzinfo=timezone.utc)  # 01:30, summer time
    closes = datetime(2026, 10, 25, 3, 0, tzinfo=timezone.utc)  # 04:00, winter time
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=timezone.utc)
    assert EVERY_NIGHT.next_opening(datetime(2026, 10, 24, 12, 0, tzinfo=timezone.utc)) == opens
    assert EVERY_NIGHT.is_open(second_half_past_two)
    assert EVERY_NIGHT.closes_at(second_half_past_two) == closes


def test_a_saturday_line_is_open_on_saturdays_but_for_holidays() -> None:
    saturdays = OpeningHours({5: (Interval(time(10), time(12)),)}, CALENDAR)
    assert saturdays.is_open(oslo(2026, 12, 12, 11, 0))
    assert not saturdays.is_open(oslo(2026, 12, 26, 11, 0))


def test_a_lunch_break_is_closed() -> None:
    hours = OpeningHours({0: (Interval(time(12), time(15)), Interval(time(8), time(11)))}, CALENDAR)
    noonish = oslo(2026, 12, 14, 11, 30)
    assert not hours.is_open(noonish)
    assert hours.next_opening(noonish) == oslo(2026, 12, 14, 12, 0)
    assert hours.closes_at(oslo(2026, 12, 14, 9, 0)) == oslo(2026, 12, 14, 11, 0)


@pytest.mark.parametrize("question", ["is_open", "next_opening", "closes_at"])
def test_a_time_without_a_zone_is_refused(question: str) -> None:
    with pytest.raises(ValueError, match="tidssone"):
        getattr(WEEKDAYS, question)(datetime(2026, 12, 9, 9, 0))


def test_wrong_settings_are_refused() -> None:
    morning = Interval(time(8), time(12))
    with pytest.raises(ValueError, match="tomme"):
        OpeningHours({0: ()}, CALENDAR)
    with pytest.raises(ValueError, match="7"):
        OpeningHours({7: (morning,)}, CALENDAR)
    with pytest.raises(ValueError, match="overlapper"):
        OpeningHours({0: (morning, Interval(time(11), time(13)))}, CALENDAR)
    with pytest.raises(ValueError, match="slutter"):
        Interval(time(15), time(8))
    with pytest.raises(ValueError, match="tidssone"):
        Interval(time(8, tzinfo=timezone.utc), time(9, tzinfo=timezone.utc))


def test_hours_that_never_come_are_said_to_be_so() -> None:
    closed = WorkingCalendar(
        ExtraClosed(dates=frozenset(date.fromordinal(day) for day in range(739500, 740300)))
    )
    hours = OpeningHours(WEEKDAYS.weekly, closed)
    with pytest.raises(NeverOpensError):
        hours.next_opening(oslo(2026, 1, 5, 9, 0))
