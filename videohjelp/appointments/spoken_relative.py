"""Days counted from today: "i dag", "i mårå", "om tri dagar", "om ei veke", "om to timer"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from videohjelp.appointments import spoken_words as words
from videohjelp.appointments.oslo import in_oslo
from videohjelp.appointments.spoken_text import DAY, Mention, Remaining, any_of, word

_MONTHS_A_YEAR = 12
# "Om åtte dagar" is an old way of saying a week; some mean eight days.
_EIGHT_DAYS = frozenset({"åtte", "åtta", "otte"})

_COUNT = rf"(?:[0-9]{{1,3}}|{any_of(words.NUMBERS)})"
_BEFORE = r"(?:om|in) (?:ca\.? |cirka |omtrent |rundt |kring |ein |en |about |around )?"
_AFTER = r" (?:til|te|tel|igjen|att|fra nå|frå no|left|away|from now|from today)"
# "Mindre enn to dager igjen" asks about the rule and names no day.
_NOT_THE_RULE = r"(?<!enn )(?<!minst )(?<!than )(?<!under )(?<!least )"


def _counted(units: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){_BEFORE}(?P<count>{_COUNT}) (?:{units})(?!\w)"
        rf"|(?<!\w){_NOT_THE_RULE}(?P<left>{_COUNT}) (?:{units}){_AFTER}(?!\w)"
    )


_IN_DAYS = _counted(words.DAYS)
_IN_WEEKS = _counted(words.WEEKS)
_IN_MONTHS = _counted(words.MONTH_UNITS)
# "Om en time" is also "about an appointment", so it counts only where a verb or nothing stands
# before it and nothing after it.
_UNITS = f"{words.HOUR_UNITS}|{words.QUARTER_UNITS}|{words.MINUTE_UNITS}"
_SEVERAL = any_of(each for each, number in words.NUMBERS.items() if number > 1)
_IN_HOURS = re.compile(
    rf"(?<!\w)(?:^|(?:er|e|æ|begynner|byrjar|starter|startar|is|starts|timen|time|allerede|alt) )"
    rf"(?P<said>(?:om|in) (?P<count>{_COUNT}) (?P<unit>{_UNITS})"
    r"(?: fra nå| frå no| from now)?)(?= ?(?:$|[.,!?;]))"
    rf"|(?<!\w)(?:om|in) (?:ca\.? |cirka |about |around )?(?P<more>[0-9]{{1,3}}|{_SEVERAL})"
    rf" (?P<units>{_UNITS})(?!\w)"
)
_HALF_HOUR = re.compile(word(r"(?:om|in) (?:en |ein |ei )?(?:halv ?time|halvtime|half an hour)"))
_DAY_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(word(words.DAY_AFTER_TOMORROW)), 2),
    (re.compile(word(words.TOMORROW)), 1),
    (re.compile(word(words.TODAY)), 0),
    (re.compile(word(words.PART_OF_TODAY)), 0),
)
_YESTERDAY = re.compile(word(words.YESTERDAY))
_MINUTES_A_UNIT = (
    (re.compile(words.MINUTE_UNITS), 1),
    (re.compile(words.QUARTER_UNITS), 15),
    (re.compile(words.HOUR_UNITS), 60),
)


@dataclass(frozen=True)
class RelativeMention(Mention):
    """A day counted from today.

    Attributes:
        dates: the days it may be (one, or two for "om åtte dagar").
        exact: False for weeks and months, which a date beside them overrules.
    """

    dates: tuple[date, ...]
    exact: bool = True


@dataclass(frozen=True)
class MomentMention(Mention):
    """A moment counted from now, in Europe/Oslo."""

    moment: datetime


def take_relative_days(remaining: Remaining, today: date) -> list[RelativeMention]:
    """Take the days counted from today, but for those in the past."""
    mentions: list[RelativeMention] = []
    for pattern, days in _DAY_WORDS:
        day = today + timedelta(days=days)
        mentions.extend(remaining.take(pattern, DAY, lambda _, day=day: RelativeMention((day,))))  # type: ignore[misc]
    mentions.extend(remaining.take(_IN_DAYS, DAY, lambda match: _in_days(match, today)))
    mentions.extend(remaining.take(_IN_WEEKS, DAY, lambda match: _in_weeks(match, today)))
    mentions.extend(remaining.take(_IN_MONTHS, DAY, lambda match: _in_months(match, today)))
    return mentions


def take_days_past(remaining: Remaining, today: date) -> list[RelativeMention]:
    """Take "i går" and the like: the day, exact enough to say that it has passed."""
    yesterday = RelativeMention((today - timedelta(days=1),))
    return remaining.take(_YESTERDAY, DAY, lambda _: yesterday)


def take_moment(remaining: Remaining, now: datetime) -> list[MomentMention]:
    """Take "om to timer", "om 20 minutter": the moments (Europe/Oslo), to the minute.

    Args:
        remaining: the message; what is understood is taken out of it.
        now: the present moment, with a time zone.
    """

    def later(minutes: int) -> MomentMention:
        # Two hours are two hours on the night the clocks change, too.
        moment = now.astimezone(timezone.utc) + timedelta(minutes=minutes)
        return MomentMention(in_oslo(moment).replace(second=0, microsecond=0))

    def read(match: re.Match[str]) -> MomentMention:
        count = count_of(match["count"] or match["more"])
        unit = match["unit"] or match["units"]
        minutes = next(each for pattern, each in _MINUTES_A_UNIT if pattern.fullmatch(unit))
        return later(count * minutes)

    return [
        *remaining.take(_HALF_HOUR, DAY, lambda _: later(30)),
        *remaining.take(_IN_HOURS, DAY, read),
    ]


def count_of(said: str) -> int:
    """Give the number that was said as a word or in digits."""
    return words.NUMBERS[said] if said in words.NUMBERS else int(said)


def add_months(day: date, months: int) -> date:
    """Give the same day of a later month, or the month's last day if it is shorter."""
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    first_of_next = date(day.year + years + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def _said(match: re.Match[str]) -> str:
    return match["count"] or match["left"]


def _in_days(match: re.Match[str], today: date) -> RelativeMention:
    said = _said(match)
    days = (7, 8) if said in _EIGHT_DAYS else (count_of(said),)
    return RelativeMention(tuple(today + timedelta(days=each) for each in days))


def _in_weeks(match: re.Match[str], today: date) -> RelativeMention:
    return RelativeMention((today + timedelta(weeks=count_of(_said(match))),), exact=False)


def _in_months(match: re.Match[str], today: date) -> RelativeMention:
    return RelativeMention((add_months(today, count_of(_said(match))),), exact=False)
