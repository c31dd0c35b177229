from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.channels.clean_text import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Hei  ", "Hei"),
        ("linje en\nlinje to\tmer", "linje en\nlinje to\tmer"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("\u202egnp.exe\u2066", "gnp.exe"),
        ("pin\u200b1234", "pin1234"),
        ("hei \ud83d der", "hei  der"),
        ("a\u030a", "å"),
        ("😀", "😀"),
        ("/restart", "restart"),
        ("//restart", "restart"),
        (" / /restart", "restart"),
        ("/\n/restart", "restart"),
        ("/\u00a0/\u2003/restart", "restart"),
        ("\u200b/restart", "restart"),
        ("og/eller", "og/eller"),
    ],
)
def test_what_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text() | st.text("/ \n\u00a0\u200b\u2028ab\x00\ud800"))
def test_never_a_command_and_nothing_unseen(text: str) -> None:
    cleaned = clean(text)
    assert not cleaned.lstrip().startswith("/")
    assert cleaned == cleaned.strip()
    kinds = {unicodedata.category(character) for character in cleaned if character not in "\n\t"}
    assert not kinds & {"Cc", "Cf", "Cs"}
    assert clean(cleaned) == cleaned
