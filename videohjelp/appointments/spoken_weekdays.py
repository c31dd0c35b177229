"""Weekdays: "torsdag", "neste tysdag", "torsdag i neste veke", "mandag om ei veke"."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from videohjelp.appointments import spoken_words as words
from videohjelp.appointments.spoken_calendar import RECENT
from videohjelp.appointments.spoken_relative import count_of
from videohjelp.appointments.spoken_text import (
    DAY,
    TIME,
    WEEKDAY,
    Mention,
    Remaining,
    any_of,
    hull,
    word,
)

Kind = Literal["plain", "loose", "week", "past"]

_WEEK = timedelta(weeks=1)
_DAYS_A_WEEK = 7
# "Torsdag åtte dagar" is a week after Thursday, "torsdag fjorten dagar" two.
_DAYS_THAT_MEAN_WEEKS = {7: 1, 8: 1, 14: 2, 15: 2, 21: 3}

_NOT_A_COUNT = rf"(?![0-9]? (?:{words.NOT_AN_HOUR})(?!\w))"
_DOUBTFUL = ")(?<!".join(words.DOUBTFUL_ABBREVIATIONS)
_NAME = (
    rf"(?:(?P<name>{any_of(words.WEEKDAYS)})s?(?: ?(?:{words.PARTS_OF_DAY}))?(?!\w)\.?"
    rf"|(?P<short>{any_of(words.WEEKDAY_ABBREVIATIONS)})(?!\w)"
    rf"(?:\.(?= ?{TIME})|(?<!{_DOUBTFUL})(?= ?{TIME})|\.?(?= ?(?:{DAY}|den |[0-9]{_NOT_A_COUNT}))))"
)
_COUNT = rf"(?:[0-9]{{1,2}}|{any_of(words.NUMBERS)})"
_NEXT_WEEK = rf"(?:{words.NEXT}|kommende|komande) (?:{words.WEEKS})"
_THIS_WEEK = rf"(?:denne|denna|dinna|this) (?:{words.WEEKS})"
# "Torsdag som var avtalt" is not over.
_WENT_BY = (
    rf"som (?:nettopp |nett |akkurat )?"
    rf"(?:(?:{words.WENT})(?!\w)|(?:{words.WAS})(?= ?(?:$|[.,!?;:)]|{TIME})))"
)


def _week_gone_by(count: str) -> str:
    """Give the pattern of "i forrige veke", "uka som gikk", "for to uker siden"."""
    return (
        rf"(?:(?:i|in|of|på|den|the) ){{0,2}}"
        rf"(?:(?:{words.PREVIOUS}) (?:{words.WEEKS})(?:'?s)?(?! (?:i|av|før|in|of|before)(?!\w))"
        rf"|(?:{words.WEEKS}) {_WENT_BY}"
        rf"|(?:for )?(?P<{count}>{_COUNT}) (?:{words.WEEKS}) (?:{words.AGO}))(?!\w)"
    )


_BEFORE = (
    rf"(?:(?P<after_past_week>{_week_gone_by('weeks_ago')},? ?(?:(?:på|om|on) )?)"
    rf"|(?P<not_one>{words.NOT_ONE_DAY}) |(?P<past>{words.PREVIOUS}|{words.SINCE}) "
    rf"|(?P<next>{words.NEXT}) "
    rf"|(?P<a_week_from>(?:a|en|ei) (?:{words.WEEKS}) (?:on|from|fra|frå) )"
    rf"|(?P<coming>{words.COMING}) |(?:{words.THIS}) )?"
)
_AFTER = (
    rf"(?: (?:om|in) (?P<count>{_COUNT}) (?:(?P<days>{words.DAYS})|(?:{words.WEEKS}))(?!\w)"
    rf"| (?P<bare_count>åtte|åtta|otte|8|fjorten|14) (?:{words.DAYS})(?!\w)"
    r"|(?P<english_week> week(?!\w))"
    r"|(?P<after_next> after next(?!\w))"
    rf"|(?P<went> {_WENT_BY}| sist(?! (?:i|på)(?!\w))(?!\w)| past(?= ?(?:$|[.,!?])))"
    rf"|(?P<in_past_week>(?: {TIME})? ?,? ?{_week_gone_by('ago')})"
    r"|(?P<comes> (?:som (?:kommer|kjem|kommar)|først ?kommende|først ?kom+ande)(?!\w)))?"
)
_PATTERN = re.compile(rf"(?<!\w)(?P<i>i )?{_BEFORE}{_NAME}{_AFTER}")
_WEEK_NUMBER = re.compile(
    word(rf"(?:i )?(?:{words.WEEKS})(?: nr\.?| nummer)? (?P<number>[0-9]{{1,2}})")
)
# "Flytte timen på fredag til neste uke": the week is not that of the Friday.
_IN_NEXT_WEEK = re.compile(
    word(
        rf"(?:i |på )?(?<!til )(?<!te )(?<!tel )(?<!to ){_NEXT_WEEK}"
        rf"|{_NEXT_WEEK}(?=,? (?:på |on )?(?:{any_of(words.WEEKDAYS)})(?!\w))"
    )
)
_IN_THIS_WEEK = re.compile(word(rf"(?:i |på )?{_THIS_WEEK}"))


@dataclass(frozen=True)
class WeekdayMention(Mention):
    """A weekday that was said.

    Attributes:
        weekday: 0 is Monday.
        dates: the days it may be; two where people mean different days by it.
        kind: "plain" the coming one; "loose" a coming one, told apart by a date beside it ("neste
            torsdag"); "week" one of a certain week; "past" one that has been.
    """

    weekday: int
    dates: tuple[date, ...]
    kind: Kind


@dataclass(frozen=True)
class _Week(Mention):
    monday: date


def take_weekdays(remaining: Remaining, today: date) -> list[WeekdayMention]:
    """Take the weekdays; a habit ("hver torsdag", "første torsdag i mai") is no day.

    Args:
        remaining: the message; what is understood is taken out of it.
        today: the day in Oslo.
    """
    week = _take_week(remaining, today)
    found = remaining.take(_PATTERN, WEEKDAY, lambda match: _read(match, today, week))
    named = [mention for mention in found if mention.dates]
    return [_with_week(mention, week) for mention in named] if week is not None else named


def coming(weekday: int, today: date) -> date:
    """Give the first such weekday after today; today's own is a week ahead."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % _DAYS_A_WEEK + 1)


def nearest(weekday: int, day: date, today: date) -> date:
    """Give the weekday at most three days from a date, or the coming one if that has passed."""
    ahead = (weekday - day.weekday() + 3) % _DAYS_A_WEEK - 3
    found = day + timedelta(days=ahead)
    return found if found >= today else coming(weekday, today)


def weeks_ahead(weekday: int, day: date, today: date) -> set[date]:
    """Give what "om to veker på tysdag" may mean.

    Args:
        weekday: the weekday that was said, 0 is Monday.
        day: today and the two weeks (or a month).
        today: the day in Oslo.

    Returns:
        The weekday nearest to `day`, and, for whole weeks, that long after the coming such weekday.
    """
    found = {nearest(weekday, day, today)}
    if (day - today).days % _DAYS_A_WEEK == 0:
        found.add(_first(weekday, today) + (day - today))
    return found


def _take_week(remaining: Remaining, today: date) -> _Week | None:
    this_monday = today - timedelta(days=today.weekday())
    numbered = remaining.take(_WEEK_NUMBER, " ", lambda match: _numbered_week(match, today))
    next_week = remaining.take(_IN_NEXT_WEEK, " ", lambda _: _Week(this_monday + _WEEK))
    this_week = remaining.take(_IN_THIS_WEEK, " ", lambda _: _Week(this_monday))
    return next(iter([*numbered, *next_week, *this_week]), None)


def _numbered_week(match: re.Match[str], today: date) -> _Week | None:
    year = today.isocalendar().year
    number = int(match["number"])
    for each in (year, year + 1):
        try:
            monday = date.fromisocalendar(each, number, 1)
        except ValueError:
            continue
        if monday + _WEEK >= today - RECENT:
            return _Week(monday)
    return None


def _read(match: re.Match[str], today: date, week: _Week | None) -> WeekdayMention:
    said = match.groupdict()
    name = said["name"]
    weekday = words.WEEKDAYS[name] if name else words.WEEKDAY_ABBREVIATIONS[said["short"]]
    if said["not_one"]:
        return WeekdayMention(weekday, (), "plain")
    weeks_ago = _weeks_ago(said)
    if weeks_ago:
        monday = today - timedelta(days=today.weekday()) - weeks_ago * _WEEK
        return WeekdayMention(weekday, (monday + timedelta(days=weekday),), "past")
    if said["past"] or said["went"] or (said["i"] and match.group(0).rstrip(". ").endswith("dags")):
        last = today - timedelta(days=(today.weekday() - weekday - 1) % _DAYS_A_WEEK + 1)
        return WeekdayMention(weekday, (last,), "past")
    weeks = _weeks_after(said)
    if weeks:
        return WeekdayMention(weekday, (_first(weekday, today) + weeks * _WEEK,), "week")
    if week is not None:
        return WeekdayMention(weekday, (week.monday + timedelta(days=weekday),), "week")
    return _coming_one(said, weekday, today)


def _coming_one(said: dict[str, str | None], weekday: int, today: date) -> WeekdayMention:
    ahead = coming(weekday, today)
    if said["after_next"]:
        return WeekdayMention(weekday, (ahead + _WEEK, ahead + 2 * _WEEK), "loose")
    if said["next"]:
        # Within one week "neste torsdag" is this one to some and the one after to others.
        later_this_week = weekday > today.weekday()
        dates = (ahead, ahead + _WEEK) if later_this_week else (ahead,)
        return WeekdayMention(weekday, dates, "loose")
    if said["coming"] or said["comes"] or weekday != today.weekday():
        return WeekdayMention(weekday, (ahead,), "plain")
    # "Torsdag" and "denne torsdagen" said on a Thursday may be today.
    return WeekdayMention(weekday, (today, ahead), "plain")


def _with_week(mention: WeekdayMention, week: _Week) -> WeekdayMention:
    of_that_week = mention.kind == "week" and week.monday <= mention.dates[0] < week.monday + _WEEK
    where = hull((mention.where, week.where)) if of_that_week else None
    return replace(mention, where=where) if where is not None else mention


def _weeks_after(said: dict[str, str | None]) -> int:
    if said["english_week"] or said["a_week_from"]:
        return 1
    count = said["count"] or said["bare_count"]
    if count is None:
        return 0
    number = count_of(count)
    if said["days"] or said["bare_count"]:
        return _DAYS_THAT_MEAN_WEEKS.get(number, 0)
    return number


def _weeks_ago(said: dict[str, str | None]) -> int:
    if said["after_past_week"] is None and said["in_past_week"] is None:
        return 0
    count = said["weeks_ago"] or said["ago"]
    return count_of(count) if count else 1


def _first(weekday: int, today: date) -> date:
    return today if weekday == today.weekday() else coming(weekday, today)
