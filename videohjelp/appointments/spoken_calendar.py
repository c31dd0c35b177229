"""Dates with a number in them: "24.12", "24. desember", "tjuefjerde desember", "den 24."."""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from videohjelp.appointments import spoken_words as words
from videohjelp.appointments.spoken_text import DAY, WEEKDAY, Mention, Remaining, any_of, word

# A date without a year that is longer ago than this is next year's; later, it has passed.
RECENT = timedelta(days=62)

_MONTHS = range(1, 13)
_WRITTEN_DAYS = range(1, 36)
_LAST_DAY = 31
# "Den andre", "den tredje" are mostly not days.
_FIRST_CERTAIN_ORDINAL = 4
_CENTURY = 2000
_TWO_DIGITS = 100
_OPEN_HOURS = range(7, 20)

_MONTH = any_of(words.MONTHS)
_ORDINAL = any_of(words.ORDINALS)
_CARDINAL = any_of(each for each, number in words.NUMBERS.items() if number > 1 and each != "to")
_DAY = rf"(?:[0-9]{{1,2}}|{_ORDINAL}|{_CARDINAL})"
_YEAR = r"(?:19|20)[0-9]{2}"
_ENDING = r"(?:\.| ?(?:st|nd|rd|th)(?!\w)|-?(?:de|te|ste|e)(?!\w))?"
_OR = r"(?: (?:eller|og|or) | ?[-/] ?(?=[0-9]))"
_ALONE = r"(?![0-9])(?![.:,/][0-9])"

_ISO = re.compile(
    rf"(?<![\w.-])(?P<year>{_YEAR})[-./](?P<month>[0-9]{{1,2}})"
    r"[-./](?P<day>[0-9]{1,2})(?!\w)"
)
_POINT = re.compile(
    r"(?P<choice>(?<!\w)(?:eller|og|or) )?(?<![\w.:,/])(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})"
    rf"(?:\. ?(?P<long>{_YEAR})|\.(?P<short>[0-9]{{2}})| (?P<spaced>{_YEAR}))?{_ALONE}(?!\w)"
)
_SLASH = re.compile(
    r"(?<![\w.:,/])(?P<day>[0-9]{1,2}) ?/ ?(?P<month>[0-9]{1,2})"
    rf"(?:[/ -](?P<long>{_YEAR})|[/-](?P<short>[0-9]{{2}}))?{_ALONE}(?!\w)"
)
_DASH = re.compile(
    rf"(?<![\w.-])(?P<day>[0-9]{{1,2}})-(?P<month>[0-9]{{1,2}})-(?P<long>{_YEAR})(?![\w-])"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w.:,/])(?:(?P<or>{_DAY}){_ENDING}{_OR}(?:den |the )?)?"
    # "24des" is a date, "timar" is not the tenth of March.
    rf"(?P<day>{_DAY})(?:{_ENDING} ?(?:of )?|\. i )(?<![^\W0-9_])(?P<month>{_MONTH})(?!\w)\.?"
    rf"(?:,? (?P<long>{_YEAR}))?"
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)(?<!\bi )(?<!we )(?<!you )(?P<month>{words.ENGLISH_MONTHS})\.? (?:the )?"
    rf"(?P<day>[0-9]{{1,2}}|{_ORDINAL})(?:st|nd|rd|th)?(?!\w){_ALONE}(?:,? (?P<long>{_YEAR}))?"
)
# "Dagen før julaften" is another day.
_EVE = re.compile(r"(?<!før )(?<!etter )(?<!before )(?<!after )" + word(any_of(words.HOLIDAY_EVES)))
_NOT_A_TURN = r"(?! (?:gang|gong|time|timen|konsultasjon|samtale|minutt|av|del))"
_NUMBERED_DAY = re.compile(
    rf"(?<!\w)(?:den|d\.?|the) (?P<day>[0-9]{{1,2}}){_ENDING}(?!\w){_ALONE}{_NOT_A_TURN}"
    rf"|^(?P<only>[0-9]{{1,2}})(?:\.|th|st|nd|rd)$"
    rf"|(?<!\w)(?:den|the) (?P<word>{_ORDINAL})(?!\w){_NOT_A_TURN}"
)
_AFTER_WEEKDAY = re.compile(
    rf"(?<={WEEKDAY}) ?,? ?(?P<day>[0-9]{{1,2}}|{any_of(words.BARE_HOURS)})(?P<point>\.)?(?!\w)"
    rf"{_ALONE}(?! ?%)(?! (?:{words.NOT_AN_HOUR})(?!\w))"
)


@dataclass(frozen=True)
class CalendarMention(Mention):
    """A date that was said with a number.

    Attributes:
        dates: what it may be: one date, or for a bare day of the month the next ones in turn;
            empty if there is no such date (30 February).
        day_of_month_only: the month was not said.
        or_time: what it would be as a clock time ("10.12" after "torsdag"), if that is possible.
        one_of_several: it came after "eller", so what stands before it is a date too.
    """

    dates: tuple[date, ...]
    day_of_month_only: bool = False
    or_time: time | None = None
    one_of_several: bool = False


@dataclass(frozen=True)
class NumberAfterWeekday(Mention):
    """A bare number right after a weekday: "torsdag 17", "torsdag 24.", "torsdag ti".

    Attributes:
        number: as it was said.
        ordinal: with a point after it, so rather a day of the month.
        in_letters: written as a word ("ti"), so an hour: a day of the month would be "tiende".
    """

    number: int
    ordinal: bool
    in_letters: bool


def take_calendar_dates(remaining: Remaining, today: date) -> list[CalendarMention]:
    """Take the dates that name their month.

    Args:
        remaining: the message; what is understood is taken out of it.
        today: the day in Oslo, from which a missing year is found.
    """

    def read(match: re.Match[str]) -> CalendarMention | None:
        return _numeric(match, today)

    def read_named(match: re.Match[str]) -> list[CalendarMention]:
        where = remaining.place(match)
        return [replace(mention, where=where) for mention in _named(match, today)]

    mentions = [
        *remaining.take(_ISO, DAY, read),
        *remaining.take(_DASH, DAY, read),
        *remaining.take(_SLASH, DAY, read),
    ]
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for several in remaining.take(pattern, DAY, read_named):
            mentions.extend(several)
    mentions.extend(remaining.take(_POINT, DAY, read))
    mentions.extend(remaining.take(_EVE, DAY, lambda match: _eve(match, today)))
    return mentions


def take_days_of_month(remaining: Remaining, today: date) -> list[CalendarMention]:
    """Take the days of the month that come without their month ("den 24."): the next such days."""

    def read(match: re.Match[str]) -> CalendarMention | None:
        if match["word"] is not None:
            number = words.ORDINALS[match["word"]]
            if number < _FIRST_CERTAIN_ORDINAL:
                return None
        else:
            number = int(match["day"] or match["only"])
        if number not in _WRITTEN_DAYS:
            return None
        return CalendarMention(next_days_numbered(number, today), day_of_month_only=True)

    return remaining.take(_NUMBERED_DAY, DAY, read)


def take_numbers_after_weekdays(remaining: Remaining) -> list[NumberAfterWeekday]:
    """Take the bare numbers right after a weekday, to be judged with the weekday."""

    def read(match: re.Match[str]) -> NumberAfterWeekday | None:
        said = match["day"]
        if said == "to" and match.end() != len(match.string):
            return None  # "Thursday to Friday"
        number = words.BARE_HOURS[said] if said in words.BARE_HOURS else int(said)
        return NumberAfterWeekday(number, match["point"] is not None, said in words.BARE_HOURS)

    return remaining.take(_AFTER_WEEKDAY, DAY, read)


def next_days_numbered(number: int, today: date) -> tuple[date, ...]:
    """Give the next two days, today included, with this number in their month."""
    if not 1 <= number <= _LAST_DAY:
        return ()
    found: list[date] = []
    year, month = today.year, today.month
    while len(found) < 2:  # noqa: PLR2004
        day = _date(year, month, number)
        if day is not None and day >= today:
            found.append(day)
        year, month = (year, month + 1) if month < _MONTHS[-1] else (year + 1, 1)
    return tuple(found)


def _numeric(match: re.Match[str], today: date) -> CalendarMention | None:
    found = match.groupdict()
    day, month = int(found["day"]), int(found["month"])
    written_year = found.get("year") or found.get("long") or found.get("spaced")
    year = int(written_year) if written_year else None
    if found.get("short"):
        year = _CENTURY + int(found["short"])
    as_time = _as_time(found) if year is None and "." in match.group(0) else None
    if month not in _MONTHS:
        # "10.30" is a time and is left for the times; "24.13" can only be a mistaken date.
        return None if as_time or day > _LAST_DAY or month > _LAST_DAY else CalendarMention(())
    if day not in _WRITTEN_DAYS:
        return None
    likely = as_time is not None and as_time.hour in _OPEN_HOURS and as_time.minute % 5 == 0
    return CalendarMention(
        _on(day, month, year, today),
        or_time=as_time if likely else None,
        one_of_several=bool(found.get("choice")),
    )


def _as_time(found: dict[str, str | None]) -> time | None:
    hour, minute = str(found["day"]), str(found["month"])
    if len(minute) < 2 or int(hour) > 23 or int(minute) > 59:  # noqa: PLR2004
        return None
    return time(int(hour), int(minute))


def _named(match: re.Match[str], today: date) -> list[CalendarMention]:
    found = match.groupdict()
    month = words.MONTHS[str(found["month"])]
    year = int(found["long"]) if found["long"] else None
    days = [_day_number(said) for said in (found.get("or"), found["day"]) if said]
    return [CalendarMention(_on(day, month, year, today)) for day in days]


def _eve(match: re.Match[str], today: date) -> CalendarMention:
    day, month = words.HOLIDAY_EVES[match.group(0)]
    return CalendarMention(_on(day, month, None, today))


def _day_number(said: str) -> int:
    if said in words.ORDINALS:
        return words.ORDINALS[said]
    return words.NUMBERS[said] if said in words.NUMBERS else int(said)


def _on(day: int, month: int, year: int | None, today: date) -> tuple[date, ...]:
    found = _date(year if year is not None else _likely_year(day, month, today), month, day)
    return () if found is None else (found,)


def _likely_year(day: int, month: int, today: date) -> int:
    last_year = _date(today.year - 1, month, day)
    if last_year is not None and last_year >= today - RECENT:
        return today.year - 1
    if (month, day) >= (today.month, today.day):
        return today.year
    this_year = _date(today.year, month, day)
    recently = this_year is not None and this_year >= today - RECENT
    return today.year if recently else today.year + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
