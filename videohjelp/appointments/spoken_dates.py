"""When is the appointment? Reads a day and an hour out of a message in free text.

Norwegian order always: the day before the month ("4/12" is 4 December, in English too). In doubt it
asks (`ambiguous`) or leaves the hour open; it never guesses between two days.

A grammar of our own: the general date parsers know neither "halv elleve", "tysdag" nor "i mårå",
and take the words they do not know as not being there.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from videohjelp.appointments import spoken_words as words
from videohjelp.appointments.appointment_text import AppointmentText, has_passed, on_days
from videohjelp.appointments.oslo import in_oslo
from videohjelp.appointments.spoken_calendar import (
    CalendarMention,
    NumberAfterWeekday,
    next_days_numbered,
    take_calendar_dates,
    take_days_of_month,
    take_numbers_after_weekdays,
)
from videohjelp.appointments.spoken_relative import (
    RelativeMention,
    take_days_past,
    take_moment,
    take_relative_days,
)
from videohjelp.appointments.spoken_text import TIME, Place, Remaining, any_of, hull, word
from videohjelp.appointments.spoken_times import TimeReader
from videohjelp.appointments.spoken_weekdays import (
    WeekdayMention,
    nearest,
    take_weekdays,
    weeks_ahead,
)

AnyMention = CalendarMention | RelativeMention | WeekdayMention

_MAX_CANDIDATES = 4
_FULL_MONTHS = any_of(each for each in words.MONTHS if len(each) > len("mars") or each == "mars")
_IN_MONTH = re.compile(word(rf"(?:i|in|til) (?P<month>{_FULL_MONTHS}|mai|juni|juli)"))
# "Torsdag etter påske", "tirsdag i neste måned": the weekday alone would be a guess.
_SOME_OTHER_TIME = re.compile(
    word(
        r"(?:etter|over|før|i|after|before) (?:jul|jula|påske|påsken|påska|nyttår|pinse|pinsen"
        r"|pinsa|ferien|sommeren|sommaren|vinterferien|høstferien|haustferien|christmas"
        r"|easter|new year)"
        rf"|romjul\w*|påskeuk\w*|påskevek\w*|(?:{words.NEXT}) (?:{words.MONTH_UNITS})"
    )
)


def parse_appointment(text: str, now: datetime) -> AppointmentText:
    """Read when the appointment is. Any text gives an answer; only its first 500 characters count.

    Args:
        text: what the patient wrote: bokmål, nynorsk, dialect or English.
        now: the present moment, with a time zone.

    Raises:
        ValueError: `now` has no time zone.
    """
    here = in_oslo(now)
    return _Reading(text, here).result()


class _Reading:
    """One message on its way from text to a day and an hour."""

    def __init__(self, text: str, now: datetime) -> None:
        self._now = now
        self._today = now.date()
        remaining = self._remaining = Remaining(text)
        self._clock = TimeReader(remaining.text)
        self._times = self._clock.take_marked(remaining)
        self._calendar = take_calendar_dates(remaining, self._today)
        # Weekdays first: "mandag om ei veke" is one expression.
        self._weekdays = take_weekdays(remaining, self._today)
        self._relative = take_relative_days(remaining, self._today)
        self._past = take_days_past(remaining, self._today)
        self._calendar += take_days_of_month(remaining, self._today)
        self._times += self._clock.take_bare(remaining)
        self._time_places = remaining.taken(TIME)
        for number in take_numbers_after_weekdays(remaining):
            self._judge_number(number)
        later_today = all(each.dates == (self._today,) for each in self._relative)
        if later_today and not (self._calendar or self._weekdays):
            self._take_moment(remaining)
        self._drop_vague_weekdays(remaining)

    def result(self) -> AppointmentText:
        """Put together what was found."""
        self._read_hours_that_look_like_dates()
        at = self._time()
        found, mentions = self._judge(at)
        return replace(
            found,
            day_places=_places(found.candidates, mentions),
            time_place=self._time_places[0] if at is not None else None,
            is_about_time=self._remaining.is_shortened,
        )

    def _judge(self, at: time | None) -> tuple[AppointmentText, list[AnyMention]]:
        impossible: list[AnyMention] = [mention for mention in self._calendar if not mention.dates]
        if impossible:
            return AppointmentText(None, at, "impossible"), impossible
        options = self._options(at)
        if not options:
            return self._nothing_ahead(at)
        weekdays = [mention for mention in self._weekdays if mention.kind != "past"]
        mentions: list[AnyMention] = [*self._calendar, *self._relative, *weekdays]
        return on_days(sorted(options)[:_MAX_CANDIDATES], at, self._now), mentions

    def _time(self) -> time | None:
        different = set(self._times)
        return different.pop() if len(different) == 1 else None

    def _options(self, at: time | None) -> set[date]:
        days_of_month = [each for each in self._calendar if each.day_of_month_only]
        anchors = {each.dates[0] for each in self._calendar if not each.day_of_month_only}
        anchors.update(self._by_weekday(each) for each in days_of_month)
        anchors.update(self._relative_days(beside=anchors))
        options = set(anchors)
        for weekday in self._weekdays:
            if weekday.kind != "past" and not _agrees(weekday, anchors):
                options |= self._instead(weekday, anchors, at)
        return options

    def _relative_days(self, beside: set[date]) -> set[date]:
        days: set[date] = set()
        for mention in self._relative:
            if not mention.exact and (beside or self._weekdays):
                # Weeks are said roughly: a date beside them counts, or else the weekday.
                if not beside:
                    for each in self._weekdays:
                        days |= weeks_ahead(each.weekday, mention.dates[0], self._today)
                continue
            agreeing = set(mention.dates) & beside
            weekdays = {each.weekday for each in self._weekdays}
            fitting = {each for each in mention.dates if each.weekday() in weekdays}
            days |= agreeing or fitting or set(mention.dates)
        return days

    def _instead(self, weekday: WeekdayMention, anchors: set[date], at: time | None) -> set[date]:
        if not anchors:
            return {each for each in weekday.dates if not has_passed(each, at, self._now)} or set(
                weekday.dates
            )
        if weekday.kind == "week" or any(each.or_time for each in self._calendar):
            return set(weekday.dates)
        return {nearest(weekday.weekday, anchor, self._today) for anchor in anchors}

    def _by_weekday(self, mention: CalendarMention) -> date:
        weekdays = {each.weekday for each in self._weekdays}
        fitting = (each for each in mention.dates if each.weekday() in weekdays)
        return next(fitting, mention.dates[0])

    def _read_hours_that_look_like_dates(self) -> None:
        """Take "10.10" as an hour where another day is said: "24.12 10.10", "i morgen 10.10".

        After a weekday it is one if as a date it has passed and falls on another weekday.
        """
        if any(each.one_of_several for each in self._calendar):
            return
        weekdays = {each.weekday for each in self._weekdays}
        sure = {day for each in self._calendar if each.or_time is None for day in each.dates[:1]}
        sure.update(day for each in self._relative for day in each.dates)
        kept: list[CalendarMention] = []
        for mention in self._calendar:
            other_day = bool(sure) and not sure & set(mention.dates)
            past_and_other = bool(weekdays) and all(
                day < self._today and day.weekday() not in weekdays for day in mention.dates
            )
            if mention.or_time is not None and (other_day or past_and_other):
                self._add_time(mention.or_time, mention.where)
            else:
                kept.append(mention)
                sure.update(mention.dates)
        self._calendar = kept

    def _judge_number(self, number: NumberAfterWeekday) -> None:
        """Decide whether the number in "torsdag 17" is a day of the month or an hour."""
        weekdays = {each.weekday for each in self._weekdays}
        days = next_days_numbered(number.number, self._today)
        fitting = tuple(day for day in days if day.weekday() in weekdays)
        hour = self._clock.appointment_time(number.number)
        sure_of_day = bool(self._calendar or self._relative)
        if sure_of_day or number.in_letters or (hour is not None and not fitting):
            if hour is not None:
                self._times.append(hour)
                self._time_places.append(number.where)
            return
        expected = {day for each in self._weekdays for day in each.dates}
        if fitting and (number.ordinal or hour is None or set(fitting) & expected):
            self._add_days(number, fitting, day_of_month_only=True)
        elif fitting:
            # The weekday with an hour, or that weekday later in the month.
            self._add_days(number, fitting[:1])
            self._add_days(number, tuple(sorted(expected)[:1]))
        else:
            self._add_days(number, days, day_of_month_only=True)

    def _add_days(
        self, number: NumberAfterWeekday, days: tuple[date, ...], day_of_month_only: bool = False
    ) -> None:
        self._calendar.append(CalendarMention(days, day_of_month_only, where=number.where))

    def _take_moment(self, remaining: Remaining) -> None:
        for found in take_moment(remaining, self._now)[:1]:
            self._relative = [RelativeMention((found.moment.date(),), where=found.where)]
            if not self._times:
                self._times.append(found.moment.time())
                self._time_places.append(found.where)

    def _drop_vague_weekdays(self, remaining: Remaining) -> None:
        if remaining.has(_SOME_OTHER_TIME):
            self._weekdays = []
        month = _IN_MONTH.search(remaining.text)
        if month is not None:
            number = words.MONTHS[month["month"]]
            self._weekdays = [
                each for each in self._weekdays if all(day.month == number for day in each.dates)
            ]

    def _add_time(self, clock: time, where: Place) -> None:
        meant = self._clock.appointment_time(clock.hour, clock.minute)
        if meant is not None:
            self._times.append(meant)
            self._time_places.append(where)

    def _nothing_ahead(self, at: time | None) -> tuple[AppointmentText, list[AnyMention]]:
        past: list[AnyMention] = [*self._past, *self._weekdays]
        if past:
            return AppointmentText(past[0].dates[0], at, "past"), [past[0]]
        return AppointmentText(None, at, "no_date"), []


def _places(candidates: Sequence[date], mentions: Sequence[AnyMention]) -> tuple[Place, ...]:
    whole = hull(mention.where for mention in mentions)
    if whole is None:
        return ()
    named = (hull(one.where for one in mentions if day in one.dates) for day in candidates)
    return tuple(place or whole for place in named) or (whole,)


def _agrees(weekday: WeekdayMention, anchors: set[date]) -> bool:
    same = [day for day in anchors if day.weekday() == weekday.weekday]
    if weekday.kind == "week":
        return any(day in weekday.dates for day in same)
    return bool(same)
