"""Counts what is stored, by day in Oslo: conversations, topics, answers, hand-offs, opinions."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.clock import OSLO
from videohjelp.feedback.tables import feedback
from videohjelp.handoff.tables import handoff_cases
from videohjelp.storage.notable_events import NOT_ANSWERED
from videohjelp.storage.tables import conversation_events

_PAGE = 1000


@dataclass
class Day:
    """One day. conversations: by channel, counted on the day they began. seconds: of each answer.

    written: messages in patients' own words; answered: those of them that were
    neither not understood nor out of scope.
    """

    day: date
    conversations: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    written: int = 0
    answered: int = 0
    handoffs: int = 0
    thumbs_up: int = 0
    thumbs_down: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def answered_share(self) -> float | None:
        """Share of written messages that were answered; None without any."""
        return self.answered / self.written if self.written else None

    @property
    def median_seconds(self) -> float | None:
        """The median time until the whole answer was there; None without any."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def slow_seconds(self) -> float | None:
        """What 95 of 100 answers did not take longer than; None without any."""
        if not self.seconds:
            return None
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * 0.95))]


def count_days(engine: Engine, last: date, days: int, topics: Collection[str]) -> list[Day]:
    """So many days up to the last one, in order. topics: the intents that count as a topic.

    Raises SQLAlchemyError when the database is away.
    """
    found = {day: Day(day) for day in (last - timedelta(days=ago) for ago in reversed(range(days)))}
    begin = datetime.combine(last - timedelta(days=days - 1), datetime.min.time(), OSLO)
    begun: set[str] = set()
    asked: dict[str, tuple[Day, float, float]] = {}
    for sender, position, event in _events(engine, begin):
        moment = datetime.fromtimestamp(event["timestamp"], OSLO)
        day = found.get(moment.date())
        if day is None:
            continue
        if event["event"] == "user":
            _answered(asked.pop(sender, None))
            asked[sender] = (day, event["timestamp"], event["timestamp"])
            if sender not in begun:
                begun.add(sender)
                if position < _EARLY:
                    day.conversations[str(event.get("input_channel") or "web")] += 1
            _count_message(day, event, topics)
        elif sender in asked:
            asked[sender] = (*asked[sender][:2], event["timestamp"])
    for waiting in asked.values():
        _answered(waiting)
    _count_tables(engine, begin, found)
    return list(found.values())


#: Before the patient's first message stand only a few events of Rasa's own.
_EARLY = 8


def _events(engine: Engine, begin: datetime) -> Iterator[tuple[str, int, dict[str, Any]]]:
    columns = conversation_events.c
    query = (
        sa.select(columns.sender_id, columns.position, columns.data)
        .where(columns.timestamp >= begin.timestamp())
        .where(
            sa.or_(columns.data.like('%"event": "user"%'), columns.data.like('%"event": "bot"%'))
        )
        .order_by(columns.sender_id, columns.position)
        .execution_options(yield_per=_PAGE)
    )
    with engine.connect() as connection:
        for row in connection.execute(query):
            event = json.loads(row.data)
            if event.get("event") in ("user", "bot") and event.get("timestamp"):
                yield row.sender_id, row.position, event


def _count_message(day: Day, event: dict[str, Any], topics: Collection[str]) -> None:
    intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
    if intent in topics:
        day.topics[str(intent)] += 1
    text = str(event.get("text") or "")
    if text and not text.startswith("/"):
        day.written += 1
        day.answered += intent not in NOT_ANSWERED


def _answered(asked: tuple[Day, float, float] | None) -> None:
    if asked is not None and asked[2] > asked[1]:
        asked[0].seconds.append(asked[2] - asked[1])


def _count_tables(engine: Engine, begin: datetime, found: Mapping[date, Day]) -> None:
    cases = sa.select(handoff_cases.c.created_at).where(handoff_cases.c.created_at >= begin)
    opinions = sa.select(feedback.c.given_at, feedback.c.rating).where(feedback.c.given_at >= begin)
    with engine.connect() as connection:
        for row in connection.execute(cases):
            if day := found.get(row.created_at.astimezone(OSLO).date()):
                day.handoffs += 1
        for row in connection.execute(opinions):
            if day := found.get(row.given_at.astimezone(OSLO).date()):
                day.thumbs_up += row.rating == "up"
                day.thumbs_down += row.rating == "down"
