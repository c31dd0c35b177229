"""What is kept of a message says as much about the appointment as the message itself."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appointments.test_spoken_any_text import VOCABULARY
from videohjelp.appointments.appointment_text import AppointmentText
from videohjelp.appointments.mentions import (
    ANSWER,
    DATE,
    IMPOSSIBLE,
    TIME,
    TimeMention,
    appointment_of,
    hour_of_answer,
    mentions_in,
)
from videohjelp.appointments.oslo import OSLO
from videohjelp.appointments.spoken_dates import parse_appointment
from videohjelp.appointments.spoken_hour import parse_hour

# A Wednesday.
NOW = datetime(2026, 12, 9, 9, 0, tzinfo=OSLO)


@pytest.mark.parametrize(
    "text",
    [
        "torsdag klokka ti",
        "neste torsdag kl ti",
        "i dag klokka åtte",
        "i går",
        "31. november",
        "4. desember 2031",
        "klokka ti eller elleve på fredag",
        "fredag 24.12 10.10",
        "09.05",
        "ti",
        "banan",
        "",
    ],
)
def test_nothing_is_lost(text: str) -> None:
    kept = mentions_in(text, NOW)
    said = parse_appointment(text, NOW)
    assert appointment_of(kept, NOW) == said
    assert hour_of_answer(kept) == (parse_hour(text) or said.at)


@pytest.mark.parametrize("month", range(1, 13))
def test_an_hour_that_is_one_only_as_an_answer_is_kept(month: int) -> None:
    text = "Timen er mandag 14. kl. 09.15"
    assert hour_of_answer(mentions_in(text, NOW.replace(year=2027, month=month))) == time(9, 15)


@given(st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join))
def test_nothing_is_lost_in_any_text(text: str) -> None:
    kept = mentions_in(text, NOW)
    said = parse_appointment(text, NOW)
    assert appointment_of(kept, NOW) == said
    assert hour_of_answer(kept) == (parse_hour(text) or said.at)
    assert all(0 <= one.start < one.end <= len(text) for one in kept)


def test_the_hour_of_an_answer_goes_before_another_one() -> None:
    kept = [TimeMention(TIME, "10:00"), TimeMention(TIME, "09:05", ANSWER)]
    assert hour_of_answer(kept) == time(9, 5)
    assert appointment_of(kept, NOW).at == time(10)


@pytest.mark.parametrize("value", ["banan", "2026-02-30", "24.12.2026", "", "2026-12-24T10:00"])
def test_a_value_that_is_no_day_names_none(value: str) -> None:
    assert appointment_of([TimeMention(DATE, value)], NOW).problem == "no_date"


@pytest.mark.parametrize("value", ["banan", "25:00", "kl ti", ""])
def test_a_value_that_is_no_hour_names_none(value: str) -> None:
    assert hour_of_answer([TimeMention(TIME, value)]) is None


def test_a_day_is_judged_by_the_present() -> None:
    """A button offered before midnight may be pressed after it."""
    kept = [TimeMention(DATE, "2026-12-08")]
    assert appointment_of(kept, NOW) == AppointmentText(date(2026, 12, 8), None, "past")


def test_a_date_that_does_not_exist_goes_before_others() -> None:
    kept = [TimeMention(DATE, "2026-12-24"), TimeMention(DATE, IMPOSSIBLE)]
    assert appointment_of(kept, NOW).problem == "impossible"
