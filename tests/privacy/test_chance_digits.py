"""What is taken for chance, and what must not be."""

from __future__ import annotations

import pytest

from tests.privacy.chance_digits import without_chance_digits


@pytest.mark.parametrize(
    "chance",
    [
        b'"timestamp": 1795860605.3998873',
        b'"confidence": 0.0099887123',
        b"2026-11-28 09:53:45.998871",
        b'"timestamp": 1799887160.25',
        b"2026-11-28 09:53:45.3868077d3f99887aa04c5e8b21",
        b"7d3f99887aa04c5e8b21",
    ],
)
def test_moments_shares_and_ids_are_taken_out(chance: bytes) -> None:
    assert b"99887" not in without_chance_digits(chance)
    assert b"98871" not in without_chance_digits(chance)


@pytest.mark.parametrize(
    "number",
    [b"+4799887001", b"x\x0399887001", b"ring 99 88 70 01.", b'"to": "4799887001"', b"a99887001"],
)
def test_a_number_stays(number: bytes) -> None:
    assert without_chance_digits(number) == number
