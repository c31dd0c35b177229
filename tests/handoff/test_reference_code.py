"""Codes: what they are made of, and that no usual mistake goes unseen."""

from __future__ import annotations

import itertools
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.handoff.reference_code import (
    ALPHABET,
    InvalidCodeError,
    check_symbol,
    is_rude,
    make_code,
    normalise,
    spoken,
    verify,
)
from videohjelp.privacy.redaction import redact

bodies = st.text(alphabet=ALPHABET, min_size=6, max_size=6)


def whole(body: str) -> str:
    return body + check_symbol(body)


def test_alphabet() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 11  # a prime
    for alike in ("0O", "1IL", "5S", "2Z", "8B", "UV", "MN", "HK", "FS", "6X", "3T", "BCDEGPTV"):
        assert len(set(alike) & set(ALPHABET)) <= 1, alike
    assert not set("AEIOUYÆØÅ015280") & set(ALPHABET)


def test_form() -> None:
    for _ in range(200):
        code = make_code()
        assert re.fullmatch(f"[{ALPHABET}]{{3}}-[{ALPHABET}]{{4}}", code)
        assert verify(code)
        assert not is_rude(code)


def test_codes_differ() -> None:
    assert len({make_code() for _ in range(200)}) > 190


@given(bodies)
def test_every_single_wrong_symbol_is_seen(body: str) -> None:
    code = whole(body)
    assert verify(code)
    for place, symbol in itertools.product(range(7), ALPHABET):
        if symbol != code[place]:
            assert not verify(code[:place] + symbol + code[place + 1 :])


def test_every_wrong_symbol_everywhere() -> None:
    """Every place, every right symbol, every wrong one."""
    chance = random.Random(7)  # noqa: S311
    for place, right, wrong in itertools.product(range(6), ALPHABET, ALPHABET):
        body = [chance.choice(ALPHABET) for _ in range(6)]
        body[place] = right
        code = whole("".join(body))
        assert verify(code)
        assert verify(code[:place] + wrong + code[place + 1 :]) == (wrong == right)


def test_every_swap_of_neighbours() -> None:
    """Every pair of neighbours with every two symbols, the check symbol included."""
    chance = random.Random(7)  # noqa: S311
    for place, first, second in itertools.product(range(5), ALPHABET, ALPHABET):
        body = [chance.choice(ALPHABET) for _ in range(6)]
        body[place], body[place + 1] = first, second
        code = whole("".join(body))
        swapped = code[:place] + second + first + code[place + 2 :]
        assert verify(swapped) == (first == second)
    for _ in range(2000):
        code = whole("".join(chance.choice(ALPHABET) for _ in range(6)))
        assert verify(code[:5] + code[6] + code[5]) == (code[5] == code[6])


@given(bodies, st.sampled_from([" ", "-", "", " - ", "–", "."]))
def test_any_way_of_writing(body: str, separator: str) -> None:
    code = whole(body)
    expected = f"{code[:3]}-{code[3:]}"
    assert normalise(code) == expected
    assert normalise(f" {code[:3].lower()}{separator}{code[3:].lower()}\n") == expected
    assert normalise(separator.join(code)) == expected


@pytest.mark.parametrize("text", ["", "K7M", "K7M-4RTXX", "0OI-1L5S", "ÆØÅ-ÆØÅÆ", "K7M4RT\u0000"])
def test_no_codes(text: str) -> None:
    assert not verify(text)
    with pytest.raises(InvalidCodeError):
        normalise(text)


@given(st.text(max_size=20))
def test_verify_takes_any_text(text: str) -> None:
    if verify(text):
        assert normalise(normalise(text)) == normalise(text)


def test_rude_codes_are_not_made() -> None:
    assert is_rude("WTF-4XJM")
    assert is_rude("XKK-KJMR")  # across the hyphen
    assert is_rude("F4R-TXJM")  # a digit read as a letter
    assert not is_rude("K7M-4RTX")
    symbols = iter("WTF4XJ" + "K7M4RT")
    code = make_code(lambda _: next(symbols))
    assert code.startswith("K7M-4RT")


def test_spoken() -> None:
    # 7*5 + 6*1 + 5*6 + 4*0 + 3*7 + 2*8 = 108, and 108 + 2 is 10 times 11: the symbol number 2.
    code = "K7M-4RT9"
    assert check_symbol("K7M4RT") == "9"
    assert spoken(code, "nb") == (
        "K som i Karin, sju, M som i Martin; fire, R som i Rikard, T som i Teodor, ni"
    )
    assert spoken(code.lower(), "nn") == spoken(code, "nb")
    assert spoken(code, "en") == (
        "K as in Kilo, seven, M as in Mike; four, R as in Romeo, T as in Tango, nine"
    )


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_symbol_can_be_spoken(language: str) -> None:
    words = set()
    for symbol in ALPHABET:
        words.add(spoken(whole(symbol * 6), language).split(", ")[0])
    assert len(words) == len(ALPHABET)


def test_spoken_refuses() -> None:
    with pytest.raises(ValueError, match="no spelling alphabet"):
        spoken(make_code(), "sv")
    with pytest.raises(InvalidCodeError):
        spoken("K7M-4RTK", "nb")


def test_no_code_is_taken_for_a_number_that_identifies() -> None:
    """ "999-499W" was: the patient's own code came back as a room number."""
    for _ in range(3000):
        code = make_code()
        assert redact(f"koden er {code}") == f"koden er {code}"
