"""Messages from patients: each is taken in once and answered once, in order for each sender."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from videohjelp.sms import outbox, queue, retention
from videohjelp.sms.limits import Verdict
from videohjelp.sms.outbox import Reply
from videohjelp.sms.tables import (
    DEAD,
    DONE,
    OPEN,
    WAITING,
    Change,
    count_by,
    insert_new,
    opt_outs,
    senders,
    storable,
)
from videohjelp.sms.tables import inbox as table

#: How often a message is tried before the patient gets the apology.
MAX_ATTEMPTS = 5


class NotStoredError(Exception):
    """A message was not stored, and must not be acknowledged."""


@dataclass(frozen=True)
class InboxMessage:
    """A message that a worker has claimed.

    number: encrypted. text: redacted. token: belongs to this claim alone. attempts: this one
    included. received_at: UTC.
    """

    id: int
    token: int
    attempts: int
    provider: str
    service_number: str
    sender_id: str
    received_at: datetime
    number: str = field(repr=False)
    text: str = field(repr=False)

    @property
    def exhausted(self) -> bool:
        """Whether it has failed (or ended its worker) too often: now only an apology helps."""
        return self.attempts > MAX_ATTEMPTS


class Inbox:
    """The stored inbox, for any number of worker processes."""

    def __init__(self, engine: Engine) -> None:
        """Takes the database."""
        self._engine = engine

    def accept(
        self,
        *,
        provider: str,
        provider_message_id: str,
        service_number: str,
        sender_ids: Sequence[str],
        number: str,
        text: str,
        received_at: datetime,
    ) -> bool:
        """Stores a message; False when it was stored before. Only then may it be acknowledged.

        sender_ids: PhoneIds.candidates of the number; the first under which the sender is known
        holds, else the first. number: encrypted. text: redacted. received_at: with a time zone.
        Raises NotStoredError or sqlalchemy.exc.SQLAlchemyError when the database does not take it.
        """
        key = _message_key(provider, provider_message_id)
        try:
            with self._engine.begin() as connection:
                sender_id = _known(connection, sender_ids)
                _lock_sender(connection, sender_id, received_at)
                connection.execute(
                    sa.insert(table).values(
                        message_key=key,
                        provider=provider,
                        service_number=service_number,
                        sender_id=sender_id,
                        number=number,
                        text=storable(text),
                        received_at=received_at,
                        available_at=received_at,
                    )
                )
        except IntegrityError:
            with self._engine.connect() as connection:
                if connection.execute(sa.select(table.c.id).filter_by(message_key=key)).first():
                    return False
            # PostgreSQL's own error has the whole row in its text.
            raise NotStoredError("the database refused the message") from None
        return True

    def claim(self, now: datetime, lease: timedelta) -> InboxMessage | None:
        """The longest waiting message whose sender has none open before it; None without one.

        It is the caller's until `now + lease` (with a time zone); then others may claim it. A
        message that is `exhausted` is to be closed with `bury`.
        """
        row = queue.claim(self._engine, table, OPEN, now, lease)
        return None if row is None else queue.record(InboxMessage, row)

    def finish(
        self,
        message: InboxMessage,
        replies: Iterable[Reply],
        now: datetime,
        *,
        verdict: Verdict = Verdict.ALLOW,
        changes: Iterable[Change] = (),
        forget: bool = False,
    ) -> None:
        """Closes a claimed message and puts its replies into the outbox: both or neither.

        verdict: what the patient got: ALLOW for an answer, also one over the limit; TELL_ONCE for
        the notice; SILENT for nothing. changes: what else belongs to the answer (the session, an
        opt-out); called with the transaction's connection, quick, and without waiting.
        forget: deletes everything of the sender as well (SLETT), see retention.forget.
        Raises LostLeaseError, and changes nothing, when the message is not the caller's any more.
        """
        limited = None if verdict is Verdict.ALLOW else verdict.value
        if forget:
            changes = (*changes, partial(retention.forget, message=message))
        values = {"state": DONE, "limited": limited, "forgotten": forget}
        self._close(message, replies, now, changes, values)

    def bury(
        self, message: InboxMessage, replies: Iterable[Reply], now: datetime, error: str
    ) -> None:
        """Gives a claimed message up, with the replies (an apology) that the patient gets.

        error: the kind of error, never a text of anybody. Raises LostLeaseError as `finish` does.
        """
        self._close(message, replies, now, (), {"state": DEAD, "error": error[:60]})

    def retry(self, message: InboxMessage, at: datetime, error: str) -> None:
        """Gives a claimed message back, to be tried again at a time (with a time zone).

        error: the kind of error. Raises LostLeaseError when it is not the caller's any more.
        """
        with self._engine.begin() as connection:
            queue.change_taken(
                connection,
                table,
                message,
                state=WAITING,
                available_at=at,
                error=error[:60],
            )

    def keep(self, message: InboxMessage, until: datetime) -> None:
        """Lets a claimed message be the caller's for longer, until a time (with a zone).

        Raises LostLeaseError when it is not the caller's any more.
        """
        with self._engine.begin() as connection:
            queue.change_taken(connection, table, message, available_at=until)

    def counts(self) -> dict[str, int]:
        """How many messages are waiting, taken, done, dead."""
        return count_by(self._engine, table.c.state)

    def oldest_open(self) -> datetime | None:
        """When the longest unanswered message came (UTC); None when all are answered."""
        return queue.oldest_open(self._engine, table, table.c.received_at)

    def _close(
        self,
        message: InboxMessage,
        replies: Iterable[Reply],
        now: datetime,
        changes: Iterable[Change],
        values: Mapping[str, Any],
    ) -> None:
        with self._engine.begin() as connection:
            # The sender before the message, as `accept` does: when the provider brings the message
            # again at this moment, both would else wait for each other.
            own = senders.c.sender_id == message.sender_id
            connection.execute(sa.select(senders.c.sender_id).where(own).with_for_update())
            queue.change_taken(
                connection,
                table,
                message,
                number=None,
                text=None,
                **values,
            )
            for change in changes:
                change(connection)
            for reply in replies:
                outbox.add(
                    connection,
                    reply,
                    provider=message.provider,
                    service_number=message.service_number,
                    sender_id=message.sender_id,
                    number=message.number,
                    now=now,
                    forgotten=values.get("forgotten", False),
                )


def _message_key(provider: str, provider_message_id: str) -> str:
    # Hashed: any length fits, and some gateways have the phone number in it.
    return hashlib.sha256(f"{provider}\0{storable(provider_message_id)}".encode()).hexdigest()


def _known(connection: Connection, sender_ids: Sequence[str]) -> str:
    query = sa.union(
        *(sa.select(known.c.sender_id).filter(known.c.sender_id.in_(sender_ids))
          for known in (table, opt_outs))
    )  # fmt: skip
    known = {row.sender_id for row in connection.execute(query)}
    return next((one for one in sender_ids if one in known), sender_ids[0])


def _lock_sender(connection: Connection, sender_id: str, received_at: datetime) -> None:
    """Makes other messages of this sender wait until this one is stored.

    So their ids are in the order of their commits, and no earlier one can turn up afterwards.
    """
    lock = sa.update(senders).where(senders.c.sender_id == sender_id)
    lock = lock.values(received_at=received_at)
    if connection.execute(lock).rowcount == 0 and not insert_new(
        connection, senders, {"sender_id": sender_id, "received_at": received_at}
    ):
        connection.execute(lock)
