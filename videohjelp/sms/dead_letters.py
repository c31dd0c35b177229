"""Messages that could not be sent, for an operator to look at and to send again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.sms import outbox, queue
from videohjelp.sms.consent import has_opted_out
from videohjelp.sms.outbox import Reply
from videohjelp.sms.tables import DEAD, RESENT
from videohjelp.sms.tables import outbox as table


class CannotResendError(ValueError):
    """The message cannot be sent again. The text says why."""


@dataclass(frozen=True)
class DeadLetter:
    """A message that was given up. created_at: UTC. has_number: whether it can be sent again."""

    id: int
    created_at: datetime
    provider: str
    service_number: str
    sender_id: str
    segments: int
    attempts: int
    error: str
    has_number: bool


class DeadLetters:
    """The dead letters of the outbox."""

    def __init__(self, engine: Engine) -> None:
        """Takes the database."""
        self._engine = engine

    def all(self, limit: int = 100) -> tuple[DeadLetter, ...]:
        """The newest dead letters, the newest first."""
        query = (
            sa.select(table, table.c.number.isnot(None).label("has_number"))
            .where(table.c.state == DEAD)
            .order_by(table.c.id.desc())
            .limit(limit)
        )  # fmt: skip
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(queue.record(DeadLetter, row) for row in rows)

    def resend(self, letter_id: int, now: datetime) -> int:
        """Puts a copy at the end of the queue, with a key of its own; gives the copy's id.

        now: with a time zone. Raises CannotResendError when there is no such dead letter, when its
        number is deleted, or when the patient has opted out.
        """
        columns = table.c
        mark = (
            sa.update(table)
            .where(columns.id == letter_id, columns.state == DEAD, columns.number.isnot(None))
            .values(state=RESENT)
        )
        with self._engine.begin() as connection:
            if connection.execute(mark).rowcount != 1:
                raise CannotResendError("there is no such dead letter, or its number is deleted")
            row = connection.execute(sa.select(table).where(columns.id == letter_id)).one()
            if has_opted_out(connection, row.service_number, row.sender_id):
                raise CannotResendError("the patient has opted out")
            copy = outbox.add(
                connection,
                Reply(row.text, row.segments),
                provider=row.provider,
                service_number=row.service_number,
                sender_id=row.sender_id,
                number=row.number,
                now=now,
            )
            connection.execute(
                sa.update(table).where(columns.id == letter_id).values(number=None, text=None)
            )
            return copy
