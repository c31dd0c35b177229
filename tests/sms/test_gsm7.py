"""The SMS alphabet and where phones divide a text, compared with an independent library."""

from __future__ import annotations

import pytest
import smsutil
from hypothesis import example, given, settings
from smsutil.codecs import GSM_BASIC_CHARSET, GSM_EXT_CHARSET

from videohjelp.sms import gsm7

from .any_text import texts

ESCAPE = "\x1b"


def test_the_alphabet_is_that_of_the_library() -> None:
    assert set(GSM_BASIC_CHARSET) - {ESCAPE} == gsm7.BASIC
    assert set(GSM_EXT_CHARSET) == gsm7.EXTENSION
    assert len(gsm7.BASIC) == 127  # 128 places, one of which is the escape


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("«Delta» – straks …", '"Delta" - straks ...'),
        ("“a” ‘b’ „c“ ‚d‘", "\"a\" 'b' \"c\" 'd'"),
        ("• ett\r\n• to\rtre", "- ett\n- to\ntre"),
        ("55\u00a097\u202f65 51", "55 97 65 51"),
        ("vide\u00ado\u200bsamtale\ufeff", "videosamtale"),
        ("Æøå ÆØÅ éè äöü ñ §", "Æøå ÆØÅ éè äöü ñ §"),
        ("óêëáí ÓÊ Čáhppes ŋ Łódź", "oeeai OE Cahppes n Lodz"),
        ("e\u0301 a\u030a A\u030a ǻ", "é å Å å"),
        ("½ ² № ﬁ ٣", "1/2 2 No fi 3"),
        ("Fint 👍🏽!", "Fint !"),
        ("1\ufe0f\u20e3", "1"),
        ("Жж 日", "?? ?"),
        ("[€] {x} ^~|\\", "[€] {x} ^~|\\"),
        ("a\tb\fc\x1bd\u2028e", "a b\ncd\ne"),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_what_is_sent_for_a_text(written: str, sent: str) -> None:
    assert gsm7.fold(written) == sent


@given(texts)
def test_every_text_becomes_one_of_the_alphabet(text: str) -> None:
    folded = gsm7.fold(text)
    assert gsm7.foreign_characters(folded) == []
    assert not {"\r", "\f", ESCAPE} & set(folded)
    assert gsm7.fold(folded) == folded


@given(texts)
@settings(max_examples=300)
@example("a" * 159 + "€")
@example("a" * 152 + "€" + "a" * 151)
@example("a" * 152 + "€" + "a" * 152)
@example("€" * 230)
@example("\n" * 161)
def test_parts_are_those_of_the_library(text: str) -> None:
    parts = gsm7.split(text)
    folded = gsm7.fold(text)
    assert "".join(parts) == folded
    assert len(parts) == gsm7.segments(text)
    assert all(gsm7.septets(part) <= (160 if len(parts) == 1 else 153) for part in parts)
    if folded:  # the library takes an empty text for one of another alphabet
        independent = smsutil.split(folded)
        assert independent.encoding == "gsm0338"
        assert parts == [part.content for part in independent.parts]
        assert sum(map(gsm7.septets, parts)) == independent.total_bytes


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("æ" * 459, 3),
        ("a" * 460, 4),
        ("a" * 159 + "€", 2),
        # A character of the extension table is not split between two messages.
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("…" * 54, 2),
    ],
)
def test_how_many_messages_a_text_takes(written: str, expected: int) -> None:
    assert gsm7.segments(written) == expected


def test_what_the_alphabet_lacks_is_told() -> None:
    assert gsm7.foreign_characters('Æøå ÆØÅ é "§" {x} [y] €') == []
    assert gsm7.foreign_characters("«Delta» – ó ó") == ["«", "»", "–", "ó"]
    assert gsm7.septets("[€]") == 6
