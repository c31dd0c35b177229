"""The access log: who looked at which conversation or case, when, and on which page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.staff.tables import looks


@dataclass(frozen=True)
class Look:
    """One look. at: UTC. subject: a conversation's id or a case's code. page: why it was shown."""

    at: datetime
    account: str
    subject: str
    page: str


class AccessLog:
    """The looks of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, account: str, subjects: Iterable[str], page: str, now: datetime) -> None:
        """Keeps that somebody is shown these. now: with a time zone."""
        rows = [
            {"at": now, "account": account, "subject": subject, "page": page}
            for subject in subjects
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(looks), rows)

    def since(self, moment: datetime) -> tuple[Look, ...]:
        """The looks since a moment (with a time zone), the oldest first."""
        query = sa.select(looks).where(looks.c.at >= moment).order_by(looks.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(Look(row.at, row.account, row.subject, row.page) for row in rows)

    def delete_before(self, moment: datetime) -> int:
        """Deletes the looks before a moment (with a time zone); gives how many they were."""
        with self._engine.begin() as connection:
            return int(connection.execute(sa.delete(looks).where(looks.c.at < moment)).rowcount)
