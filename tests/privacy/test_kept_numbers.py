"""What identifies nobody stays, and redaction is safe on any text."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.privacy.numbers import any_of
from videohjelp.privacy.redaction import redact

OWN = frozenset({"55976551", "53491000"})

AROUND = any_of(
    "{}",
    "timen min er {}",
    "Jeg kan ikke {}.",
    "kan jeg komme {} i stedet?",
    "har time {}, men har ikke fått pin",
    "mistet koden, timen er {}",
)


@given(
    st.dates(date(1930, 1, 1), date(2039, 12, 31)),
    any_of("%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %m %Y", "%d.%m.%y", "%d%m%Y"),
    AROUND,
)
def test_dates_stay(day: date, form: str, around: str) -> None:
    text = around.format(day.strftime(form))
    assert redact(text) == text


@given(
    st.dates(date(2020, 1, 1), date(2039, 12, 31)),
    any_of(
        "{0.day}.{0.month}",
        "{0.day}/{0.month}",
        "{0.day}/{0.month}-{0:%y}",
        "{0.day}/{0.month}-{0:%Y}",
    ),
    AROUND,
)
def test_short_dates_stay(day: date, form: str, around: str) -> None:
    text = around.format(form.format(day))
    assert redact(text) == text


@given(
    st.times(),
    any_of("kl. %H.%M", "kl %H:%M", "klokka %H%M", "klokken %H.%M", "%H:%M", "%H.%M", "kl. %H%M"),
    AROUND,
)
def test_times_stay(moment: object, form: str, around: str) -> None:
    text = around.format(format(moment, form))
    assert redact(text) == text


@given(
    st.integers(0, 287), st.integers(0, 287), any_of("{}.{}-{}.{}", "{}:{} - {}:{}", "{}{}-{}{}")
)
def test_time_spans_stay(begin: int, end: int, form: str) -> None:
    clock = [f"{part:02}" for five in (begin, end) for part in divmod(five * 5, 60)]
    text = "ledig " + form.format(*clock)
    assert redact(text) == text


@given(
    st.integers(1, 250_000),
    any_of("{} kr", "{} kroner", "kr {}", "kr. {},-", "{},-", "{},50 kr", "NOK {}", "{}kr"),
    any_of("", " "),
    any_of("egenandelen er {}", "{}", "jeg betalte {} uten kode"),
)
def test_prices_stay(amount: int, form: str, thousands: str, around: str) -> None:
    text = around.format(form.format(f"{amount:,}".replace(",", thousands)))
    assert redact(text) == text


@given(
    st.integers(1900, 2099),
    any_of(
        "i {}", "siden {}", "født i {}", "fra {}", "i år {}", "24. mai {}", "since {}", "født {}"
    ),
    any_of("{}", "jeg fikk kode {}", "{} fikk jeg pin"),
)
def test_years_stay(year: int, form: str, around: str) -> None:
    text = around.format(form.format(year))
    assert redact(text) == text


@given(st.integers(0, 120), any_of("{} år", "jeg er {}", "han er {} år gammel", "a {}-year-old"))
def test_ages_stay(age: int, form: str) -> None:
    assert redact(form.format(age)) == form.format(age)


@pytest.mark.parametrize(
    "around", ["{}", "ring {}", "pin? jeg ringte {}.", "({})", "rom {}", "nr. {},"]
)
@pytest.mark.parametrize(
    "number",
    [
        "998112",
        "998 112",
        "113",
        "112",
        "116 117",
        "116117",
        "116 123",
        "116123",
        "116 111",
        "55 97 65 51",
        "55976551",
        "+47 55 97 65 51",
        "559 76 551",
        "53 49 10 00",
    ],
)
def test_the_assistants_own_numbers_stay(number: str, around: str) -> None:
    assert redact(around.format(number), OWN) == around.format(number)


@pytest.mark.parametrize(
    "text",
    [
        "Hva er romnummer?",
        "jeg har ikke fått pin-kode",
        "sekssifret kode",
        "iPhone 14 med iOS 17.5",
        "Windows 10, Chrome 126",
        "ledig 20. - 24. august 2026",
        "man.-fred. klokka 0800-1530",
        "15 minutter før, 24 timer i døgnet",
        "i 2024-2025",
        "24.12 1030",
        "torsdag 1030, hva er pin?",
        "saken er K7M-4RT9",
        "",
    ],
)
def test_ordinary_sentences_stay(text: str) -> None:
    assert redact(text) == text


PIECES = st.lists(
    any_of(
        *("pin ", "[pin-kode]", "[romnummer]", "[fødselsnummer]", "[telefonnummer]", "[e-post]"),
        *(
            "1234",
            "12 34",
            "1 2 3 4",
            "123456",
            "123 456",
            "40012345",
            "+47 400 12 345",
            "55976551",
        ),
        *(
            "15108695088",
            "12.12",
            "24.12.26",
            "kl ",
            " kr",
            "kr ",
            "tlf ",
            "rom ",
            "personnr ",
            "@",
        ),
        *(
            "a@b.no",
            " ",
            ".",
            "-",
            "/",
            ",",
            "(",
            ")",
            "1",
            "2",
            "0",
            "år ",
            "i ",
            "x" * 30,
            "2026",
        ),
    ),
    max_size=14,
).map("".join)


@settings(max_examples=600)
@given(PIECES)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text, OWN)
    assert redact(once, OWN) == once


@settings(max_examples=300)
@given(st.text() | st.text("0123456789 .-+()[]@/:pinkroe٣४²½①\u00a0\ud800\x00"))
@example("²³¹⁴⁵⁶")
@example("٠١٢٣٤٥ ١٢٣٤٥")
@example("\ud800 1234 \x00 40012345")
def test_any_text_is_taken(text: str) -> None:
    once = redact(text, OWN)
    assert redact(once, OWN) == once


def test_digits_of_other_scripts_are_digits() -> None:
    assert redact("rom ١٢٣٤٥٦") == "rom [romnummer]"
    assert redact("１５１０８６ ９５０８８") == "[fødselsnummer]"


def test_texts_without_digits_come_back_as_they_are() -> None:
    text = "Jeg får ikke på kameraet"
    assert redact(text) is text


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1",
        "a1",
        "47",
        "@1",
        "a@1.",
        "pin 1234 ",
        "40012345 ",
        "12.12.",
        "personnr 1",
        "kodekode1",
        "kr 1",
        "1-",
        "([1",
        "kl 1030 ",
        "+47",
        "24.12.2026 ",
        "1" + " " * 50,
        "[1",
        "rom1",
    ],
)
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        begin = time.process_time()
        redact(text)
        return time.process_time() - begin

    # A quadratic step over 10,000 characters takes 16 times what it takes over 2,500, not 4.
    short = min(seconds(2_500) for _ in range(3))
    long = min(seconds(10_000) for _ in range(2))
    assert long < 9 * short + 0.02
    assert long < 1.5
