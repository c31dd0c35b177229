"""Patterns of many alternatives that are searched for quickly."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

_QUANTIFIERS = frozenset("?*+{")
#: Deeper than this, few alternatives are left to choose from.
_MOST_LETTERS = 3


def either(alternatives: Iterable[str]) -> str:
    """Give a pattern that finds what "one|two|three" finds, for use within a group.

    It parts the alternatives by their first letters, where Python's `re` would try them one by
    one. Of several that match, the one that was given first is still preferred: those that are put
    past each other begin with different letters, so no two of them match at the same place.
    """
    return "|".join(_by_letter(list(alternatives), _MOST_LETTERS))


def _by_letter(alternatives: list[str], deep: int) -> list[str]:
    if not deep:
        return alternatives
    parted: list[str] = []
    for by_letter, run in groupby(alternatives, key=_begins_with_a_letter):
        if not by_letter:
            parted += run
            continue
        behind: dict[str, list[str]] = {}
        for alternative in run:
            behind.setdefault(alternative[0], []).append(alternative[1:])
        parted += [_after(letter, rests, deep) for letter, rests in behind.items()]
    return parted


def _after(letter: str, rests: list[str], deep: int) -> str:
    if len(rests) == 1:
        return letter + rests[0]
    return f"{letter}(?:{'|'.join(_by_letter(rests, deep - 1))})"


def _begins_with_a_letter(expression: str) -> bool:
    return expression[:1].isalnum() and expression[1:2] not in _QUANTIFIERS
