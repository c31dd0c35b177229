"""Until when an appointment can be changed by message, and what to do now.

Source, Før videokonsultasjonen, first point: "Dersom det er mindre enn to virkedager igjen til
timen din, må du kontakte sykehuset direkte på telefon man.-fred. klokka 0800-1530."
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from videohjelp.appointments.opening_hours import NeverOpensError, OpeningHours
from videohjelp.appointments.oslo import at_oslo, in_oslo, is_before
from videohjelp.appointments.working_days import WorkingCalendar

_WORKING_DAYS_BEFORE = 2
_START_OF_DAY = time(0, 0)

Way = Literal["message", "phone"]


@dataclass(frozen=True)
class CancellationAdvice:
    """How to tell the hospital that an appointment cannot be kept.

    Attributes:
        deadline: the moment (Europe/Oslo) from which the telephone must be used.
        way: message on Helsenorge, or telephone.
        phone_open: whether the telephone is answered now.
        phone_opens_at: when it is answered next (Europe/Oslo); None while it is open. It may be
            later than the appointment: compare before saying it.
        phone_closes_at: when it closes (Europe/Oslo); None while it is closed.
        hour_known: whether the hour of the appointment was given. If not, the deadline is counted
            from the start of the day, the safe side.
    """

    deadline: datetime
    way: Way
    phone_open: bool
    phone_opens_at: datetime | None
    phone_closes_at: datetime | None
    hour_known: bool


def cancellation_deadline(day: date, at: time | None, calendar: WorkingCalendar) -> datetime:
    """Count two working days back from the appointment.

    Args:
        day: the day of the appointment, in Oslo.
        at: its hour, on the clock in Oslo and without a time zone; None if it is not known, and
            then the count begins at the start of the day.
        calendar: says which days count. An appointment on a day that does not count (a Saturday)
            is counted from the start of that day, so that two whole working days lie before it.

    Returns:
        The moment, in Europe/Oslo, from which less than two working days are left.

    Raises:
        ValueError: `at` has a time zone of its own.
        OverflowError: the appointment is in the first days of the year 1.
    """
    hour = at if at is not None and calendar.is_working_day(day) else _START_OF_DAY
    for _ in range(_WORKING_DAYS_BEFORE):
        day = calendar.previous_working_day(day)
    return at_oslo(day, hour)


def cancellation_advice(
    day: date,
    at: time | None,
    now: datetime,
    calendar: WorkingCalendar,
    phone_hours: OpeningHours,
) -> CancellationAdvice:
    """Say how the patient tells the hospital now.

    In doubt it is the telephone: exactly at the deadline, on the border day when the hour is not
    known, and when the appointment has passed.

    Args:
        day: the day of the appointment, in Oslo.
        at: its hour on the clock in Oslo, without a time zone, or None.
        now: the present moment, with a time zone.
        calendar: says which days count as working days.
        phone_hours: when the hospital answers the telephone.

    Raises:
        ValueError: `now` has no time zone, or `at` has one of its own.
    """
    here = in_oslo(now)
    deadline = cancellation_deadline(day, at, calendar)
    closes_at = phone_hours.closes_at(here)
    return CancellationAdvice(
        deadline=deadline,
        way="message" if is_before(here, deadline) else "phone",
        phone_open=closes_at is not None,
        phone_opens_at=None if closes_at is not None else _next_opening(phone_hours, here),
        phone_closes_at=closes_at,
        hour_known=at is not None,
    )


def _next_opening(phone_hours: OpeningHours, now: datetime) -> datetime | None:
    try:
        return phone_hours.next_opening(now)
    except NeverOpensError:
        return None
