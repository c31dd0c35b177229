"""What providers report about messages that they have taken: sent on, delivered, failed."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.sms.tables import count_by, insert_new
from videohjelp.sms.tables import reports as table


class Delivery(Enum):
    """How far a message has come, from the earliest to the latest.

    DELIVERED is the last: a phone that has confirmed a message has it, whatever is told besides.
    """

    ACCEPTED = "accepted"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"


_RANKS = {delivery: rank for rank, delivery in enumerate(Delivery)}


class Reports:
    """The stored reports."""

    def __init__(self, engine: Engine) -> None:
        """Takes the database."""
        self._engine = engine

    def note(
        self,
        provider: str,
        provider_message_id: str,
        delivery: Delivery,
        now: datetime,
        error: str | None = None,
    ) -> bool:
        """Stores a report unless a later one is there; tells whether it was stored.

        In whatever order reports come, how often, and before or after the message is noted as
        sent: the latest state stays. now: with a time zone. error: the provider's error code.
        """
        values = {
            "state": delivery.value,
            "rank": _RANKS[delivery],
            "error": None if error is None else error[:60],
            "reported_at": now,
        }
        key = {"provider": provider, "provider_message_id": provider_message_id}
        change = (
            sa.update(table)
            .filter_by(**key)
            .where(table.c.rank < values["rank"])
            .values(**values)
        )  # fmt: skip
        with self._engine.begin() as connection:
            return (
                connection.execute(change).rowcount == 1
                or insert_new(connection, table, {**key, **values})
                or connection.execute(change).rowcount == 1
            )

    def state(self, provider: str, provider_message_id: str) -> Delivery | None:
        """The latest state of a message; None when nothing was reported."""
        query = sa.select(table.c.state).filter_by(
            provider=provider, provider_message_id=provider_message_id
        )
        with self._engine.connect() as connection:
            state = connection.execute(query).scalar()
        return None if state is None else Delivery(state)

    def counts(self) -> dict[str, int]:
        """How many messages are accepted, sent, failed, delivered."""
        return count_by(self._engine, table.c.state)
