"""A database with a row of a chosen age in every table that has an age."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.retention.kept_tables import all_tables
from videohjelp.storage.schema import ensure_tables

#: The columns by which rows grow old.
_AGES = frozenset({
    "timestamp", "given_at", "created_at", "marked_at", "begun_at", "seen_at", "at", "received_at",
    "reported_at", "solved_at", "last_message_at", "sent_at", "delivered_at", "available_at",
    "next_try_at", "ended_at", "since", "clock",
})  # fmt: skip


def fill(engine: Engine, name: str, moment: datetime) -> None:
    """Puts one row into each table, of what happened at a moment (with a time zone).

    name: of the conversation, the case …, so that rows of several calls are apart.
    """
    ensure_tables(engine)
    with engine.begin() as connection:
        number = _rows(connection) + 1
        for table in all_tables():
            values = {
                one.name: _value(one, name, number, moment)
                for one in table.columns
                if not one.nullable or one.name in ("number", "text")
            }
            connection.execute(sa.insert(table).values(values))


def _rows(connection: Connection) -> int:
    table = all_tables()[0]
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0)


def _value(column: sa.Column[Any], name: str, number: int, moment: datetime) -> Any:  # noqa: PLR0911
    if column.name in _AGES:
        if column.name == "marked_at":
            return moment.replace(tzinfo=None)
        return moment.timestamp() if isinstance(column.type, sa.Float) else moment
    if column.name == "state":
        return "done"
    if isinstance(column.type, sa.JSON):
        return []
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, (sa.Integer, sa.Float)):
        return number
    return name
