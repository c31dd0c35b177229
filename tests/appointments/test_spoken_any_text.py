"""Whatever is written gets a consistent answer, at once."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from videohjelp.appointments import spoken_words
from videohjelp.appointments.appointment_text import AppointmentText
from videohjelp.appointments.oslo import OSLO
from videohjelp.appointments.spoken_dates import parse_appointment

# A Wednesday.
NOW = datetime(2026, 12, 9, 9, 0, tzinfo=OSLO)


def on(day: int, month: int = 12, year: int = 2026) -> date:
    return date(year, month, day)


def read(text: str, now: datetime = NOW) -> AppointmentText:
    return parse_appointment(text, now)


def test_only_the_first_500_characters_count() -> None:
    assert read("x" * 490 + " i dag").day == on(9)
    assert read("x" * 600 + " i dag").problem == "no_date"


VOCABULARY = sorted(
    {
        *spoken_words.WEEKDAYS,
        *spoken_words.WEEKDAY_ABBREVIATIONS,
        *spoken_words.MONTHS,
        *spoken_words.NUMBERS,
        *spoken_words.ORDINALS,
        *("kl", "kl.", "klokka", "halv", "kvart", "over", "på", "at", "pm", "om", "in", "i", "den"),
        *("neste", "forrige", "uke", "veke", "dager", "måneder", "timer", "til", "eller", "the"),
        *("i dag", "i morgen", "i går", "24.12", "31.11", "10.30", "1030", "10:30", "99", "0", "."),
        *("2026", "9999-12-31", "00.00.0000", "53", "999", "-", "/", ",", "\x01", "\x02", "\x03"),
    }
)
moments = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2060, 1, 1), timezones=st.just(OSLO)
)
spoken = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)


@given(text=st.one_of(st.text(max_size=600), spoken), now=moments)
@example(text="²³.¹²", now=NOW)
@example(text="٢٤.١٢", now=NOW)
@example(text="\ud800 24.12", now=NOW)
def test_any_text_gives_a_consistent_answer(text: str, now: datetime) -> None:
    found = parse_appointment(text, now)
    today = now.date()
    assert (found.problem == "ambiguous") == (len(found.candidates) > 1)
    assert list(found.candidates) == sorted(set(found.candidates))
    assert (found.day is not None) == (found.problem in {"none", "past", "too_far"})
    if found.problem == "none" and found.day is not None:
        assert today <= found.day <= today + timedelta(days=31 * 18 + 1)
    if found.at is not None:
        assert found.at.tzinfo is None


@pytest.mark.parametrize(
    "piece",
    ["24.12 ", "1", "om ", "neste ", "10 ", "10.", "kl ", "i ", "torsdag ", "10/", " ", "fem på "],
)
def test_long_texts_are_read_at_once(piece: str) -> None:
    start = datetime.now(tz=timezone.utc)
    read(piece * 100_000)
    assert datetime.now(tz=timezone.utc) - start < timedelta(seconds=0.5)
