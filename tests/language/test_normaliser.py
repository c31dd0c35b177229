from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.language.normaliser import FunctionWords, read_function_words
from videohjelp.settings import ROOT

WORDS = FunctionWords({"ikkje": "ikke", "itte'": "etter", "å": "og", "pin-koden": "pin-kode"})


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Kameraet verkar IKKJE", "kameraet verkar ikke"),
        ("ikkje, ikkje!", "ikke, ikke!"),
        ("ikkjeno", "ikkjeno"),
        ("itte’ det", "etter det"),
        ("pin-koden", "pin-kode"),
        ("hjeeeeelp", "hjeelp"),
        ("111", "11"),
        ("!!!", "!!!"),
        ("hei\nå hei", "hei\nog hei"),
        ("", ""),
    ],
)
def test_small_words_get_one_form(text: str, normal: str) -> None:
    assert WORDS.apply(text) == normal


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(WORDS.apply(text), str)


def test_forms_are_read_word_by_word(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text("nå: [no, Nu, i dag]\nikke: [ikkje]\n", encoding="utf-8")
    assert read_function_words(path).forms == {"no": "nå", "nu": "nå", "ikkje": "ikke"}


def test_a_form_under_two_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text("ikke: [ente]\netter: [ente]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'ente' stands under 'ikke' and 'etter'"):
        read_function_words(path)


def test_an_empty_file_has_no_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text("", encoding="utf-8")
    assert read_function_words(path).forms == {}


def test_the_words_of_the_assistant() -> None:
    words = read_function_words(ROOT / "data" / "language" / "function_words.yml")
    assert words.apply("eg høyrer ikkje no") == "jeg hører ikke nå"
    assert words.apply("Æ får itj te") == words.apply("jeg får itj til")
