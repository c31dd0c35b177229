"""Deletes what is not needed any more, and what a patient wants deleted (SLETT)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.sms.tables import DEAD, OPEN, inbox, outbox, reports, senders

if TYPE_CHECKING:
    from videohjelp.sms.inbox import InboxMessage

#: How long the limits look back at most: a day in Oslo can have 25 hours.
_LIMITS_LOOK_BACK = timedelta(hours=25)


@dataclass(frozen=True)
class Deleted:
    """How much was deleted. numbers: those whose reply could not be sent in time."""

    numbers: int
    messages: int


class Retention:
    """Deletion by age; to be run about once an hour."""

    def __init__(
        self, engine: Engine, *, numbers: timedelta, messages: timedelta, limit_window: timedelta
    ) -> None:
        """Takes the database.

        numbers: how long a number is kept when its reply cannot be sent. messages: how long rows
        are kept. limit_window: the window of the limits, which look at messages of that time.
        """
        self._engine = engine
        self._numbers = numbers
        self._messages = messages
        self._look_back = max(limit_window, _LIMITS_LOOK_BACK)

    def delete_old(self, now: datetime) -> Deleted:
        """Deletes what is too old at `now` (with a time zone). Opt-outs stay."""
        with self._engine.begin() as connection:
            numbers = _expire_numbers(connection, now - self._numbers)
            _anonymise(connection, now - self._look_back)
            messages = _delete_rows(connection, now - self._messages)
        return Deleted(numbers, messages)


def forget(connection: Connection, message: InboxMessage) -> None:
    """Deletes everything of the sender of a claimed message but opt-outs, for Inbox.finish.

    What stays of earlier messages are rows without sender, text and number: without them a message
    that the provider delivers twice would be answered again, and the day's segments be uncounted.
    Replies on their way lose the sender when they are sent, and messages of the last 25 hours then:
    else SLETT would be a way around the limits. The assistant's conversations are deleted by the
    caller, before (all whose id begins with sessions.conversation_prefix).
    """
    sender_id = message.sender_id
    connection.execute(sa.delete(senders).where(senders.c.sender_id == sender_id))
    # Later messages are not answered yet, and are no part of what is to be deleted.
    own = sa.and_(inbox.c.sender_id == sender_id, inbox.c.id <= message.id)
    connection.execute(sa.update(inbox).where(own).values(forgotten=True))
    connection.execute(
        sa.update(outbox).where(outbox.c.sender_id == sender_id).values(forgotten=True)
    )
    _anonymise(connection, message.received_at - _LIMITS_LOOK_BACK)


def _anonymise(connection: Connection, messages_before: datetime) -> None:
    columns = outbox.c
    closed = sa.and_(columns.forgotten, columns.sender_id != "", columns.state.notin_(OPEN))
    of_closed = (
        sa.select(columns.id)
        .where(closed, columns.provider == reports.c.provider)
        .where(columns.provider_message_id == reports.c.provider_message_id)
        .exists()
    )
    connection.execute(sa.delete(reports).where(of_closed))
    connection.execute(
        sa.update(outbox)
        .where(closed)
        .values(sender_id="", number=None, text=None, provider_message_id=None)
    )
    connection.execute(
        sa.update(inbox)
        .where(inbox.c.forgotten, inbox.c.sender_id != "", inbox.c.state.notin_(OPEN))
        .where(inbox.c.received_at < messages_before)
        .values(sender_id="")
    )


#: A table, which of its rows are old, and the column of their age.
Old = tuple[sa.Table, Any, "sa.Column[Any]"]


def old_numbers(before: datetime) -> tuple[Old, ...]:
    """The rows whose number is older than a moment (with a time zone)."""
    return tuple(
        (table, sa.and_(table.c.number.isnot(None), made_at < before), made_at)
        for table, made_at in ((inbox, inbox.c.received_at), (outbox, outbox.c.created_at))
    )


def old_messages(before: datetime) -> tuple[Old, ...]:
    """The rows that are older than a moment (with a time zone) and need not be dealt with."""
    return (
        (
            inbox,
            sa.and_(inbox.c.received_at < before, inbox.c.state.notin_(OPEN)),
            inbox.c.received_at,
        ),
        (
            outbox,
            sa.and_(outbox.c.created_at < before, outbox.c.state.notin_(OPEN)),
            outbox.c.created_at,
        ),
        (reports, reports.c.reported_at < before, reports.c.reported_at),
        (senders, senders.c.received_at < before, senders.c.received_at),
    )


def expire_numbers_before(engine: Engine, moment: datetime) -> int:
    """Deletes numbers older than a moment (with a zone), with their texts; gives how many."""
    with engine.begin() as connection:
        return _expire_numbers(connection, moment)


def delete_messages_before(engine: Engine, moment: datetime) -> int:
    """Deletes rows older than a moment (with a time zone); gives how many."""
    with engine.begin() as connection:
        return _delete_rows(connection, moment)


def _expire_numbers(connection: Connection, before: datetime) -> int:
    expired = 0
    for table, old, _ in old_numbers(before):
        unfinished = sa.and_(old, table.c.state.in_(OPEN))
        closing = sa.update(table).where(unfinished).values(state=DEAD, error="expired")
        connection.execute(closing)
        deleting = sa.update(table).where(old).values(number=None, text=None)
        expired += connection.execute(deleting).rowcount
    return expired


def _delete_rows(connection: Connection, before: datetime) -> int:
    return sum(
        int(connection.execute(sa.delete(table).where(old)).rowcount)
        for table, old, _ in old_messages(before)
    )
