"""Numbered options, and what patients answer to them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from videohjelp.appointments.wording import Language
from videohjelp.numbered_answers import bare, number_words
from videohjelp.sms import options
from videohjelp.sms.gsm7 import foreign_characters

DEVICES = ["iPhone eller iPad", "Android (Samsung med flere)", "PC eller Mac", "Vet ikke"]
titles = st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "1 Ja\n2 Nei\n3 Vet ikke\nSvar 1, 2 eller 3"),
        ("nn", "1 Ja\n2 Nei\n3 Vet ikke\nSvar 1, 2 eller 3"),
        ("en", "1 Ja\n2 Nei\n3 Vet ikke\nReply 1, 2 or 3"),
    ],
)
def test_as_written(language: Language, expected: str) -> None:
    assert options.written(["Ja", "Nei", "Vet ikke"], language) == expected


def test_one_option_and_none() -> None:
    assert options.written(["Finn nummeret"], "nb") == "1 Finn nummeret\nSvar 1"
    assert options.written([], "nb") == ""


def test_titles_are_written_in_the_alphabet_on_one_line() -> None:
    assert options.written(["«Delta»\n–  ja"], "nb") == '1 "Delta" - ja\nSvar 1'


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "2.",
        " 2 ",
        "2)",
        "(2)",
        '"2"',
        "02",
        "svar 2",
        "Svar: 2",
        "nr 2",
        "Nr. 2",
        "nummer to",
        "svar nr. 2",
        "alternativ 2",
        "Alternativ to!",
        "option 2",
        "to",
        "To.",
        "TWO",
        "Den andre.",
        "the second",
        "2\ufe0f\u20e3",
        "２",
        "Android (Samsung med flere)",
        "android (samsung med flere)",
        "ANDROID (SAMSUNG MED FLERE).",
        "2 Android (Samsung med flere)",
        "2. android (samsung  med flere)",
        "\n2\n",
    ],
)
def test_the_second_option(text: str) -> None:
    assert options.chosen(text, DEVICES) == 1


@pytest.mark.parametrize(
    "text",
    [
        "ring meg på 1",
        "jeg har 2 telefoner",
        "1 eller 2",
        "1 2",
        "2 nei",
        "nei 2",
        "det er to av oss",
        "de andre",
        "den andre virker ikke",
        "første gang",
        "android",
        "5",
        "0",
        "svar",
        "",
        " ",
        "👍",
        "?",
        "12345",
        "2 PC eller Mac",
        "vet ikke hva du mener",
        "svar nr 2 kanskje",
        "kl 2",
        "113",
        "stopp",
    ],
)
def test_a_sentence_of_its_own_chooses_nothing(text: str) -> None:
    assert options.chosen(text, DEVICES) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("en", 0),
        ("ein", 0),
        ("ett", 0),
        ("eitt", 0),
        ("én", 0),
        ("one", 0),
        ("den første", 0),
        ("fyrste", 0),
        ("den tredje", 2),
        ("tre", 2),
        ("three", 2),
        ("fire", 3),
        ("four", 3),
    ],
)
def test_numbers_as_words(text: str, index: int) -> None:
    assert options.chosen(text, DEVICES) == index


def test_a_title_that_two_options_have_chooses_neither() -> None:
    assert options.chosen("Ja", ["Ja", "ja."]) is None
    assert options.chosen("2", ["Ja", "ja."]) == 1


@given(titles)
def test_every_number_written_chooses_its_option(chosen: list[str]) -> None:
    lines = options.written(chosen, "nb").split("\n")
    assert len(lines) == len(chosen) + 1
    assert foreign_characters("".join(lines)) == []
    for index, line in enumerate(lines[:-1]):
        number = line.split(" ")[0]
        assert options.chosen(number, chosen) == index
        assert options.chosen(f"Svar {number}.", chosen) == index


@given(titles, st.sampled_from(["nb", "nn", "en"]))
def test_every_title_chooses_its_option(chosen: list[str], language: Language) -> None:
    """As shown on the phone, whatever the title is, if it is not itself a number."""
    shown = [line.partition(" ")[2] for line in options.written(chosen, language).split("\n")[:-1]]
    for index, title in enumerate(shown):
        last = bare(title).split()[-1:]
        assume(last and not last[0].isdecimal() and last[0] not in number_words().numbers)
        if [bare(one) for one in chosen].count(bare(title)) == 1:
            assert options.chosen(title, chosen) == index
            assert options.chosen(title.upper(), chosen) in {index, None}


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    assert options.chosen(text, DEVICES) in {None, 0, 1, 2, 3}
