"""Clock times as people say and write them: "kl 10", "halv elleve", "1030", "3 pm".

Appointments are between 7 and 20: an hour from 1 to 6 is in the afternoon ("halv to" is 13.30),
unless it is written with a nought ("03:00") or with the morning. English "half ten" is read as the
British say it, 10.30; Norwegian "halv ti" is 9.30.
"""

import re
from datetime import time

from videohjelp.appointments import spoken_words as words
from videohjelp.appointments.spoken_text import DAY, TIME, Remaining, any_of, word

_HALF_DAY = 12 * 60
_NOON = 12
_AFTERNOON_HOURS = range(1, 7)
_EVENING_HOURS = range(1, 12)
_LATE_AFTERNOON_HOURS = range(1, 8)
_OPEN_HOURS = range(7, 20)
_HOURS = range(24)
_MINUTES = range(60)
_SPOKEN_MINUTES = {
    "kvart": 15,
    "kvarter": 15,
    "kvarten": 15,
    "et kvarter": 15,
    "eit kvarter": 15,
    "quarter": 15,
    "a quarter": 15,
    "twenty-five": 25,
    "twenty five": 25,
    **{each: number for each, number in words.NUMBERS.items() if number in (5, 10, 20)},
}
_BACKWARDS = frozenset(words.TO.split("|"))

_MONTH = any_of(words.MONTHS)
_HOUR_WORD = any_of(words.HOURS)
_BARE_HOUR_WORD = any_of(words.BARE_HOURS)
# A number is not an hour when a month or the other half of a date follows.
_NOT_A_DATE = rf"(?![0-9])(?![.:,/][0-9])(?!\.? ?(?:{_MONTH})(?!\w))(?!(?:st|nd|rd|th)(?!\w))"
_NOT_A_COUNT = rf"(?! ?%)(?! (?:{words.NOT_AN_HOUR})(?!\w))"
_AM_PM = r"(?: ?(?P<half_day>[ap])\.? ?m(?!\w)\.?)"
_THEN_MINUTES = rf"(?: (?:og |and )?(?P<after>{any_of(words.MINUTES_AFTER)})(?!\w))?{_AM_PM}?"
_RANGE = (
    rf"(?: ?(?:-|til|te|to|until) ?(?:kl\.? ?)?[0-9]{{1,2}}(?:[.:,]?[0-5][0-9])?{_NOT_A_DATE})?"
)
_PREFIX = rf"(?<!\w)(?:{words.CLOCK})(?:sletta?|slettet)?[.:]?(?: (?:er|e|ca\.?|cirka|rundt))? ?"
_ENGLISH_PREFIX = r"(?<!\w)(?:(?:at|around|about) |@ ?)"
_SPOKEN = (
    rf"(?:(?P<minutes>{any_of(_SPOKEN_MINUTES)}|[0-9]{{1,2}}) (?:minutt\w* |minutes? )?"
    rf"(?P<way>{words.OVER}|{words.TO}) )?"
    rf"(?P<half>halv[et]? |hal |hælv )?(?P<hour>{_BARE_HOUR_WORD}|[0-9]{{1,2}}){_NOT_A_DATE}(?!\w)"
)
_HALF_PAST = (
    rf"(?:half past|half) (?P<hour>{_BARE_HOUR_WORD}|[0-9]{{1,2}}){_NOT_A_DATE}(?!\w){_NOT_A_COUNT}"
)
_DIGITS = (
    r"(?P<hour>[0-9]{1,2})(?:[.:,](?P<minute>[0-5][0-9])(?::[0-9]{2})?| (?P<apart>00|15|30|45)"
    rf"|(?P<joined>[0-5][0-9]))?{_AM_PM}?{_NOT_A_DATE}{_RANGE}(?!\w)"
)
_NOON_PATTERN = re.compile(word("(?:at |kl )?noon|midday"))
_WITH_CLOCK_SPOKEN = re.compile(_PREFIX + _SPOKEN)
_WITH_CLOCK_HALF_PAST = re.compile(f"(?:{_PREFIX}|{_ENGLISH_PREFIX})" + _HALF_PAST)
# "Klokka er ti over" does not say the hour.
_NOT_MINUTES = rf"(?! (?:{words.OVER})(?!\w))"
_WITH_CLOCK_DIGITS = re.compile(_PREFIX + _DIGITS + _NOT_MINUTES)
# The letters of "klokken" are not "klokk" and "en".
_WITH_CLOCK_WORD = re.compile(
    _PREFIX + rf"(?<![^\W0-9_])(?P<hour>{_HOUR_WORD}){_THEN_MINUTES}(?!\w){_NOT_MINUTES}"
)
_WITH_AT_SPOKEN = re.compile(_ENGLISH_PREFIX + _SPOKEN)
_WITH_AT = re.compile(_ENGLISH_PREFIX + _DIGITS + _NOT_A_COUNT)
_WITH_AT_WORD = re.compile(
    _ENGLISH_PREFIX + rf"(?P<hour>{_BARE_HOUR_WORD}){_THEN_MINUTES}(?!\w){_NOT_A_COUNT}"
)
_COLON = re.compile(
    rf"(?<![\w.:])(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-5][0-9])(?::[0-9]{{2}})?{_AM_PM}?{_RANGE}(?!\w)"
)
_WITH_AM_PM = re.compile(
    rf"(?<![\w.:])(?P<hour>[0-9]{{1,2}})(?:[.:](?P<minute>[0-5][0-9]))?{_AM_PM}"
)
_O_CLOCK = re.compile(rf"(?<!\w)(?P<hour>{_BARE_HOUR_WORD}|[0-9]{{1,2}}) ?o ?'? ?clock(?!\w)")
_BARE_SPOKEN = re.compile(r"(?<![\w.:])" + _SPOKEN + _NOT_A_COUNT)
_BARE_HALF_PAST = re.compile(r"(?<!\w)" + _HALF_PAST)
_BARE_POINT = re.compile(
    rf"(?<![\w.:/])(?P<hour>[0-9]{{1,2}})\.(?P<minute>[0-5][0-9])(?![0-9])(?!\.[0-9]){_RANGE}"
)
_BARE_JOINED = re.compile(
    r"(?<![\w.:/-])(?P<secret>(?:pin|kode|rom|nummer|nr|tlf|telefon|password|room|code)\w*[.:]?"
    r" (?:er |e |is )?)?(?P<hour>[0-9]{1,2})(?P<minute>[0-5][05])(?![0-9])(?![.:/][0-9])"
    rf"{_RANGE}(?!\w)(?! (?:{words.THANKS})(?!\w))"
)
# "i morgen ti": a number right after the day. After a weekday it may be a day of the month, which
# is for the dates to decide.
_AFTER_DAY = re.compile(
    rf"(?<={DAY}) ?,? ?(?P<hour>{_BARE_HOUR_WORD}|[0-9]{{1,2}}){_THEN_MINUTES}(?!\w)"
    rf"{_NOT_A_DATE}{_NOT_A_COUNT}"
)
# "ti tretti" without "klokka": only the even minutes, as two numbers in a row may be anything.
_BARE_WORDS = re.compile(
    rf"(?<!\w)(?P<hour>{_BARE_HOUR_WORD}) (?P<after>null null|tretti|thirty|femten|fifteen"
    rf"|førtifem|forty[- ]five){_AM_PM}?(?!\w){_NOT_A_COUNT}"
)
_EVENING = re.compile(rf"(?<!\w)(?:\w+s)?(?:{words.EVENING})(?!\w)")
_AFTERNOON = re.compile(rf"(?<!\w)(?:\w+s)?(?:{words.AFTERNOON})(?!\w)")
_MORNING = re.compile(word(words.MORNING))


class TimeReader:
    """Reads the clock times of one message; the part of the day may stand anywhere in it."""

    def __init__(self, text: str) -> None:
        """Look for the part of the day in a normalised text."""
        self._evening = _EVENING.search(text) is not None
        self._afternoon = _AFTERNOON.search(text) is not None
        self._morning = _MORNING.search(text) is not None

    def take_marked(self, remaining: Remaining) -> list[time]:
        """Take the times that cannot be dates: after "klokka" or "at", with a colon, "3 pm"."""
        return [
            *remaining.take(_WITH_CLOCK_HALF_PAST, TIME, self._half_past),
            *remaining.take(_WITH_CLOCK_SPOKEN, TIME, self._spoken_in_full),
            *remaining.take(_WITH_AM_PM, TIME, self._digits),
            *remaining.take(_WITH_CLOCK_DIGITS, TIME, self._digits),
            *remaining.take(_WITH_CLOCK_WORD, TIME, self._hour_alone),
            *remaining.take(_COLON, TIME, self._digits),
            *remaining.take(_O_CLOCK, TIME, self._hour_alone),
            *remaining.take(_WITH_AT_SPOKEN, TIME, self._spoken_in_full),
            *remaining.take(_WITH_AT, TIME, self._digits),
            *remaining.take(_WITH_AT_WORD, TIME, self._at_word),
            *remaining.take(_NOON_PATTERN, TIME, lambda _: time(_NOON)),
        ]

    def take_bare(self, remaining: Remaining) -> list[time]:
        """Take what may be a time now that the dates have been taken."""
        return [
            *remaining.take(_BARE_HALF_PAST, TIME, self._half_past),
            *remaining.take(_BARE_SPOKEN, TIME, self._spoken_in_full),
            *remaining.take(_BARE_WORDS, TIME, self._hour_alone),
            *remaining.take(_BARE_POINT, TIME, self._digits),
            *remaining.take(_BARE_JOINED, TIME, self._joined),
            *remaining.take(_AFTER_DAY, TIME, self._hour_alone),
        ]

    def appointment_time(self, hour: int, minute: int = 0, *, literal: bool = False) -> time | None:
        """Give the time that is meant by an hour and a minute, or None if there is no such time.

        Args:
            hour: as it was said, 0-23.
            minute: 0-59.
            literal: the hour was written as on a 24-hour clock ("03:00").
        """
        if hour not in _HOURS or minute not in _MINUTES:
            return None
        if not literal:
            hour = self._on_24_hours(hour)
        return time(hour, minute)

    def _on_24_hours(self, hour: int) -> int:
        if self._evening and hour in _EVENING_HOURS:
            return hour + _NOON
        if self._afternoon and hour in _LATE_AFTERNOON_HOURS:
            return hour + _NOON
        if hour in _AFTERNOON_HOURS and not self._morning:
            return hour + _NOON
        return hour

    def _digits(self, match: re.Match[str]) -> time | None:
        found = match.groupdict()
        minute = int(found.get("minute") or found.get("apart") or found.get("joined") or 0)
        literal = found["hour"].startswith("0")
        return self._with_half_day(int(found["hour"]), minute, found.get("half_day"), literal)

    def _with_half_day(
        self, hour: int, minute: int, half_day: str | None, literal: bool
    ) -> time | None:
        if half_day is None:
            return self.appointment_time(hour, minute, literal=literal)
        if 1 <= hour <= _NOON:
            hour = hour % _NOON + (_NOON if half_day == "p" else 0)
        return self.appointment_time(hour, minute, literal=True)

    def _joined(self, match: re.Match[str]) -> time | None:
        # A PIN or the end of a number is not a time; nor is a year ("2030").
        if match["secret"] is not None or int(match["hour"]) not in _OPEN_HOURS:
            return None
        return self._digits(match)

    def _hour_alone(self, match: re.Match[str]) -> time | None:
        found = match.groupdict()
        said = found["hour"]
        minute = words.MINUTES_AFTER.get(found.get("after") or "", 0)
        return self._with_half_day(
            _number(said), minute, found.get("half_day"), said.startswith("0")
        )

    def _at_word(self, match: re.Match[str]) -> time | None:
        # "at" is "that" in Norwegian, so only English hours count after it.
        return self._hour_alone(match) if match["hour"] in _ENGLISH_HOURS else None

    def _half_past(self, match: re.Match[str]) -> time | None:
        return self._clock_face(_number(match["hour"]), 30)

    def _spoken_in_full(self, match: re.Match[str]) -> time | None:
        if match["minutes"] is None and match["half"] is None:
            return None
        offset = -30 if match["half"] else 0
        if match["minutes"]:
            minutes = _SPOKEN_MINUTES.get(match["minutes"]) or _number(match["minutes"])
            if minutes not in range(1, 30):
                return None
            offset += -minutes if match["way"] in _BACKWARDS else minutes
        return self._clock_face(_number(match["hour"]), offset)

    def _clock_face(self, hour: int, offset: int) -> time | None:
        if hour not in range(1, 24):
            return None
        total = hour * 60 + offset
        if hour > _NOON:
            return self.appointment_time(total // 60, total % 60, literal=True)
        face = total % _HALF_DAY
        return self.appointment_time(face // 60 or _NOON, face % 60)


_ENGLISH_HOURS = frozenset(
    ("one two three four five six seven eight nine ten eleven twelve").split()  # noqa: SIM905
)


def _number(said: str) -> int:
    return words.HOURS[said] if said in words.HOURS else int(said)
