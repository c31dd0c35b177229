"""Days and hours in three languages."""

from datetime import date, datetime, time, timezone

import pytest

from videohjelp.appointments.wording import Language, say_coming, say_day, say_moment, say_time


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "tirsdag 15. desember"),
        ("nn", "tysdag 15. desember"),
        ("en", "Tuesday 15 December"),
    ],
)
def test_days(language: Language, said: str) -> None:
    assert say_day(date(2026, 12, 15), language) == said


def test_nynorsk_saturday_and_sunday() -> None:
    assert say_day(date(2026, 12, 5), "nn") == "laurdag 5. desember"
    assert say_day(date(2027, 1, 3), "nn") == "søndag 3. januar"


@pytest.mark.parametrize(
    ("clock", "language", "said"),
    [
        (time(10), "nb", "kl. 10"),
        (time(10, 30), "nb", "kl. 10.30"),
        (time(9, 5), "nn", "kl. 9.05"),
        (time(10), "nn", "kl. 10"),
        (time(10), "en", "10:00"),
        (time(9, 5), "en", "09:05"),
    ],
)
def test_times(clock: time, language: Language, said: str) -> None:
    assert say_time(clock, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "tirsdag 15. desember kl. 10.30"),
        ("nn", "tysdag 15. desember kl. 10.30"),
        ("en", "Tuesday 15 December at 10:30"),
    ],
)
def test_moments_are_said_on_the_clock_in_oslo(language: Language, said: str) -> None:
    assert say_moment(datetime(2026, 12, 15, 9, 30, tzinfo=timezone.utc), language) == said


@pytest.mark.parametrize(
    ("opens", "language", "said"),
    [
        ("2026-12-15T07:00", "nb", "i dag kl. 8"),
        ("2026-12-16T07:00", "nb", "i morgen kl. 8"),
        ("2026-12-16T07:00", "nn", "i morgon kl. 8"),
        ("2026-12-15T07:00", "en", "today at 08:00"),
        ("2026-12-17T07:00", "nb", "torsdag 17. desember kl. 8"),
        ("2026-12-14T07:00", "nb", "mandag 14. desember kl. 8"),
    ],
)
def test_a_near_day_is_said_by_its_distance(opens: str, language: Language, said: str) -> None:
    # A quarter past midnight in Oslo, still the day before in UTC.
    now = datetime(2026, 12, 14, 23, 15, tzinfo=timezone.utc)
    moment = datetime.fromisoformat(opens).replace(tzinfo=timezone.utc)
    assert say_coming(moment, now, language) == said


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="tidssone"):
        say_moment(datetime(2026, 12, 15, 9, 30))


def test_nothing_said_needs_more_than_the_sms_alphabet() -> None:
    said = "".join(
        say_day(date(2027, month, day), language)
        for month in range(1, 13)
        for day in range(1, 8)
        for language in ("nb", "nn", "en")
    )
    assert not [each for each in said if not each.isascii() and each not in "æøåÆØÅé"]
