"""The days and hours a message names, as values that can be kept, and the appointment they make.

What a message says is read once; the appointment is made of it alone, without the message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeVar

from videohjelp.appointments.appointment_text import AppointmentText, on_days
from videohjelp.appointments.spoken_dates import parse_appointment
from videohjelp.appointments.spoken_hour import parse_hour, parse_hour_alone

Read = TypeVar("Read", date, time)
Kind = Literal["date", "time"]
DATE: Kind = "date"
TIME: Kind = "time"

#: The value of a date that does not exist (31 November).
IMPOSSIBLE = "impossible"
#: The role of an hour that is one only as the answer to "at which hour?": "9", "09.05".
ANSWER = "answer"


@dataclass(frozen=True)
class TimeMention:
    """A day or an hour that is named.

    `value` is ISO 8601, "2026-12-24" or "10:30", on the clock in Oslo, or IMPOSSIBLE. `role` is
    None or ANSWER. `start` and `end` are the first character of the words and the one after them.
    """

    kind: Kind
    value: str
    role: str | None = None
    start: int = 0
    end: int = 0


def mentions_in(text: str, now: datetime) -> tuple[TimeMention, ...]:
    """Find what a message says about when: each day that may be meant, and the hour.

    `now` is the present moment, with a time zone; without one ValueError is raised.
    """
    said = parse_appointment(text, now)
    found: list[TimeMention] = []
    if said.day_places:
        days = [said.day] if said.day is not None else said.candidates
        values = [day.isoformat() for day in days] or [IMPOSSIBLE]
        found += [
            TimeMention(DATE, value, None, *place)
            for value, place in zip(values, said.day_places, strict=True)
        ]
    if said.at is not None and said.time_place is not None:
        found.append(TimeMention(TIME, said.at.isoformat("minutes"), None, *said.time_place))
    answer = parse_hour(text) if said.is_about_time else parse_hour_alone(text)
    if answer is not None and answer != said.at:
        found.append(TimeMention(TIME, answer.isoformat("minutes"), ANSWER, 0, len(text)))
    return tuple(found)


def appointment_of(mentions: Iterable[TimeMention], now: datetime) -> AppointmentText:
    """Give what `parse_appointment` reads in a message that names this.

    A value that is no day or no hour names nothing. `now` is the present moment, with a time zone.
    """
    known = list(mentions)
    at = _hour_of(known, None)
    values = [one.value for one in known if one.kind == DATE]
    if IMPOSSIBLE in values:
        return AppointmentText(None, at, "impossible")
    days = (_read(date, value) for value in values)
    return on_days({day for day in days if day is not None}, at, now)


def hour_of_answer(mentions: Iterable[TimeMention]) -> time | None:
    """Give what `parse_hour` reads: the hour, if the message answers the question for it."""
    known = list(mentions)
    return _hour_of(known, ANSWER) or _hour_of(known, None)


def _hour_of(mentions: Iterable[TimeMention], role: str | None) -> time | None:
    values = (one.value for one in mentions if one.kind == TIME and one.role == role)
    hours = (_read(time, value) for value in values)
    return next((hour for hour in hours if hour is not None), None)


def _read(kind: type[Read], value: str) -> Read | None:
    try:
        return kind.fromisoformat(value)
    except ValueError:
        return None
