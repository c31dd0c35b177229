"""Digits that stand in stored bytes by chance, and could be taken for a patient's number."""

from __future__ import annotations

import re

#: No patient's number is written like one of them.
_MOMENT_OR_SHARE = re.compile(rb"\d{10}\.\d+|\d+\.\d{6,}|\d\d:\d\d:\d\d\.\d{6}|\d\.\d{3,}")
#: Afterwards: in the database an id stands right behind the moment before it.
_ID = re.compile(rb"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}(?![\w-])")


def without_chance_digits(content: bytes) -> bytes:
    """The bytes with a space for each moment, share, id and token in them.

    A conversation's events hold thousands of such digits: without this, a search for five given
    ones finds some in one run of fifty.
    """
    return _ID.sub(b" ", _MOMENT_OR_SHARE.sub(b" ", content))
