"""Numbers that stay in a text: dates, times, years, prices, and what the assistant itself gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

#: The test room everybody may enter (hospital's text, «Før videokonsultasjonen»).
TEST_ROOM = "998112"

#: Six-digit numbers the assistant gives: legevakt, and two helplines.
PUBLIC_SHORT_NUMBERS = frozenset({"116117", "116123", "116111"})

#: Stands for one digit that stays; no pattern takes it for a digit.
MASK = "\ue000"

#: What stands between the digits of a number: any kind of space (a line break too), full stop,
#: hyphen or dash.
GAP = r"[\s\u200b\u2060.\-\u2010-\u2015\u2212\u00ad\uff0d\uff0e]"
_EIGHT = re.compile(rf"(?<!\d)(?:(?:\+|00)?47{GAP}?)?\d(?:{GAP}?\d){{7}}(?!\d)")
_SIX = re.compile(rf"(?<!\d)\d(?:{GAP}?\d){{5}}(?!\d)")
_DATE = re.compile(
    r"(?<!\d)(?<!\d[./])(\d{1,2})([./\-] ?| )(\d{1,2})(?:\2|[./\- ])((?:19|20)?\d{2})"
    r"(?![./]?\d)"
)
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_COMPACT_DATE = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
#: "10.30", "24.12", "24/12": never eight digits in a row of such pairs, that is a phone number.
_PAIR = re.compile(r"(?<!\d)(?<!\d[.:/])(\d{1,2})[.:/](\d{1,2})(?![.:/]?\d)")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d{2} ?[-–/] ?(?:19|20)\d{2}(?!\d)")
_TIMES = re.compile(r"(?<!\d)(\d{4})( ?[-–] ?)(\d{4})(?!\d)")
_AMOUNT = r"(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3}){1,2}|\d{1,7})(?:[.,]\d{1,2})?"
_MONEY = re.compile(
    rf"(?:(?<![^\W\d_])(?:kr\.?|nok|kroner|€|£|\$)\s?{_AMOUNT}(?![\d])"
    rf"|(?<!\d)(?<!\d[ .,]){_AMOUNT}(?=\s?(?:kr\b|kroner|,-|\.-|nok\b|€)))",
    re.IGNORECASE,
)
#: Words right before a number that make it a phone number or a room whatever it looks like.
_PHONE_OR_ROOM_BEFORE = re.compile(
    r"(?:tlf|tel|telefon|mob|mobil|ring|phone|nummer|number|rom|room|møterom|nr)\w{0,6}"
    r"[\s.:=]{0,3}(?:er |is |på )?$",
    re.IGNORECASE,
)
_BEFORE = 24


def mask_kept(text: str, own_numbers: frozenset[str]) -> str:
    """The text, as long as before, with MASK for every digit that is to stay.

    own_numbers: the hospital's phone numbers, digits only.
    """

    def own(match: re.Match[str]) -> bool:
        return only_digits(match.group())[-8:] in own_numbers

    def public(match: re.Match[str]) -> bool:
        digits = only_digits(match.group())
        # "52 11 61 23" is a phone number that ends like 116 123.
        is_whole = match.group() == digits or not _goes_on(match)
        return is_whole and (digits == TEST_ROOM or digits in PUBLIC_SHORT_NUMBERS)

    for pattern, stays in (
        (_EIGHT, own),
        (_SIX, public),
        (_MONEY, _always),
        (_ISO_DATE, lambda match: _is_date(match[3], match[2], match[1])),
        (_DATE, _is_written_date),
        (_COMPACT_DATE, _is_compact_date),
        (_YEARS, _always),
        (_TIMES, _is_time_span),
        (_PAIR, _is_time_or_day),
    ):
        text = pattern.sub(_masking(stays), text)
    return text


def only_digits(text: str) -> str:
    """The decimal digits of a text, whatever script they are written in, as 0-9."""
    return "".join(str(int(character)) for character in text if character.isdecimal())


def is_time(digits: str) -> bool:
    """Whether four digits can be a time of day (HHMM)."""
    return int(digits[:2]) < 24 and int(digits[2:]) < 60  # noqa: PLR2004 - hours, minutes


def is_round_time(digits: str) -> bool:
    """Whether four digits can be the time of an appointment: on five minutes."""
    return is_time(digits) and int(digits) % 5 == 0


def is_year(digits: str) -> bool:
    """Whether four digits can be a year somebody speaks of."""
    return digits[:2] in ("19", "20")


def _masking(stays: Callable[[re.Match[str]], bool]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        found = match.group()
        if not stays(match):
            return found
        return "".join(MASK if character.isdecimal() else character for character in found)

    return replace


def _always(_: re.Match[str]) -> bool:
    return True


def _is_date(day: str, month: str, year: str) -> bool:
    full_year = int(year) if len(year) > 2 else 2000 + int(year)  # noqa: PLR2004 - "26"
    try:
        date(full_year, int(month), int(day))
    except ValueError:
        return False
    return True


def _is_written_date(match: re.Match[str]) -> bool:
    if not _is_date(match[1], match[3], match[4]):
        return False
    # "24 12 26" is a date, "rom 24 12 26" is not.
    is_clear = match[2][0] in "./" or len(match[4]) > 2  # noqa: PLR2004 - "2026"
    return is_clear or not (_is_named(match) or _goes_on(match))


def _is_compact_date(match: re.Match[str]) -> bool:
    return _is_date(match[1], match[2], match[3]) and not _is_named(match)


def _is_time_span(match: re.Match[str]) -> bool:
    both = is_round_time(only_digits(match[1])) and is_round_time(only_digits(match[3]))
    return both and not _is_named(match)


def _is_time_or_day(match: re.Match[str]) -> bool:
    first, second = int(match[1]), int(match[2])
    is_clock = first < 24 and second < 60 and len(match[2]) > 1  # noqa: PLR2004
    return is_clock or (1 <= first <= 31 and 1 <= second <= 12)  # noqa: PLR2004


def _goes_on(match: re.Match[str]) -> bool:
    """Whether more groups of digits stand around, as in the phone number "20 01 00 00"."""
    begin, end = match.span()
    before, after = match.string[max(0, begin - 3) : begin], match.string[end : end + 3]
    return bool(re.search(rf"\d{GAP}{{1,2}}$", before) or re.match(rf"{GAP}{{1,2}}\d", after))


def _is_named(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    return _PHONE_OR_ROOM_BEFORE.search(before) is not None
