"""Days as people in Western Norway say and write them."""

from datetime import date, datetime, time

import pytest

from videohjelp.appointments.appointment_text import AppointmentText, Problem
from videohjelp.appointments.oslo import OSLO
from videohjelp.appointments.spoken_dates import parse_appointment

# A Wednesday.
NOW = datetime(2026, 12, 9, 9, 0, tzinfo=OSLO)


def on(day: int, month: int = 12, year: int = 2026) -> date:
    return date(year, month, day)


def read(text: str, now: datetime = NOW) -> AppointmentText:
    return parse_appointment(text, now)


RELATIVE = {
    on(9): ["i dag", "idag", "I DAG", "today", "i ettermiddag", "i kveld"],
    on(10): [
        "i morgen",
        "imorgen",
        "i mårgå",
        "i mårra",
        "imårå",
        "i morgon",
        "i morgo",
        "imorra",
        "i mårå tidleg",
        "tomorrow",
        "tommorow",
        "torsdag",
        "på torsdag",
        "torsdagen",
        "torsda",
        "tosrdag",
        "torsdag morgen",
        "torsdagsmorgen",
        "denne torsdagen",
        "førstkommende torsdag",
        "on Thursday",
        "this Thursday",
        "i morgen torsdag",
    ],
    on(11): [
        "i overmorgen",
        "overimorgon",
        "i overimårå",
        "day after tomorrow",
        "om to dager",
        "fredag formiddag",
        "to dagar igjen",
        "det er to dager til",
        "på fre kl 10",
    ],
    on(12): [
        "om tre dager",
        "om tri dagar",
        "om 3 daga",
        "in 3 days",
        "laurdag",
        "lørdag",
        "lørda",
    ],
    on(13): ["sundag", "søndag", "sunday"],
    on(14): ["mandag", "måndag", "førstkommande måndag", "neste mandag", "on Monday", "man. kl 10"],
    on(15): ["tysdag", "tirsdag", "tisdag", "tysdag i neste veke", "next Tuesday"],
    on(16): ["om ei veke", "om en uke", "om 1 uke", "in a week", "neste onsdag"],
    on(17): [
        "torsdag i neste veke",
        "torsdag neste uke",
        "neste uke på torsdag",
        "Thursday next week",
        "torsdag uke 51",
        "torsdag i veke 51",
        "torsdag åtte dagar",
        "torsdag om ei veke",
        "om ei veke på torsdag",
    ],
    on(21): ["mandag om ei veke", "mandag om en uke", "a week on Monday", "Monday week"],
    on(23): ["om 14 dager", "om fjorten dagar", "om to uker", "in two weeks", "onsdag om 14 dager"],
    on(9, 1, 2027): ["om en måned", "om ein månad"],
    on(14, 1, 2027): ["torsdag i veke 2"],
}


@pytest.mark.parametrize(
    ("text", "day"), [(text, day) for day, texts in RELATIVE.items() for text in texts]
)
def test_days_counted_from_today(text: str, day: date) -> None:
    found = read(text)
    assert (found.day, found.problem) == (day, "none")
    assert found.candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "24.12",
        "24.12.",
        "24/12",
        "24.12.2026",
        "24.12.26",
        "24/12-26",
        "24/12-2026",
        "24-12-2026",
        "2026-12-24",
        "2026.12.24",
        "24. 12. 2026",
        "(24.12)",
        "den 24.",
        "den 24",
        "24.",
        "24. desember",
        "24.desember",
        "24 des",
        "24 des.",
        "24de desember",
        "den 24. i desember",
        "den 24. desember 2026",
        "tjuefjerde desember",
        "den tjuefjerde",
        "fireogtyvende desember",
        "24 decembar",
        "24th of December",
        "the 24th",
        "the twenty-fourth",
        "December 24th",
        "December 24, 2026",
        "Dec 24",
        "twenty-fourth of December",
        "torsdag 24.12",
        "torsdag den 24.",
        "torsdag 24.",
        "Thursday 24 December 2026",
        "julaften",
        "julaftan",
    ],
)
def test_christmas_eve(text: str) -> None:
    found = read(text)
    assert (found.day, found.at, found.problem) == (on(24), None, "none")


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("torsdag klokka ti", on(10), time(10)),
        ("torsdag ti", on(10), time(10)),
        ("i mårgå kl ti", on(10), time(10)),
        ("i morgen ti", on(10), time(10)),
        ("halv 11 i mårå", on(10), time(10, 30)),
        ("i morgen ti tretti", on(10), time(10, 30)),
        ("torsdag halv to", on(10), time(13, 30)),
        ("torsdag ti tretti", on(10), time(10, 30)),
        ("fjortende desember to tusen", on(14), None),
        ("morgendagens time kl 10", on(10), time(10)),
        ("timen er i dag om 2 timer", on(9), time(11)),
        ("tomorrow at 10", on(10), time(10)),
        ("thursday at half past ten", on(10), time(10, 30)),
        ("on Monday at ten past two", on(14), time(14, 10)),
        ("24.12 kl 1030", on(24), time(10, 30)),
        ("24.12 1030", on(24), time(10, 30)),
        ("24.12. 10.30", on(24), time(10, 30)),
        ("kl 10.30 24.12", on(24), time(10, 30)),
        ("kl 10 24.12", on(24), time(10)),
        ("kl 10 24 desember", on(24), time(10)),
        ("kl 10 den 24. desember", on(24), time(10)),
        ("kl 10 på 24 desember", on(24), time(10)),
        ("24.12 10.10", on(24), time(10, 10)),
        ("i morgen 10.10", on(10), time(10, 10)),
        ("torsdag 10.30", on(10), time(10, 30)),
        ("10.12 kl 10.12", on(10), time(10, 12)),
        ("torsdag kl 10 (17.12)", on(17), time(10)),
        ("tysdag i neste veke klokka kvart på to", on(15), time(13, 45)),
        ("man. 14. des kl. 10.30", on(14), time(10, 30)),
        ("I have video on the 17th of December at 10:15", on(17), time(10, 15)),
        ("eg har fått time 03.01.2027 kl 08.30", on(3, 1, 2027), time(8, 30)),
        ("idag kl 3", on(9), time(15)),
        ("om to timer", on(9), time(11)),
        ("timen er om en time", on(9), time(10)),
        ("om 20 minutter", on(9), time(9, 20)),
        ("eg fekk brev i går om time på torsdag kl 10", on(10), time(10)),
    ],
)
def test_day_and_hour_together(text: str, day: date, at: time | None) -> None:
    found = read(text)
    assert (found.day, found.at, found.problem) == (day, at, "none")


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        # Wednesday: tomorrow, or Thursday of the next week?
        ("neste torsdag", (on(10), on(17))),
        ("next Thursday", (on(10), on(17))),
        # Wednesday said on a Wednesday.
        ("onsdag", (on(9), on(16))),
        ("onsdag kl 14", (on(9), on(16))),
        # The weekday contradicts the date: the date, or that weekday beside it.
        ("fredag 24.12", (on(24), on(25))),
        ("fredag den 24. desember", (on(24), on(25))),
        ("i morgen fredag", (on(10), on(11))),
        ("torsdag eller fredag", (on(10), on(11))),
        ("ikke torsdag, men fredag", (on(10), on(11))),
        ("24. eller 25. desember", (on(24), on(25))),
        ("15.12 eller 16.12", (on(15), on(16))),
        ("i dag eller i morgen", (on(9), on(10))),
        # "Åtte dager" is a week to some.
        ("om åtte dagar", (on(16), on(17))),
        # Tuesday near two weeks from now, or two weeks after the coming Tuesday.
        ("om to uker på tirsdag", (on(22), on(29))),
        # The 17th, or five in the afternoon of the 10th.
        ("torsdag 17", (on(10), on(17))),
        ("torsdag i neste veke, 24.12", (on(17), on(24))),
    ],
)
def test_two_days_are_asked_about(text: str, candidates: tuple[date, ...]) -> None:
    found = read(text)
    assert (found.day, found.problem, found.candidates) == (None, "ambiguous", candidates)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "no_date"),
        ("hei", "no_date"),
        ("kl 10", "no_date"),
        ("neste uke", "no_date"),
        ("hver torsdag", "no_date"),
        ("første torsdag i februar", "no_date"),
        ("torsdag i januar", "no_date"),
        ("torsdag etter påske", "no_date"),
        ("tirsdag i neste måned", "no_date"),
        ("når må man ringe", "no_date"),
        ("eg lurer på noko om en time", "no_date"),
        ("må eg ringe når det er mindre enn to dager igjen", "no_date"),
        ("24127012345", "no_date"),
        ("romnummer 998112", "no_date"),
        ("har hatt fri 3 dager", "no_date"),
        ("god morgen", "no_date"),
        ("31.11", "impossible"),
        ("30.2", "impossible"),
        ("30. februar", "impossible"),
        ("29.2", "impossible"),
        ("29.2.2027", "impossible"),
        ("32.12", "impossible"),
        ("12/24", "impossible"),
        ("den 32.", "impossible"),
        ("24.13", "impossible"),
    ],
)
def test_no_day(text: str, problem: Problem) -> None:
    found = read(text)
    assert (found.day, found.problem, found.candidates) == (None, problem, ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i går", on(8)),
        ("yesterday", on(8)),
        ("1.12", on(1)),
        ("first of December", on(1)),
        ("December 4th", on(4)),
        ("4/12", on(4)),
        ("20.10", on(20, 10)),
        ("24.12.2025", on(24, 12, 2025)),
        ("forrige torsdag", on(3)),
        ("forrige onsdag", on(2)),
        ("i torsdags", on(3)),
        ("førre fredag", on(4)),
        ("førrige fredag", on(4)),
        ("siste fredag", on(4)),
        ("last Friday", on(4)),
        ("fredag som var", on(4)),
        ("fredagen som var kl 10", on(4)),
        ("fredag som har vore", on(4)),
        ("fredag som gikk", on(4)),
        ("fredagen som gjekk", on(4)),
        ("fredagen som nettopp gikk", on(4)),
        ("fredag sist", on(4)),
        ("onsdag som var", on(2)),
        ("måndag som var", on(7)),
        ("på fredag, forrige uke", on(4)),
        ("fredag i forrige veke", on(4)),
        ("fredag kl 10 i førre veke", on(4)),
        ("sist veke på fredag", on(4)),
        ("forrige uke, fredag", on(4)),
        ("forrige ukes fredag", on(4)),
        ("fredag i uka som var", on(4)),
        ("tysdag i veka som gjekk", on(1)),
        ("Friday past", on(4)),
        ("Friday last week", on(4)),
        ("on Friday of last week", on(4)),
        ("last week's Friday", on(4)),
        ("fredag for ei veke sidan", on(4)),
        ("for to uker siden på fredag", on(27, 11)),
        ("two weeks ago on Friday", on(27, 11)),
        ("idag kl 0830", on(9)),
    ],
)
def test_what_has_passed(text: str, day: date) -> None:
    found = read(text)
    assert (found.day, found.problem) == (day, "past")


def test_a_weekday_said_on_that_day_is_a_week_ahead_when_its_hour_has_passed() -> None:
    found = read("onsdag kl 8")
    assert (found.day, found.at, found.problem) == (on(16), time(8), "none")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("torsdag som var avtalt", on(10)),
        ("fredag sist på dagen", on(11)),
        ("Friday past noon", on(11)),
        ("fredag som kjem", on(11)),
        ("eg fekk brev førre veke om time på fredag", on(11)),
        ("Forrige uke fikk jeg brev om time på fredag", on(11)),
        ("eg hadde time fredag i forrige veke, ny time 24.12", on(24)),
        ("ikke fredag som var, men fredag 18.12", on(18)),
    ],
)
def test_what_has_passed_beside_a_day_to_come(text: str, day: date) -> None:
    found = read(text)
    assert (found.day, found.problem) == (day, "none")
