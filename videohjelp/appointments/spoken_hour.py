"""The answer to "at which hour is your appointment?": "9", "ti", "09.05", "halv tre", "kl 15".

The day is known by then, so a number is an hour and not a day of the month.
"""

import re
from datetime import date, time

from videohjelp.appointments import spoken_words as words
from videohjelp.appointments.spoken_calendar import (
    take_calendar_dates,
    take_days_of_month,
    take_numbers_after_weekdays,
)
from videohjelp.appointments.spoken_relative import take_relative_days
from videohjelp.appointments.spoken_text import Remaining, any_of, normalise
from videohjelp.appointments.spoken_times import TimeReader
from videohjelp.appointments.spoken_weekdays import take_weekdays

_FIRST, _LAST = time(7), time(20)
# Days are only taken out of the way here; which ones they are does not matter.
_ANY_DAY = date(2026, 1, 1)

# No one of these may be made up of others: the pattern would try every way to part a text.
_AROUND = (
    "det|den er|den e|timen|time|avtalen|it|it's|er|e|va|var|is|was|ca|cirka|sirka|circa|omtrent"
    "|omlag|rundt|kring|about|around|kanskje|trur|tror|meiner|mener|eg|jeg|i|think|maybe|nok|vel|ja|jo"
    "|yes|nei|no|presis|blank|sharp|tida|tiden|på|om|in|the|formiddagen|føremiddagen|formiddag"
    f"|føremiddag|dagen|{words.TODAY}|{words.TOMORROW}"
    f"|{words.MORNING}|{words.AFTERNOON}|{words.EVENING}"
)
_FILLER = rf"(?:(?:{_AROUND})(?!\w)[., ]*)*"
_ALONE = re.compile(
    rf"{_FILLER}(?:(?P<word>{any_of(words.BARE_HOURS)})(?!\w)"
    rf"|(?P<hour>[0-9]{{1,2}})(?:[., ](?P<minute>[0-5][0-9]))?)"
    r"(?: ?(?:-|til|te|to) ?(?:[0-9]{1,2}(?:[.,:]?[0-5][0-9])?"
    rf"|(?:{any_of(words.BARE_HOURS)})(?!\w)))?[.,!? ]*{_FILLER}[!? ]*"
)


def parse_hour(text: str) -> time | None:
    """Read the answer to "at which hour?". Any text is taken; its first 500 characters count.

    A number that stands alone ("9", "ti", "09.05", "11.12") is a clock time when that lies between
    7 and 20; an hour from 1 to 6 is in the afternoon, unless it is written with a nought or said
    with the morning. So is everything else that is known as a time; a date beside it is left out.

    Args:
        text: what the patient wrote: bokmål, nynorsk, dialect or English.

    Returns:
        The hour on the clock in Oslo, without a time zone. None if none was said, if several were,
        or if it may be the date that was meant ("torsdag 11.12").
    """
    remaining = Remaining(text)
    reader = TimeReader(remaining.text)
    alone = _ALONE.fullmatch(remaining.text)
    if alone is not None:
        return _appointment_hour(alone, reader)
    marked = reader.take_marked(remaining)
    dates = take_calendar_dates(remaining, _ANY_DAY)
    if any(each.one_of_several or (each.or_time and not marked) for each in dates):
        return None
    take_weekdays(remaining, _ANY_DAY)
    take_relative_days(remaining, _ANY_DAY)
    take_days_of_month(remaining, _ANY_DAY)
    times = {*marked, *reader.take_bare(remaining)}
    for number in take_numbers_after_weekdays(remaining):
        hour = reader.appointment_time(number.number) if number.in_letters else None
        times.update({hour} if hour is not None else ())
    return times.pop() if len(times) == 1 else None


def parse_hour_alone(text: str) -> time | None:
    """As parse_hour, of a text in which no other words say when: a number that stands alone."""
    plain = normalise(text)
    alone = _ALONE.fullmatch(plain)
    return None if alone is None else _appointment_hour(alone, TimeReader(plain))


def _appointment_hour(match: re.Match[str], reader: TimeReader) -> time | None:
    if match["word"]:
        found = reader.appointment_time(words.BARE_HOURS[match["word"]])
    else:
        hour, minute = match["hour"], match["minute"] or "0"
        found = reader.appointment_time(int(hour), int(minute), literal=hour.startswith("0"))
    return found if found is not None and _FIRST <= found <= _LAST else None
