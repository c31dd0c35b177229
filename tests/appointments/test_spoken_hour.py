"""Answers to the question for the hour."""

from datetime import time
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.appointments.spoken_hour import parse_hour


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("09.05", time(9, 5)),
        ("9.05", time(9, 5)),
        ("11.12", time(11, 12)),
        ("10.10", time(10, 10)),
        ("1.12", time(13, 12)),
        ("det er 09.05", time(9, 5)),
        ("tror 11.12", time(11, 12)),
        ("11.12!", time(11, 12)),
        ("09.00-09.30", time(9)),
        ("10 30", time(10, 30)),
    ],
)
def test_what_looks_like_a_date_is_an_hour(text: str, at: time) -> None:
    assert parse_hour(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("9.", time(9)),
        ("15", time(15)),
        ("ti", time(10)),
        ("Ti!", time(10)),
        ("ett", time(13)),
        ("to", time(14)),
        ("6", time(18)),
        ("7", time(7)),
        ("20", time(20)),
        ("ca 9", time(9)),
        ("eg trur det er ti", time(10)),
        ("den er ti", time(10)),
        ("9 tror jeg", time(9)),
        ("9 om morgenen", time(9)),
        ("9 in the morning", time(9)),
        ("8 om kvelden", time(20)),
        ("7 på kvelden", time(19)),
        ("i morgen ti", time(10)),
        ("i morgen 10.10", time(10, 10)),
        ("10-11", time(10)),
        ("ti til elleve", time(10)),
    ],
)
def test_a_number_alone_is_an_hour(text: str, at: time) -> None:
    assert parse_hour(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("halv tre", time(14, 30)),
        ("halv ti", time(9, 30)),
        ("kvart over ni", time(9, 15)),
        ("ti på ti", time(9, 50)),
        ("ti tretti", time(10, 30)),
        ("klokka ti", time(10)),
        ("kl. 09.05", time(9, 5)),
        ("kl 03", time(3)),
        ("10:30", time(10, 30)),
        ("1030", time(10, 30)),
        ("half past ten", time(10, 30)),
        ("at ten", time(10)),
        ("3 pm", time(15)),
        ("nei, fredag kl ni", time(9)),
        ("fredag ti", time(10)),
        # A date beside the hour is not an hour.
        ("11.12 kl 10", time(10)),
        ("11.12 10.30", time(10, 30)),
        ("24. desember klokka ti", time(10)),
    ],
)
def test_what_is_a_time_everywhere(text: str, at: time) -> None:
    assert parse_hour(text) == at


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ja",
        "veit ikkje",
        "på formiddagen ein gong",
        "klokka",
        "en",
        # Nobody has an appointment then, so it is rather a date, or a mistake.
        "0",
        "03",
        "05.10",
        "22",
        "22.11",
        "24.12",
        "10.75",
        "99",
        # The day, not the hour.
        "den 9.",
        "9. mai",
        "09.05.2026",
        "torsdag 11.12",
        "torsdag 17",
        # Several hours.
        "9 eller 10",
        "9.05 eller 9.15",
        "10.10 eller 11.10",
        "kl 10 eller 11.10",
        "kl 10 eller kl 11",
        # Other numbers.
        "2 personer",
        "eg har 3 barn",
        "ti minutter",
        "pin 1030",
        "24127012345",
        "55 97 65 51",
    ],
)
def test_what_is_no_hour(text: str) -> None:
    assert parse_hour(text) is None


@given(st.integers(7, 20), st.sampled_from(["{}", "{:02}", "kl {}", "det er {}", "{}.", "{}?"]))
def test_the_hours_of_the_day_are_taken_as_they_are(hour: int, written: str) -> None:
    assert parse_hour(written.format(hour)) == time(hour)


@given(st.text(max_size=200))
def test_any_text_gives_an_hour_or_none(text: str) -> None:
    found = parse_hour(text)
    assert found is None or found.tzinfo is None


@pytest.mark.parametrize(
    "part",
    ["in the morning ", "i dag ", "om ", "den er ", "i morgon ", "på morgenen ", "9 ", "i, "],
)
def test_a_text_of_one_part_again_and_again_is_read_at_once(part: str) -> None:
    begun = monotonic()
    assert parse_hour(part * 300) is None
    assert monotonic() - begun < 1
