"""Codes by which a patient and the staff speak of the same case: "K7M-4RT9".

Six symbols and a check symbol. The alphabet has no two symbols that look alike (0/O, 1/I/L, 2/Z,
5/S, 8/B, U/V, 6/G) or sound alike in Norwegian (m/n, h/k, f/s, 6/x as "seks"/"eks", 3/t as
"tre"/"te", and b c d e g p t v, of which t is kept), and no vowel. It has 11 symbols: a prime, so
a sum with different weights sees every wrong symbol and every two symbols that changed places
(the principle of ISO 7064 and of ISBN-10).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping

ALPHABET = "479FJKMRTWX"
LENGTH = 7
_GROUP = 3
_WEIGHTS = tuple(range(LENGTH, 0, -1))
_NOT_SYMBOLS = re.compile(r"[\s\-‐‑‒–—−_.]+")

#: With four digits or more a code could be taken for a room number or a PIN, and be redacted.
_MOST_DIGITS = 3

#: How a digit may be read as a letter, to find words in a code.
_AS_LETTERS = str.maketrans({"4": "A", "7": "T", "9": "G"})
#: Norwegian and English rude words and abbreviations that the alphabet can spell.
_RUDE = (
    "FAG",
    "FAKK",
    "FART",
    "FAT",
    "FKK",
    "KAK",
    "KKK",
    "RATT",
    "RAKK",
    "TWAT",
    "WTF",
)

_DIGITS: Mapping[str, Mapping[str, str]] = {
    "nb": {"4": "fire", "7": "sju", "9": "ni"},
    "nn": {"4": "fire", "7": "sju", "9": "ni"},
    "en": {"4": "four", "7": "seven", "9": "nine"},
}
_NORWEGIAN_NAMES: Mapping[str, str] = {
    "F": "F som i Fredrik",
    "J": "J som i Johan",
    "K": "K som i Karin",
    "M": "M som i Martin",
    "R": "R som i Rikard",
    "T": "T som i Teodor",
    "W": "dobbelt-v som i William",
    "X": "X som i Xerxes",
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    "nb": _NORWEGIAN_NAMES,
    "nn": _NORWEGIAN_NAMES,
    "en": {
        "F": "F as in Foxtrot",
        "J": "J as in Juliett",
        "K": "K as in Kilo",
        "M": "M as in Mike",
        "R": "R as in Romeo",
        "T": "T as in Tango",
        "W": "W as in Whiskey",
        "X": "X as in X-ray",
    },
}


class InvalidCodeError(ValueError):
    """The text is no reference code, or one with a mistake in it."""


def make_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Make a new code, grouped for reading: "K7M-4RT9".

    `choose` picks a symbol of a text (for tests). Two codes can be equal: whoever stores them
    must see to it that they differ.
    """
    while True:
        body = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
        code = body + check_symbol(body)
        if not is_rude(code) and sum(symbol.isdigit() for symbol in code) <= _MOST_DIGITS:
            return _grouped(code)


def check_symbol(body: str) -> str:
    """Give the check symbol of six symbols of the alphabet."""
    return ALPHABET[-_weighted_sum(body) % len(ALPHABET)]


def normalise(text: str) -> str:
    """Give the code in `text` as it is written ("k7m 4rt9" -> "K7M-4RT9").

    Case, blanks, hyphens and full stops make no difference. Raises InvalidCodeError when the
    symbols are not those of a code or the check symbol shows a mistake.
    """
    code = _NOT_SYMBOLS.sub("", text).upper()
    if len(code) != LENGTH:
        raise InvalidCodeError(f"a code has {LENGTH} symbols, not {len(code)}")
    if any(symbol not in ALPHABET for symbol in code):
        raise InvalidCodeError("a symbol is not one that codes are made of")
    if _weighted_sum(code) % len(ALPHABET) != 0:
        raise InvalidCodeError("a symbol is wrong, or two have changed places")
    return _grouped(code)


def verify(text: str) -> bool:
    """Say whether `text` is a code without mistakes, in any way of writing."""
    try:
        normalise(text)
    except InvalidCodeError:
        return False
    return True


def spoken(code: str, language: str) -> str:
    """Spell a code for reading aloud: "K som i Karin, sju, M som i Martin; fire, …".

    `language` is "nb", "nn" or "en". Raises InvalidCodeError for what is no code, ValueError for
    another language.
    """
    if language not in _NAMES:
        raise ValueError(f"no spelling alphabet for {language!r}")
    names = {**_DIGITS[language], **_NAMES[language]}
    groups = normalise(code).split("-")
    return "; ".join(", ".join(names[symbol] for symbol in group) for group in groups)


def is_rude(code: str) -> bool:
    """Say whether a code, its digits read as letters or not, spells a rude word."""
    plain = code.replace("-", "")
    return any(
        word in spelled for word in _RUDE for spelled in (plain, plain.translate(_AS_LETTERS))
    )


def _weighted_sum(symbols: str) -> int:
    return sum(
        weight * ALPHABET.index(symbol) for weight, symbol in zip(_WEIGHTS, symbols, strict=False)
    )


def _grouped(code: str) -> str:
    return f"{code[:_GROUP]}-{code[_GROUP:]}"
