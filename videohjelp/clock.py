"""The time, in one place, so that tests and story tests can set it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """The present moment, with the time zone Europe/Oslo."""
    return datetime.now(OSLO)
