"""Years, months and weeks left unsaid: what they are depends on today."""

from datetime import date, datetime, time, timezone

import pytest

from videohjelp.appointments.appointment_text import AppointmentText
from videohjelp.appointments.oslo import OSLO
from videohjelp.appointments.spoken_dates import parse_appointment

# A Wednesday.
NOW = datetime(2026, 12, 9, 9, 0, tzinfo=OSLO)


def on(day: int, month: int = 12, year: int = 2026) -> date:
    return date(year, month, day)


def read(text: str, now: datetime = NOW) -> AppointmentText:
    return parse_appointment(text, now)


def at_nine(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, 0, tzinfo=OSLO)


def test_a_date_without_a_year_that_is_long_ago_is_next_years() -> None:
    assert read("fjerde januar").day == on(4, 1, 2027)
    assert read("4.10").day == on(4, 10, 2027)
    assert read("3/1").day == on(3, 1, 2027)


def test_shortly_after_new_year_december_has_passed() -> None:
    found = read("28.12", at_nine(2027, 1, 2))
    assert (found.day, found.problem) == (on(28), "past")


def test_more_than_eighteen_months_ahead_is_too_far() -> None:
    assert read("9.6.2028").problem == "none"
    assert read("10.6.2028") == AppointmentText(on(10, 6, 2028), None, "too_far")
    assert read("om 999 uker").problem == "too_far"


def test_the_leap_day() -> None:
    now = at_nine(2028, 2, 22)
    leap_day = date(2028, 2, 29)
    for text in ("29.2", "29. februar", "den 29.", "om ei veke", "tysdag 29.2", "neste tysdag"):
        assert read(text, now).day == leap_day, text
    assert read("29.2.2028").day == leap_day
    assert read("om en måned", at_nine(2028, 1, 31)).day == leap_day


def test_next_is_only_doubtful_within_the_week() -> None:
    friday = at_nine(2026, 12, 11)
    assert read("neste torsdag", friday).day == on(17)
    assert read("neste fredag", friday).day == on(18)
    assert read("neste søndag", friday).problem == "ambiguous"


def test_weekdays_across_new_year_and_easter() -> None:
    assert read("mandag", at_nine(2026, 12, 30)).day == on(4, 1, 2027)
    assert read("torsdag i neste veke", at_nine(2026, 12, 30)).day == on(7, 1, 2027)
    assert read("måndag uke 53", at_nine(2026, 12, 9)).day == on(28)
    assert read("tysdag", at_nine(2027, 3, 26)).day == on(30, 3, 2027)


def test_the_day_is_the_day_in_oslo() -> None:
    late = datetime(2026, 12, 9, 23, 30, tzinfo=timezone.utc)
    assert read("i dag", late).day == on(10)


def test_an_hour_is_an_hour_when_the_clocks_change() -> None:
    forward = datetime(2027, 3, 28, 1, 30, tzinfo=OSLO)
    assert read("om 2 timer", forward).at == time(4, 30)
    back = datetime(2026, 10, 25, 1, 30, tzinfo=OSLO)
    assert read("om 2 timer", back).at == time(2, 30)


def test_a_day_of_the_month_that_has_passed_is_next_months() -> None:
    assert read("den 4.").day == on(4, 1, 2027)
    assert read("den 31.", at_nine(2027, 2, 1)).day == on(31, 3, 2027)


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="tidssone"):
        parse_appointment("i dag", datetime(2026, 12, 9, 9, 0))
