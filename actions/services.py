"""What the actions work with, made once a process from settings and data."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import time

from videohjelp.appointments.opening_hours import Interval, OpeningHours
from videohjelp.appointments.working_days import ExtraClosed, WorkingCalendar
from videohjelp.directory.search import Directory
from videohjelp.directory.store import DirectoryFile
from videohjelp.guides.model import Guide
from videohjelp.guides.reading import read_guides
from videohjelp.handoff.store import CaseStore
from videohjelp.settings import ROOT, settings
from videohjelp.storage.schema import open_database
from videohjelp.topics import Title, TopicTitles, read_none_of_these, read_topic_titles

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@functools.lru_cache(maxsize=1)
def guides() -> dict[str, Guide]:
    """The guides of data/guides, by id."""
    return read_guides(ROOT / "data" / "guides")


@functools.lru_cache(maxsize=1)
def topic_titles() -> TopicTitles:
    """What the topics are called in menus."""
    return read_topic_titles(ROOT / "data" / "topics.yml")


@functools.lru_cache(maxsize=1)
def none_of_these() -> Title:
    """What the button is called for who meant none of the topics offered."""
    return read_none_of_these(ROOT / "data" / "topics.yml")


@functools.lru_cache(maxsize=1)
def _directory_file() -> DirectoryFile:
    return DirectoryFile(ROOT / "data" / "directory" / "departments.csv")


def directory() -> Directory:
    """The phone numbers in force; a changed file is taken up without a restart."""
    return _directory_file().directory


@functools.lru_cache(maxsize=1)
def calendar() -> WorkingCalendar:
    """Which days are working days."""
    closed = settings().closed_days
    extra = ExtraClosed(
        christmas_eve=closed.christmas_eve,
        new_years_eve=closed.new_years_eve,
        wednesday_before_easter=closed.wednesday_before_easter,
        dates=frozenset(closed.dates),
    )
    return WorkingCalendar(extra_closed=extra, saturday_counts=settings().saturday_counts)


@functools.lru_cache(maxsize=1)
def phone_hours() -> OpeningHours:
    """When the hospital answers the telephone."""
    return _opening_hours(settings().phone_hours)


@functools.lru_cache(maxsize=1)
def ikt_phone_hours() -> OpeningHours | None:
    """When Kundesenteret answers the telephone; None when that is not known."""
    hours = settings().ikt_phone_hours
    return _opening_hours(hours) if hours else None


@functools.lru_cache(maxsize=1)
def cases() -> CaseStore:
    """The hand-off cases."""
    url = os.environ.get("VIDEOHJELP_DATABASE_URL") or settings().database_url
    return CaseStore(open_database(url))


#: Where cases of the present task go instead: somebody only tries the assistant.
_tried_cases: ContextVar[CaseStore | None] = ContextVar("tried_cases", default=None)


def cases_of_conversation() -> CaseStore:
    """Where the present conversation's cases are kept: among the hand-off cases, unless it is a
    trial."""
    return _tried_cases.get() or cases()


@contextmanager
def cases_kept_in(store: CaseStore) -> Iterator[None]:
    """Keeps the cases of what is done within, in this task, in another store."""
    token = _tried_cases.set(store)
    try:
        yield
    finally:
        _tried_cases.reset(token)


def _opening_hours(by_weekday: dict[str, list[str]]) -> OpeningHours:
    weekly = {
        _WEEKDAYS.index(weekday): tuple(_interval(hours) for hours in intervals)
        for weekday, intervals in by_weekday.items()
    }
    return OpeningHours(weekly, calendar())


def _interval(text: str) -> Interval:
    start, end = text.split("-")
    return Interval(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
