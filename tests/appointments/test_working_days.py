"""Working days over the Norwegian year."""

from datetime import date, timedelta

import pytest

from videohjelp.appointments.working_days import ExtraClosed, WorkingCalendar

PLAIN = WorkingCalendar()
ALL_CLOSED = WorkingCalendar(
    ExtraClosed(
        christmas_eve=True,
        new_years_eve=True,
        wednesday_before_easter=True,
        dates=frozenset({date(2026, 11, 27)}),
    )
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "første nyttårsdag"),
        (date(2026, 4, 2), "skjærtorsdag"),
        (date(2026, 4, 3), "langfredag"),
        (date(2026, 4, 5), "første påskedag"),
        (date(2026, 4, 6), "andre påskedag"),
        (date(2027, 3, 25), "skjærtorsdag"),
        (date(2027, 3, 29), "andre påskedag"),
        (date(2026, 5, 1), "arbeidernes dag"),
        (date(2026, 5, 14), "Kristi himmelfartsdag"),
        (date(2026, 5, 17), "grunnlovsdag"),
        (date(2026, 5, 25), "andre pinsedag"),
        (date(2027, 5, 17), "andre pinsedag og grunnlovsdag"),
        (date(2026, 12, 25), "første juledag"),
        (date(2026, 12, 26), "andre juledag"),
    ],
)
def test_public_holidays_have_norwegian_names_and_do_not_count(day: date, name: str) -> None:
    assert PLAIN.name_of_closed_day(day) == name
    assert not PLAIN.is_working_day(day)


def test_an_ordinary_sunday_is_no_holiday_but_does_not_count() -> None:
    sunday = date(2026, 12, 13)
    assert PLAIN.name_of_closed_day(sunday) is None
    assert not PLAIN.is_working_day(sunday)


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 4, 1)])
def test_the_days_the_hospital_decides_count_unless_it_closes_them(day: date) -> None:
    assert PLAIN.is_working_day(day)
    assert not ALL_CLOSED.is_working_day(day)


def test_names_of_the_extra_closed_days() -> None:
    assert ALL_CLOSED.name_of_closed_day(date(2026, 12, 24)) == "julaften"
    assert ALL_CLOSED.name_of_closed_day(date(2026, 12, 31)) == "nyttårsaften"
    assert ALL_CLOSED.name_of_closed_day(date(2027, 3, 24)) == "onsdag før påske"
    assert ALL_CLOSED.name_of_closed_day(date(2026, 11, 27)) == "stengt dag"


@pytest.mark.parametrize("year", range(2024, 2041))
def test_the_wednesday_before_easter_is_found_every_year(year: int) -> None:
    found = [
        day
        for day in (date(year, 3, 1) + timedelta(days=each) for each in range(60))
        if ALL_CLOSED.name_of_closed_day(day) == "onsdag før påske"
    ]
    assert len(found) == 1
    assert found[0].weekday() == 2
    assert ALL_CLOSED.name_of_closed_day(found[0] + timedelta(days=2)) == "langfredag"


def test_saturday_counts_only_as_a_setting_and_never_on_a_holiday() -> None:
    with_saturdays = WorkingCalendar(saturday_counts=True)
    assert not PLAIN.is_working_day(date(2026, 12, 12))
    assert with_saturdays.is_working_day(date(2026, 12, 12))
    assert not with_saturdays.is_working_day(date(2026, 12, 26))
    assert not with_saturdays.is_working_day(date(2026, 12, 13))


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        # Easter 2026: Wednesday 1 April, then nothing before Tuesday 7 April.
        (date(2026, 4, 4), date(2026, 4, 1), date(2026, 4, 7)),
        # Christmas 2026: Friday 25 and Saturday 26 December.
        (date(2026, 12, 26), date(2026, 12, 24), date(2026, 12, 28)),
        # New Year: Friday 1 January 2027.
        (date(2027, 1, 1), date(2026, 12, 31), date(2027, 1, 4)),
        # Leap day: Tuesday 29 February 2028 counts.
        (date(2028, 2, 28), date(2028, 2, 25), date(2028, 2, 29)),
        # Whitsun 2026.
        (date(2026, 5, 24), date(2026, 5, 22), date(2026, 5, 26)),
        # An ordinary Wednesday: never the day itself.
        (date(2026, 12, 9), date(2026, 12, 8), date(2026, 12, 10)),
    ],
)
def test_neighbouring_working_days(day: date, before: date, after: date) -> None:
    assert PLAIN.previous_working_day(day) == before
    assert PLAIN.next_working_day(day) == after
