"""How much one number may write, and how much may be sent in a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from enum import Enum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.appointments.oslo import at_oslo, in_oslo
from videohjelp.sms.tables import DROPPED, count_by, inbox, outbox
from videohjelp.storage.engine import reading

if TYPE_CHECKING:
    from videohjelp.sms.inbox import InboxMessage


class Verdict(Enum):
    """What a message gets: an answer, the notice with the phone number, or nothing."""

    ALLOW = "allow"
    TELL_ONCE = "told"
    SILENT = "silent"


class Limits:
    """The limits, counted from the stored messages: they survive restarts and hold for all workers.

    A verdict is advice. Whoever answers must still have every message understood, and answer one
    that means danger to life whatever the verdict; and opting out and deleting work over the limit
    as well, with no more than the reply that the verdict allows.
    """

    def __init__(
        self, engine: Engine, *, messages: int, window: timedelta, daily_segments: int
    ) -> None:
        """Takes the database.

        messages: how many of one number are answered within any `window`. daily_segments: how many
        segments go out in a day in Oslo, to all numbers together.
        """
        self._engine = engine
        self._messages = messages
        self._window = window
        self._daily_segments = daily_segments

    def verdict(self, message: InboxMessage) -> Verdict:
        """What the limits say about a claimed message.

        Over a limit the first message is TELL_ONCE and those after it SILENT, until one is allowed
        again; over the daily budget once each day. The same message gets the same verdict when it
        is handled again, as long as the budget lasts. Several workers may together exceed the
        budget by the replies that they are writing at that moment.
        """
        today = day_start(message.received_at)
        over_rate = self._count(message) > self._messages
        over_budget = self.segments_since(today) >= self._daily_segments
        if not over_rate and not over_budget:
            return Verdict.ALLOW
        columns = inbox.c
        query = (
            sa.select(columns.limited, columns.received_at)
            .where(columns.sender_id == message.sender_id, columns.id < message.id)
            .order_by(columns.id.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            before = connection.execute(query).first()
        if before is None or before.limited is None:
            return Verdict.TELL_ONCE
        told_before = over_rate or before.received_at >= today
        return Verdict.SILENT if told_before else Verdict.TELL_ONCE

    def segments_since(self, moment: datetime) -> int:
        """How many segments were put into the outbox since a moment (with a time zone)."""
        query = sa.select(sa.func.sum(outbox.c.segments)).where(
            outbox.c.created_at >= moment, outbox.c.state != DROPPED
        )
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar() or 0)

    def counts(self, now: datetime) -> dict[str, int]:
        """Of the day in Oslo so far: `told` and `silent` messages, and `segments` sent."""
        today = day_start(now)
        limited = inbox.c.limited
        found = count_by(self._engine, limited, limited.isnot(None), inbox.c.received_at >= today)
        return {
            Verdict.TELL_ONCE.value: 0,
            Verdict.SILENT.value: 0,
            **found,
            "segments": self.segments_since(today),
        }

    def _count(self, message: InboxMessage) -> int:
        columns = inbox.c
        query = (
            sa.select(sa.func.count())
            .select_from(inbox)
            .where(columns.sender_id == message.sender_id, columns.id <= message.id)
            .where(columns.received_at > message.received_at - self._window)
            # Later ones came before the clock was set back: they would count until it is there.
            .where(columns.received_at <= message.received_at)
        )
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar() or 0)


def day_start(moment: datetime) -> datetime:
    """When the moment's day in Oslo began, in UTC. Raises ValueError without a time zone."""
    return at_oslo(in_oslo(moment).date(), time()).astimezone(timezone.utc)
