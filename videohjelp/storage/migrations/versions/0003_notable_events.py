"""Which events staff may want to look at: found by an index, no longer by reading all events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

revision = "0003"
down_revision = "0002"

_PAGE = 2000
_DOUBT = 0.5


def upgrade() -> None:
    """Makes the table, and notes what is stored already."""
    table = op.create_table(
        "notable_events",
        sa.Column("sender_id", sa.String(255), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("timestamp", sa.Float, nullable=False),
        sa.Column("note", sa.String(20), nullable=False),
        sa.Column("case_code", sa.String(8)),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    for events in _stored(connection):
        rows = [row for event in events if (row := _noted(*event))]
        if rows:
            connection.execute(sa.insert(table), rows)
    op.create_index("notable_events_timestamp", "notable_events", ["timestamp"])
    op.create_index("notable_events_case_code", "notable_events", ["case_code"])


def downgrade() -> None:
    """Removes the table; the events themselves say the same."""
    op.drop_table("notable_events")


def _stored(connection: Connection) -> Iterator[list[tuple[str, int, float, str]]]:
    """What the patients wrote and the slots, some at a time: there may be more than fit."""
    events = sa.table(
        "conversation_events", *map(sa.column, ("sender_id", "position", "timestamp", "data"))
    )
    place: Any = sa.tuple_(events.c.sender_id, events.c.position)
    query = sa.select(*events.c).order_by(events.c.sender_id, events.c.position).limit(_PAGE)
    after: Any = sa.tuple_(sa.literal(""), sa.literal(-1))
    while rows := connection.execute(query.where(place > after)).all():
        yield [(row.sender_id, row.position, row.timestamp, row.data) for row in rows]
        after = sa.tuple_(sa.literal(rows[-1].sender_id), sa.literal(rows[-1].position))


def _noted(sender_id: str, position: int, timestamp: float, data: str) -> dict[str, Any] | None:
    # As videohjelp/storage/notable_events.py was when this was written.
    if '"user"' not in data and '"case_code"' not in data:
        return None
    event = json.loads(data)
    code = None
    if event.get("event") == "slot":
        code = event.get("value") if event.get("name") == "case_code" else None
        note = "handoff" if code else ""
    else:
        text = event.get("text") or ""
        pressed = text.startswith("/") or "shown" in (event.get("metadata") or {})
        intent = (event.get("parse_data") or {}).get("intent") or {}
        note = "doubt" if float(intent.get("confidence") or 0.0) < _DOUBT else ""
        if intent.get("name") in ("nlu_fallback", "out_of_scope"):
            note = "fallback"
        if event.get("event") != "user" or not text or pressed:
            note = ""
    if not note:
        return None
    return {
        "sender_id": sender_id,
        "position": position,
        "timestamp": timestamp,
        "note": note,
        "case_code": code,
    }
