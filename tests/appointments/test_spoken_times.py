"""Clock times as people say and write them."""

from datetime import datetime, time

import pytest

from videohjelp.appointments.oslo import OSLO
from videohjelp.appointments.spoken_dates import parse_appointment

NOW = datetime(2026, 12, 9, 9, 0, tzinfo=OSLO)


def read(text: str) -> time | None:
    return parse_appointment(text, NOW).at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("kl 10", time(10)),
        ("kl. 10", time(10)),
        ("kl.10", time(10)),
        ("kl10", time(10)),
        ("KL 10", time(10)),
        ("klokka ti", time(10)),
        ("klokken ti", time(10)),
        ("klokkå ti", time(10)),
        ("klokko ni", time(9)),
        ("kl. 10.30", time(10, 30)),
        ("kl 10,30", time(10, 30)),
        ("kl 10 30", time(10, 30)),
        ("kl 1030", time(10, 30)),
        ("kl 930", time(9, 30)),
        ("10:30", time(10, 30)),
        ("10:30:00", time(10, 30)),
        ("10.30", time(10, 30)),
        ("1030", time(10, 30)),
        ("0930", time(9, 30)),
        ("klokka 15 00", time(15)),
        ("klokken fjorten", time(14)),
        ("kl 10.12", time(10, 12)),
    ],
)
def test_hours_and_minutes(text: str, at: time) -> None:
    assert read(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("halv elleve", time(10, 30)),
        ("halv 11", time(10, 30)),
        ("kvart over ni", time(9, 15)),
        ("kvart øve ni", time(9, 15)),
        ("kvarter over 9", time(9, 15)),
        ("kvart på ti", time(9, 45)),
        ("ti over halv elleve", time(10, 40)),
        ("5 over halv 11", time(10, 35)),
        ("fem på halv tre", time(14, 25)),
        ("fem over tolv", time(12, 5)),
        ("fem på tolv", time(11, 55)),
        ("kvart på ett", time(12, 45)),
        ("halv ett", time(12, 30)),
        ("halv to", time(13, 30)),
        ("halv sju", time(18, 30)),
        ("halv åtte", time(7, 30)),
        ("kvart over 14", time(14, 15)),
        ("halv 14", time(13, 30)),
        ("kl halv ti", time(9, 30)),
        ("klokka kvart på to", time(13, 45)),
        ("tjue over ti", time(10, 20)),
        ("klokken ti tretti", time(10, 30)),
        ("klokken fjorten null null", time(14)),
        ("klokka ni førtifem", time(9, 45)),
        ("ti tretti", time(10, 30)),
    ],
)
def test_norwegian_clock_face(text: str, at: time) -> None:
    assert read(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3 pm", time(15)),
        ("3pm", time(15)),
        ("2:30 p.m.", time(14, 30)),
        ("10 am", time(10)),
        ("12 pm", time(12)),
        ("at 10", time(10)),
        ("at ten", time(10)),
        ("@ 10", time(10)),
        ("at half past ten", time(10, 30)),
        ("half past 2", time(14, 30)),
        # The British "half ten" is half past ten; the Norwegian "halv ti" is half past nine.
        ("half ten", time(10, 30)),
        ("halv ti", time(9, 30)),
        ("quarter to ten", time(9, 45)),
        ("a quarter past nine", time(9, 15)),
        ("at ten past two", time(14, 10)),
        ("ten o'clock", time(10)),
        ("10 o’clock", time(10)),
        ("at noon", time(12)),
        ("at ten thirty", time(10, 30)),
        ("at ten am", time(10)),
        ("at three p.m.", time(15)),
    ],
)
def test_english(text: str, at: time) -> None:
    assert read(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("klokken 3", time(15)),
        ("kl 1", time(13)),
        ("kl 6", time(18)),
        ("kl 7", time(7)),
        ("3:30", time(15, 30)),
        # Written as on a 24-hour clock, or with the morning.
        ("03:30", time(3, 30)),
        ("kl 0600", time(6)),
        ("kl 6 om morgenen", time(6)),
        ("kl 7 om kvelden", time(19)),
        ("i kveld kl 8", time(20)),
        ("halv åtte i kveld", time(19, 30)),
        ("kl 15", time(15)),
        ("kl 00:30", time(0, 30)),
    ],
)
def test_one_to_six_is_the_afternoon(text: str, at: time) -> None:
    assert read(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("kl 10-11", time(10)),
        ("kl 10.30-11.00", time(10, 30)),
        ("10:30 - 11:15", time(10, 30)),
        ("kl 10 til 11", time(10)),
        ("klokka ti til tolv", time(10)),
    ],
)
def test_of_a_range_the_beginning_counts(text: str, at: time) -> None:
    assert read(text) == at


@pytest.mark.parametrize(
    "text",
    [
        "",
        "torsdag om formiddagen",
        "om morgenen",
        "kl 25",
        "kl 24",
        "kl 10.75",
        "25:00",
        "klokka",
        "pin 1030",
        "pinkoden er 1030",
        "romnummer 998112",
        "2030",
        "55 97 65 51",
        "i dag to personer",
        "har 2 på 5 år",
        # Two different hours: it is not known which one is meant.
        "klokka er 9 og timen er kl 10",
        "kl 10 eller kl 11",
    ],
)
def test_what_is_no_hour(text: str) -> None:
    assert read(text) is None


def test_the_same_hour_twice_is_one_hour() -> None:
    assert read("kl 10, altså 10:00") == time(10)
