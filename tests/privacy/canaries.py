"""Identifiers that are made up, put into sentences, and looked for again in bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from tests.privacy.chance_digits import without_chance_digits
from tests.privacy.numbers import with_check_digits

#: How a kind is written, and how many of it there are.
_KINDS = {"identity": 130, "phone": 130, "email": 80, "room": 60, "pin": 40, "name": 60}
_SENTENCES = {
    "identity": ("fødselsnummeret mitt er {}", "fnr {}", "{}"),
    "phone": ("ring meg på {}", "mobilen er {}", "tlf. {}"),
    "email": ("skriv til {}", "{}"),
    "room": ("romnummeret er {}", "rom {}"),
    "pin": ("pin {}", "pin {}"),
    "name": ("jeg heter {}", "eg heiter {}", "my name is {}"),
}
_DIGITS = re.compile(rb"\d+(?:(?:[ \-]|\xc2\xa0|%20|\+)?\d+)*")


@dataclass(frozen=True)
class Canary:
    """One identifier. written: as it is planted. bare: digits alone, or the text in small letters.

    sentence: what a patient would write around it.
    """

    kind: str
    written: str
    bare: str
    sentence: str


def canaries(seed: int = 7) -> list[Canary]:
    """500 of them, of all kinds in turn, always the same."""
    chosen = random.Random(seed)  # noqa: S311 - made-up numbers, the same each time
    by_kind = {
        kind: [_canary(kind, one, number) for number, one in enumerate(_made(kind, count, chosen))]
        for kind, count in _KINDS.items()
    }
    mixed = [one for of_kind in by_kind.values() for one in of_kind]
    chosen.shuffle(mixed)
    return mixed


def found_in(content: bytes, planted: list[Canary]) -> set[Canary]:
    """Those of them that stand in the bytes: as written, percent-encoded, or as other groups."""
    found: set[Canary] = set()
    bare_numbers = {one.bare.encode(): one for one in planted if one.kind in _NUMBERS}
    for text in {content, unquote_to_bytes(content)}:
        for digits in _windows(without_chance_digits(text)):
            if digits in bare_numbers:
                found.add(bare_numbers[digits])
        small = text.lower()
        for one in planted:
            if one.kind not in _NUMBERS and one.bare.encode() in small:
                found.add(one)
    return found


_NUMBERS = ("identity", "phone", "room")
_LENGTHS = (6, 8, 11)


def _windows(content: bytes) -> Iterator[bytes]:
    """Every row of neighbouring groups of digits, joined, of the lengths that count."""
    for match in _DIGITS.finditer(content):
        groups = re.findall(rb"\d+", match[0].replace(b"%20", b" "))
        for begin in range(len(groups)):
            joined = b""
            for group in groups[begin:]:
                joined += group
                if len(joined) in _LENGTHS:
                    yield joined
                if len(joined) >= max(_LENGTHS):
                    break


def _made(kind: str, count: int, chosen: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    while len(seen) < count:
        made = _MAKERS[kind](chosen)
        if made is not None and made not in seen:
            seen.add(made)
            yield made


def _identity(chosen: random.Random) -> str | None:
    day = chosen.randint(1, 28) + chosen.choice((0, 0, 40))
    month = chosen.randint(1, 12) + chosen.choice((0, 0, 40, 80))
    year, person = chosen.randint(40, 99), chosen.randint(0, 499)
    return with_check_digits(f"{day:02}{month:02}{year:02}{person:03}")


def _phone(chosen: random.Random) -> str:
    return chosen.choice("49") + "".join(chosen.choice("123456789") for _ in range(7))


def _email(chosen: random.Random) -> str:
    return f"{_word(chosen)}.{_word(chosen)}@{_word(chosen)}.no"


def _room(chosen: random.Random) -> str:
    return "".join(chosen.choice("2345679") for _ in range(6))


def _pin(chosen: random.Random) -> str:
    return str(chosen.randint(6100, 9899))


def _name(chosen: random.Random) -> str:
    return f"{_word(chosen).capitalize()} {_word(chosen).capitalize()}"


def _word(chosen: random.Random) -> str:
    return "".join(chosen.choice("bdfgklmnrstv") + chosen.choice("aeiouyøå") for _ in range(4))


_MAKERS = {
    "identity": _identity, "phone": _phone, "email": _email, "room": _room, "pin": _pin,
    "name": _name,
}  # fmt: skip


def _canary(kind: str, made: str, number: int) -> Canary:
    groups = {"identity": ((11,), (6, 5), (2, 2, 2, 5)), "phone": ((8,), (3, 2, 3), (2, 2, 2, 2)),
              "room": ((6,), (3, 3))}.get(kind)  # fmt: skip
    written = made
    if groups is not None:
        sizes, parts, begin = groups[number % len(groups)], [], 0
        for size in sizes:
            parts.append(made[begin : begin + size])
            begin += size
        written = " ".join(parts)
    sentences = _SENTENCES[kind]
    sentence = sentences[number % len(sentences)].format(written)
    # Four digits stand everywhere: a PIN is looked for with its word.
    bare = f"pin {made}" if kind == "pin" else made.lower()
    return Canary(kind, written, bare, sentence)


def in_address(canary: Canary) -> str:
    """It as a part of an address."""
    return quote(canary.sentence, safe="")
