"""The one time zone of the product: Europe/Oslo."""

from datetime import date, datetime, time, timezone
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def in_oslo(moment: datetime) -> datetime:
    """Give the same moment on the clock in Oslo.

    Raises:
        ValueError: the moment has no time zone, so nobody can know which moment it is.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"Tidspunktet {moment.isoformat()} mangler tidssone.")
    return moment.astimezone(OSLO)


def at_oslo(day: date, clock: time) -> datetime:
    """Give the moment of a day and a clock time in Oslo.

    A time that does not exist (the hour skipped in March) becomes the same moment an hour later on
    the clock; of a time that comes twice (October) the first is taken.

    Raises:
        ValueError: `clock` has a time zone of its own.
    """
    if clock.tzinfo is not None:
        raise ValueError("Klokkeslettet skal være uten tidssone; det er alltid norsk tid.")
    wall = datetime.combine(day, clock.replace(fold=0), tzinfo=OSLO)
    return wall.astimezone(timezone.utc).astimezone(OSLO)


def is_before(first: datetime, second: datetime) -> bool:
    """Tell whether the first moment is earlier than the second.

    Python compares two times of one zone by the clock on the wall, which is wrong by an hour on the
    night the clocks go back.
    """
    return first.astimezone(timezone.utc) < second.astimezone(timezone.utc)
