"""Messages to patients: each is sent once as far as the provider allows, in order for each patient.

The way of a message: waiting -> taken (being sent) -> sent, or waiting again (`retry`), or dead.
A worker that dies while it sends leaves the message taken. Nobody knows then whether the provider
got it, so it is never sent again just like that: when the lease is over, `uncertain` hands it out,
and the caller finds out. In this order:

1. The provider knows idempotency keys, and got `key` with the first try: `retry`, it sends no
   second message.
2. The provider can be asked whether it has a message with this `key` (or to this number with this
   text since `created_at`): `sent` when it has, `retry` when it surely has not.
3. The provider's status callback carries `key` (in its URL): `sent` as soon as one comes. Until
   then `postpone` and wait: some minutes are enough.
4. Nothing is known: `dead` with the error "uncertain". A person sees it among the dead letters, and
   resends it when the patient has got nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.sms import queue
from videohjelp.sms.consent import drop_unwanted
from videohjelp.sms.tables import (
    DEAD,
    OPEN,
    SENT,
    TAKEN,
    WAITING,
    count_by,
    storable,
)
from videohjelp.sms.tables import outbox as table


@dataclass(frozen=True)
class Reply:
    """One message to send. segments: of how many parts it consists."""

    text: str = field(repr=False)
    segments: int


@dataclass(frozen=True)
class OutgoingMessage:
    """A message that a worker has claimed in order to send it.

    key: the idempotency key for the provider, the same at each try. number: encrypted. token:
    belongs to this claim alone. attempts: this one included. created_at: UTC.
    """

    id: int
    key: str
    token: int
    attempts: int
    provider: str
    service_number: str
    sender_id: str
    segments: int
    created_at: datetime
    number: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True)
class ShownMessage:
    """A message as the simulator shows it. created_at: UTC."""

    id: int
    text: str = field(repr=False)
    segments: int
    state: str
    created_at: datetime


class Outbox:
    """The stored outbox, for any number of sending processes."""

    def __init__(self, engine: Engine) -> None:
        """Takes the database."""
        self._engine = engine

    def claim(self, now: datetime, lease: timedelta) -> OutgoingMessage | None:
        """The longest waiting message that is due and first of its patient's; None without one.

        now: with a time zone. lease: longer than the provider's time-out.
        """
        return self._claim((WAITING,), now, lease)

    def uncertain(self, now: datetime, lease: timedelta) -> OutgoingMessage | None:
        """A message whose sending was begun and whose lease is over; None without one.

        It is the caller's until `now + lease` (with a time zone). What to do: see above.
        """
        return self._claim((TAKEN,), now, lease)

    def sent(self, key: str, provider_message_id: str, now: datetime) -> bool:
        """Notes that the provider has the message, and deletes the patient's number.

        Holds whoever has the message at present: it is a fact. False when it was closed before.
        """
        change = (
            sa.update(table)
            .where(table.c.key == key, table.c.state.in_(OPEN))
            .values(
                state=SENT,
                sent_at=now,
                provider_message_id=provider_message_id,
                number=None,
                error=None,
            )
        )
        with self._engine.begin() as connection:
            return bool(connection.execute(change).rowcount == 1)

    def retry(self, message: OutgoingMessage, at: datetime, error: str) -> None:
        """Gives a claimed message back: surely not sent, to be tried again at a time (with a zone).

        It is dropped when the patient has opted out since. error: the kind of error, never what the
        provider wrote. Raises LostLeaseError when it is not the caller's any more.
        """
        with self._engine.begin() as connection:
            queue.change_taken(
                connection, table, message, state=WAITING, available_at=at, error=error[:60]
            )
            drop_unwanted(connection, message.service_number, message.sender_id)

    def postpone(self, message: OutgoingMessage, until: datetime) -> None:
        """Leaves an uncertain message uncertain until a time (with a zone).

        Raises LostLeaseError when it is not the caller's any more.
        """
        with self._engine.begin() as connection:
            queue.change_taken(connection, table, message, available_at=until)

    def dead(self, message: OutgoingMessage, error: str) -> None:
        """Gives a claimed message up; it becomes a dead letter (videohjelp/sms/dead_letters.py).

        Its number is kept so that it can be sent again, until it is deleted by age. error: the
        kind of error. Raises LostLeaseError when it is not the caller's any more.
        """
        with self._engine.begin() as connection:
            queue.change_taken(connection, table, message, state=DEAD, error=error[:60])

    def provider_ids(self, sender_id: str) -> frozenset[str]:
        """The provider's ids of all messages to a sender that it surely has."""
        query = sa.select(table.c.provider_message_id).where(
            table.c.sender_id == sender_id, table.c.provider_message_id.isnot(None)
        )
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def messages_to(
        self, provider: str, sender_ids: Sequence[str], after: int
    ) -> tuple[ShownMessage, ...]:
        """The messages to a number that went over a provider, above an id, the oldest first.

        sender_ids: PhoneIds.candidates of the number.
        """
        query = (
            sa.select(table)
            .where(table.c.provider == provider, table.c.sender_id.in_(sender_ids))
            .where(table.c.id > after, table.c.text.isnot(None))
            .order_by(table.c.id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(
            ShownMessage(row.id, row.text, row.segments, row.state, row.created_at) for row in rows
        )

    def counts(self) -> dict[str, int]:
        """How many messages are waiting, taken, sent, dead, dropped, resent."""
        return count_by(self._engine, table.c.state)

    def oldest_open(self) -> datetime | None:
        """When the longest unsent message was made (UTC); None when none is on its way."""
        return queue.oldest_open(self._engine, table, table.c.created_at)

    def _claim(
        self, states: tuple[str, ...], now: datetime, lease: timedelta
    ) -> OutgoingMessage | None:
        row = queue.claim(self._engine, table, states, now, lease)
        return None if row is None else queue.record(OutgoingMessage, row)


def add(
    connection: Connection,
    reply: Reply,
    *,
    provider: str,
    service_number: str,
    sender_id: str,
    number: str,
    now: datetime,
    forgotten: bool = False,
) -> int:
    """Puts a message at the end of the queue; gives its id.

    number: encrypted. now: when it was made, with a time zone; it is due at once. forgotten:
    whether the sender has asked to be deleted.
    """
    statement = sa.insert(table).values(
        key=secrets.token_hex(16),
        provider=provider,
        service_number=service_number,
        sender_id=sender_id,
        number=number,
        text=storable(reply.text),
        segments=reply.segments,
        forgotten=forgotten,
        created_at=now,
        available_at=now,
    )
    return int(connection.execute(statement).inserted_primary_key[0])
