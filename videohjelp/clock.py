"""The time, in one place, so that tests and story tests can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

#: Of the present task alone: others that are served at the same time keep the real time.
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, or the one that is set, with the time zone Europe/Oslo."""
    return _frozen.get() or datetime.now(OSLO)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Sets the time for what is done within, in this task. moment: with a time zone."""
    token = _frozen.set(moment.astimezone(OSLO))
    try:
        yield
    finally:
        _frozen.reset(token)
