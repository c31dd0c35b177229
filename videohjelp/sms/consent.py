"""Who wants no messages: one opt-out for each pair of the hospital's number and the patient."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.sms.tables import DROPPED, WAITING, insert_new, opt_outs, outbox


class Consent:
    """The stored opt-outs. They are kept until the patient starts again, whatever is deleted."""

    def __init__(self, engine: Engine) -> None:
        """Takes the database."""
        self._engine = engine

    def opted_out(self, service_number: str, sender_id: str) -> bool:
        """Whether the patient wants no messages from this number of the hospital's."""
        with self._engine.connect() as connection:
            return has_opted_out(connection, service_number, sender_id)

    def count(self) -> int:
        """How many opt-outs there are."""
        with self._engine.connect() as connection:
            query = sa.select(sa.func.count()).select_from(opt_outs)
            return int(connection.execute(query).scalar() or 0)


def has_opted_out(connection: Connection, service_number: str, sender_id: str) -> bool:
    """As Consent.opted_out, within a transaction."""
    query = sa.select(opt_outs.c.since).filter_by(
        service_number=service_number, sender_id=sender_id
    )
    return connection.execute(query).first() is not None


def stop(connection: Connection, service_number: str, sender_id: str, now: datetime) -> bool:
    """Opts out, and drops what was not sent yet; False when they had opted out before.

    A change for Inbox.finish, with the one confirmation as reply; that gets the same `now` (with a
    time zone) and is not dropped.
    """
    drop_unwanted_before(connection, service_number, sender_id, now)
    values = {"service_number": service_number, "sender_id": sender_id, "since": now}
    return insert_new(connection, opt_outs, values)


def start(connection: Connection, service_number: str, sender_id: str) -> bool:
    """Opts in again; False when they had not opted out. A change for Inbox.finish."""
    change = sa.delete(opt_outs).where(
        opt_outs.c.service_number == service_number, opt_outs.c.sender_id == sender_id
    )
    return bool(connection.execute(change).rowcount)


def drop_unwanted(connection: Connection, service_number: str, sender_id: str) -> None:
    """Drops what waits for a patient and was made before they opted out, if they have."""
    query = sa.select(opt_outs.c.since).filter_by(
        service_number=service_number, sender_id=sender_id
    )
    since = connection.execute(query).scalar()
    if since is not None:
        drop_unwanted_before(connection, service_number, sender_id, since)


def drop_unwanted_before(
    connection: Connection, service_number: str, sender_id: str, moment: datetime
) -> None:
    """Drops what waits for a patient and was made before a moment (with a time zone)."""
    columns = outbox.c
    connection.execute(
        sa.update(outbox)
        .where(columns.service_number == service_number, columns.sender_id == sender_id)
        .where(columns.state == WAITING, columns.created_at < moment)
        .values(state=DROPPED, number=None, text=None)
    )
