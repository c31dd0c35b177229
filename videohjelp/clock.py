"""The time, in one place, so that tests and story tests can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from time import monotonic, time
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, with the time zone Europe/Oslo."""
    return _frozen.get() or datetime.now(OSLO)


def clock_ahead() -> float:
    """By how many seconds the wall clock is ahead of the one that nobody sets.

    It changes only when the wall clock is set (or the machine has slept): smaller than before
    means set back.
    """
    return time() - monotonic()


@contextmanager
def frozen(moment: datetime | None) -> Iterator[None]:
    """Within it `now()` is this moment; the real one for None.

    moment: with a time zone. It holds for this thread or task, and for the tasks and threads that
    asyncio starts from it; others keep their time. Raises ValueError for a moment without a zone.
    """
    if moment is not None and moment.tzinfo is None:
        raise ValueError("the moment must have a time zone")
    before = _frozen.set(None if moment is None else moment.astimezone(OSLO))
    try:
        yield
    finally:
        _frozen.reset(before)
