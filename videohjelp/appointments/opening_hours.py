"""When a telephone is answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from videohjelp.appointments.oslo import at_oslo, in_oslo, is_before
from videohjelp.appointments.working_days import WorkingCalendar

_WEEKDAYS = range(7)
_DAYS_TO_SEARCH = 366


class NeverOpensError(LookupError):
    """There is no opening within a year: the hours or the closed days are set wrongly."""


@dataclass(frozen=True)
class Interval:
    """Open from `start` (included) to `end` (not included), both clock times in Oslo on one day.

    Raises:
        ValueError: the end is not after the start, or a time has a time zone of its own.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("Åpningstider skal være uten tidssone; de er alltid norsk tid.")
        if self.end <= self.start:
            raise ValueError(f"Åpningstiden {self.start}-{self.end} slutter før den begynner.")


@dataclass(frozen=True)
class OpeningHours:
    """Weekly opening hours in Oslo, closed on the calendar's holidays and extra closed days.

    The source's own hours are "man.-fred. klokka 0800-1530" (Før videokonsultasjonen, first point).

    Attributes:
        weekly: intervals by weekday (0 is Monday); a weekday that is missing is closed.
        calendar: says which days are closed. Saturdays are open only by `weekly`, whatever the
            calendar counts as a working day.

    Raises:
        ValueError: no hours at all, a weekday outside 0-6, or intervals that overlap or adjoin.
    """

    weekly: Mapping[int, tuple[Interval, ...]]
    calendar: WorkingCalendar

    def __post_init__(self) -> None:
        if not any(self.weekly.values()):
            raise ValueError("Åpningstidene er tomme.")
        for weekday, intervals in self.weekly.items():
            if weekday not in _WEEKDAYS:
                raise ValueError(f"Ukedagen {weekday} finnes ikke; mandag er 0 og søndag er 6.")
            ordered = sorted(intervals, key=lambda interval: interval.start)
            for earlier, later in pairwise(ordered):
                if later.start <= earlier.end:
                    raise ValueError(
                        f"Åpningstidene på ukedag {weekday} overlapper eller henger sammen."
                    )

    def is_open(self, now: datetime) -> bool:
        """Tell whether it is open at this moment.

        Raises:
            ValueError: `now` has no time zone.
        """
        return self.closes_at(now) is not None

    def closes_at(self, now: datetime) -> datetime | None:
        """Give the moment (Europe/Oslo) at which what is open now closes; None if it is closed.

        Raises:
            ValueError: `now` has no time zone.
        """
        here = in_oslo(now)
        for start, end in self._on(here.date()):
            if not is_before(here, start) and is_before(here, end):
                return end
        return None

    def next_opening(self, now: datetime) -> datetime:
        """Give the first moment (Europe/Oslo) after `now` at which it opens, open now or not.

        Raises:
            ValueError: `now` has no time zone.
            NeverOpensError: it does not open within a year.
        """
        here = in_oslo(now)
        for ahead in range(_DAYS_TO_SEARCH + 1):
            for start, _ in self._on(here.date() + timedelta(days=ahead)):
                if is_before(here, start):
                    return start
        raise NeverOpensError("Ingen åpning det neste året.")

    def _on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self.calendar.name_of_closed_day(day) is not None:
            return
        for interval in sorted(self.weekly.get(day.weekday(), ()), key=lambda each: each.start):
            yield at_oslo(day, interval.start), at_oslo(day, interval.end)
