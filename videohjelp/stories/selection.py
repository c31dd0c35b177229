"""Which test cases run."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from videohjelp.stories.cases import TestCase

_WILDCARDS = "*?["


def selected(cases: Iterable[TestCase], wanted: str | None) -> list[TestCase]:
    """The cases whose name or file has the text, or fits it as a pattern (`*sms*`).

    Capital and small letters are the same. All of them when nothing is wanted.
    """
    if not wanted:
        return list(cases)
    pattern = wanted.casefold()
    if not any(sign in pattern for sign in _WILDCARDS):
        pattern = f"*{pattern}*"
    return [
        case
        for case in cases
        if fnmatchcase(case.name.casefold(), pattern) or fnmatchcase(case.path.casefold(), pattern)
    ]
