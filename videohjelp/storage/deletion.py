"""Deletes conversations with everything that belongs to them, whatever table it is in."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.feedback.tables import feedback
from videohjelp.handoff.tables import handoff_cases, solved_cases, webhook_deliveries
from videohjelp.storage.notable_events import CASE_SLOT
from videohjelp.storage.tables import (
    conversation_checkpoints,
    conversation_events,
    conversation_turns,
    notable_events,
)

#: Databases take only so many values in a statement.
_AT_ONCE = 200


def delete_conversations(engine: Engine, ids: Iterable[str]) -> int:
    """Deletes conversations in one transaction, with the hand-off cases made in them, as when the
    patient wants it; gives the number of events that were deleted.

    The tables of opinions and of cases must be there.
    """
    deleted = 0
    wanted = list(ids)
    with engine.begin() as connection:
        for begin in range(0, len(wanted), _AT_ONCE):
            some = wanted[begin : begin + _AT_ONCE]
            _delete_cases(connection, _case_codes(connection, some))
            deleted += _delete(connection, some)
    return deleted


def quiet_since(moment: datetime) -> sa.sql.Select:
    """Selects the ids of conversations in which nothing was said since a moment (with a zone)."""
    sender, newest = conversation_events.c.sender_id, conversation_events.c.timestamp
    return sa.select(sender).group_by(sender).having(sa.func.max(newest) < moment.timestamp())


def delete_quiet(engine: Engine, moment: datetime) -> Iterator[int]:
    """Deletes the conversations in which nothing was said since a moment (with a time zone), with
    the opinions of them; cases have a time of their own.

    Gives how many after each of many small transactions, in the order of their ids: whatever the
    database's size, no statement is long, and patients' messages are stored in between. Ended in
    the middle, it leaves the rest to the next time.
    """
    sender, newest = conversation_events.c.sender_id, conversation_events.c.timestamp
    page = sa.select(sender, sa.func.max(newest)).group_by(sender).order_by(sender).limit(_AT_ONCE)
    last = ""
    while True:
        with engine.begin() as connection:
            rows = connection.execute(page.where(sender > last)).all()
            quiet = [one for one, spoken in rows if spoken < moment.timestamp()]
            if quiet:
                _delete(connection, quiet)
        yield len(quiet)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1][0]


def _delete(connection: Connection, ids: Collection[str]) -> int:
    """Gives the number of events."""
    for table, column in _tables():
        done = connection.execute(sa.delete(table).where(column.in_(ids)))
    return int(done.rowcount)


def _tables() -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Everything that belongs to a conversation, and the column with its id; events are last."""
    yield feedback, feedback.c.conversation_id
    tables = (conversation_checkpoints, conversation_turns, notable_events, conversation_events)
    for table in tables:
        yield table, table.c.sender_id


def _case_codes(connection: Connection, ids: Collection[str]) -> set[str]:
    # From the events: a server of before 0003, still running beside newer ones, notes none.
    columns = conversation_events.c
    hint = json.dumps({"name": CASE_SLOT})[1:-1]
    query = sa.select(columns.data).where(
        columns.sender_id.in_(ids), columns.data.contains(hint, autoescape=True)
    )
    events = (json.loads(row.data) for row in connection.execute(query))
    return {
        str(event["value"])
        for event in events
        if event.get("name") == CASE_SLOT and event.get("value")
    }


def _delete_cases(connection: Connection, codes: Collection[str]) -> None:
    if not codes:
        return
    for about in (webhook_deliveries, solved_cases):
        connection.execute(sa.delete(about).where(about.c.case_code.in_(codes)))
    connection.execute(sa.delete(handoff_cases).where(handoff_cases.c.code.in_(codes)))
