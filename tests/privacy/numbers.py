"""Makes numbers that identify somebody, for the tests of the redaction."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_NO_CHECK_DIGIT = 10


def with_check_digits(nine: str) -> str | None:
    """Nine digits with their two check digits (Skatteetaten's rule, modulus 11); None when the
    rule gives none."""
    digits = nine
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
        check = -total % 11
        if check == _NO_CHECK_DIGIT:
            return None
        digits += str(check)
    return digits


@st.composite
def identity_numbers(draw: DrawFn, d_number: bool = False) -> str:
    """Valid fødselsnummer, or D-numbers (the day has 40 added)."""
    born = draw(st.dates(date(1940, 1, 1), date(1999, 12, 31)))
    day = born.day + (40 if d_number else 0)
    for individual in range(draw(st.integers(0, 400)), 500):
        number = with_check_digits(f"{day:02}{born:%m%y}{individual:03}")
        if number is not None:
            return number
    raise AssertionError("no number for this date")


def spelled(groups: str, gap: str, digits: str) -> str:
    """Digits in groups ("2222" is four pairs) with a gap between the groups."""
    parts, begin = [], 0
    for size in map(int, groups):
        parts.append(digits[begin : begin + size])
        begin += size
    assert begin == len(digits)
    return gap.join(parts)


@st.composite
def phone_numbers(draw: DrawFn) -> str:
    """Norwegian phone numbers as people write them: mobile and fixed, with and without +47."""
    first = draw(st.sampled_from("2356789"))
    if first == "8":
        first += "15"  # 800, 810, 820 are companies'; 815 looks like any other
    elif first == "5":
        first += "2"  # 55 97 65 51 is the hospital's own
    rest = draw(st.text("0123456789", min_size=8 - len(first), max_size=8 - len(first)))
    groups = draw(st.sampled_from(["8", "2222", "323", "44", "332"]))
    gap = draw(st.sampled_from([" ", " ", ".", "-", "\u00a0"]))
    prefix = draw(st.sampled_from(["", "+47 ", "+47", "0047 ", "0047", "(+47) "]))
    return prefix + spelled(groups, gap, first + rest)


def any_of(*texts: str) -> SearchStrategy[str]:
    """One of the texts."""
    return st.sampled_from(texts)
