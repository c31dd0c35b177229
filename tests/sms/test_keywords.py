"""Keywords are whole messages, nothing less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.sms.keywords import Keyword, keyword

WORDS = {
    "STOPP": Keyword.STOP,
    "STOP": Keyword.STOP,
    "START": Keyword.START,
    "HJELP": Keyword.HELP,
    "HELP": Keyword.HELP,
    "SLETT": Keyword.DELETE,
    "DELETE": Keyword.DELETE,
    "MER": Keyword.MORE,
    "MEIR": Keyword.MORE,
    "MORE": Keyword.MORE,
}


@pytest.mark.parametrize(("word", "expected"), WORDS.items())
def test_each_word_in_any_case_with_spaces_and_a_mark(word: str, expected: Keyword) -> None:
    for written in (word, word.lower(), word.capitalize(), word.swapcase()):
        for text in (written, f" {written}\n", f"{written}.", f"{written}!", f"{written} ?"):
            assert keyword(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "stopp 12345 virker ikke",
        "ikke stopp",
        "stopp nå",
        "stoppet",
        "s t o p p",
        "hjelp meg",
        "mer?a",
        "hjelp kamera",
        "start på nytt",
        "jeg vil ha mer",
        "slett timen min",
        "stopp stopp",
        ".stopp",
        "stopp, start",
        "",
        " ",
        "!",
        "👍",
        "1",
        "sto pp",
    ],
)
def test_anything_beside_the_word_is_a_message(text: str) -> None:
    assert keyword(text) is None


def test_invisible_characters_do_not_hide_it() -> None:
    assert keyword("STOPP\u200b \u00a0") is Keyword.STOP


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    assert keyword(text) in {None, *Keyword}


@given(st.sampled_from(sorted(WORDS)), st.text("abcæøå 123", min_size=1))
def test_a_longer_message_is_never_a_keyword(word: str, more: str) -> None:
    if more.strip():
        assert keyword(f"{word} {more}") is None
        assert keyword(f"{more} {word}") is None
