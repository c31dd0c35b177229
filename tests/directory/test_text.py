"""Spellings that are the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videohjelp.directory.text import folded, joined, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Førde Sjukehus", "FOERDE SYKEHUS"),
        ("Lærdal", "laerdal"),
        ("Øyane", "oyane"),
        ("Ålesund", "Aalesund"),
        ("poliklinikk", "poliklinik"),
        ("women's clinic", "womens clinic"),
        ("Kvinne-klinikken", "kvinne klinikken"),
    ],
)
def test_equal_spellings(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_endings() -> None:
    assert len({stem(folded(one)) for one in ("klinikk", "klinikken", "klinikka")}) == 1
    assert len({stem(folded(one)) for one in ("avdeling", "avdelinga", "avdelingen")}) == 1
    assert words("Haukelands") == words("Haukeland")
    assert words("Voss") == words("VOSS")
    assert words("Bergen") == ("bergen",)


def test_written_apart() -> None:
    assert (joined("kvine", "kliniken"),) == words("kvineklinikken")


@given(st.text())
def test_folding_twice_changes_nothing_and_gives_plain_letters(text: str) -> None:
    once = folded(text)
    assert folded(once).split() == folded(folded(once)).split()
    assert all(character in "abcdefghijklmnopqrstuvwxyz0123456789 " for character in once)
