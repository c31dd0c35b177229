"""The clock in Oslo, on the nights it changes too."""

from datetime import date, datetime, time, timezone

import pytest

from videohjelp.appointments.oslo import OSLO, at_oslo, in_oslo, is_before


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidssone"):
        in_oslo(datetime(2026, 12, 9, 9, 0))


def test_a_clock_time_with_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="uten tidssone"):
        at_oslo(date(2026, 12, 9), time(9, 0, tzinfo=timezone.utc))


def test_an_hour_that_does_not_exist_is_moved_on() -> None:
    assert at_oslo(date(2027, 3, 28), time(2, 30)) == datetime(
        2027, 3, 28, 1, 30, tzinfo=timezone.utc
    )
    assert at_oslo(date(2027, 3, 28), time(2, 30)).hour == 3


def test_moments_are_compared_and_not_what_the_clock_shows() -> None:
    # 25 October 2026: half past two comes twice.
    first = datetime(2026, 10, 25, 2, 45, tzinfo=OSLO, fold=0)
    second = datetime(2026, 10, 25, 2, 15, tzinfo=OSLO, fold=1)
    assert is_before(first, second)
    assert not is_before(second, first)
