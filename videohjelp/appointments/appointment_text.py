"""What a message says about when the appointment is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from videohjelp.appointments.oslo import at_oslo, in_oslo, is_before
from videohjelp.appointments.spoken_relative import add_months
from videohjelp.appointments.spoken_text import Place

Problem = Literal["none", "no_date", "past", "impossible", "ambiguous", "too_far"]

MONTHS_AHEAD = 18


@dataclass(frozen=True)
class AppointmentText:
    """What a message says about when the appointment is.

    Attributes:
        day: the day in Oslo. Also given with the problems "past" and "too_far".
        at: the hour on the clock in Oslo, without a time zone; None if it was not said, or if
            several were. It may be given without a day.
        problem: "none"; "no_date" nothing that names a day; "past"; "impossible" there is no such
            date (31.11); "ambiguous" several days may be meant; "too_far" more than 18 months
            ahead.
        candidates: the days to ask about when it is ambiguous, in order.
        day_places: where the words stand that say the day, or each of the candidates, or a date
            that does not exist; none without such words.
        time_place: where the words stand that say at which hour; None without `at`.
        is_about_time: whether any words say when, understood or not.
    """

    day: date | None
    at: time | None
    problem: Problem
    candidates: tuple[date, ...] = ()
    day_places: tuple[Place, ...] = field(default=(), compare=False)
    time_place: Place | None = field(default=None, compare=False)
    is_about_time: bool = field(default=False, compare=False)


def on_days(days: Collection[date], at: time | None, now: datetime) -> AppointmentText:
    """Judge the days that an appointment may be on.

    Args:
        days: several when it is not clear which one is meant.
        at: the hour on the clock in Oslo, without a time zone, or None.
        now: the present moment, with a time zone.

    Raises:
        ValueError: `now` has no time zone.
    """
    if not days:
        return AppointmentText(None, at, "no_date")
    if len(days) > 1:
        return AppointmentText(None, at, "ambiguous", tuple(sorted(days)))
    (day,) = days
    if has_passed(day, at, now):
        return AppointmentText(day, at, "past")
    if day > add_months(in_oslo(now).date(), MONTHS_AHEAD):
        return AppointmentText(day, at, "too_far")
    return AppointmentText(day, at, "none")


def has_passed(day: date, at: time | None, now: datetime) -> bool:
    """Tell whether a day, or an hour of today, lies before `now` (with a time zone)."""
    today = in_oslo(now).date()
    if day != today or at is None:
        return day < today
    return is_before(at_oslo(day, at), now)
