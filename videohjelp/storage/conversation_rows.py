"""The stored events of conversations, in SQL: what is read back, and what is written at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.storage.deletion import delete_conversations
from videohjelp.storage.engine import reading
from videohjelp.storage.notable_events import add_notes
from videohjelp.storage.open_turn import Recent
from videohjelp.storage.tables import (
    conversation_checkpoints,
    conversation_events,
    conversation_turns,
)
from videohjelp.storage.transcripts import USER
from videohjelp.storage.upsert import put

_EVENTS, _CHECKPOINTS = conversation_events.c, conversation_checkpoints.c
_TURNS = conversation_turns.c
_OF_SENDER = _EVENTS.sender_id == sa.bindparam("sender")
# What each message asks is made once: making a statement costs as much as asking it.
_RECENT = (
    sa.select(_EVENTS.position, _EVENTS.data, _CHECKPOINTS.state)
    .select_from(
        conversation_events.outerjoin(
            conversation_checkpoints, _EVENTS.sender_id == _CHECKPOINTS.sender_id
        )
    )
    .where(_OF_SENDER)
    .where(_EVENTS.position >= sa.func.coalesce(_CHECKPOINTS.from_position, 0))
    .order_by(_EVENTS.position)
)
_LOCKED_AT = (
    sa.select(_EVENTS.position)
    .where(_OF_SENDER, _EVENTS.position == sa.bindparam("place"))
    .with_for_update(read=True, key_share=True)
)
_HANDLED = sa.select(_TURNS.position).where(
    _TURNS.sender_id == sa.bindparam("sender"),
    _TURNS.message_id.in_(sa.bindparam("messages", expanding=True)),
)
_ADD_EVENTS, _ADD_TURNS = sa.insert(conversation_events), sa.insert(conversation_turns)


class StaleConversationError(SQLAlchemyError):
    """What is to be written does not follow what is stored; nothing was written."""


@dataclass(frozen=True)
class Checkpoint:
    """Where reading begins next time. state: events that stand for all that lies before."""

    from_position: int
    state: list[dict[str, Any]]


class ConversationRows:
    """Blocking: the caller keeps it out of the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def next_position(self, sender_id: str) -> int:
        """The position that a conversation's next event gets."""
        query = sa.select(sa.func.max(conversation_events.c.position)).where(
            conversation_events.c.sender_id == sender_id
        )
        with reading(self._engine) as connection:
            highest = connection.execute(query).scalar()
        return 0 if highest is None else int(highest) + 1

    def recent(self, sender_id: str) -> Recent:
        """A conversation's events from its checkpoint on, the checkpoint's state before them, and
        the position of the next; ([], 0) for an unknown conversation."""
        with reading(self._engine) as connection:
            return _recent(connection, sender_id)

    def begun(self, sender_id: str, message_ids: Collection[str]) -> tuple[Recent, int | None]:
        """What `recent` gives, and the position of the message stored under one of these ids; None
        when it was not handled."""
        given = {"sender": sender_id, "messages": [*message_ids]}
        with reading(self._engine) as connection:
            place = connection.execute(_HANDLED, given).scalar()
            return _recent(connection, sender_id), place

    def all_events(self, sender_id: str) -> list[dict[str, Any]]:
        """A conversation's events from its very beginning."""
        query = (
            sa.select(conversation_events.c.data)
            .where(conversation_events.c.sender_id == sender_id)
            .order_by(conversation_events.c.position)
        )
        return [json.loads(row.data) for row in self._fetch(query)]

    def senders(self, prefix: str = "") -> list[str]:
        """The ids of all stored conversations whose id begins with a text."""
        sender = conversation_events.c.sender_id
        query = sa.select(sender).distinct()
        if prefix:
            # Not LIKE: to SQLite capital and small letters are the same there.
            query = query.where(sa.func.substr(sender, 1, len(prefix)) == prefix)
        return [row.sender_id for row in self._fetch(query)]

    def append(
        self,
        sender_id: str,
        begin: int,
        events: list[dict[str, Any]],
        checkpoint: Checkpoint | None,
    ) -> list[str]:
        """Writes events at the positions from `begin` on, in one transaction; gives them as they
        were written, in JSON.

        checkpoint: where to begin reading next time, None for where it began before. Raises
        sqlalchemy.exc.SQLAlchemyError, among them IntegrityError when a position or a message is
        there already, and StaleConversationError when the event before is gone.
        """
        written = [_json(event) for event in events]
        values = [
            {
                "sender_id": sender_id,
                "position": begin + number,
                "timestamp": event.get("timestamp") or 0.0,
                "data": data,
            }
            for number, (event, data) in enumerate(zip(events, written, strict=True))
        ]
        turns = [
            {"sender_id": sender_id, "message_id": message_id, "position": begin + number}
            for number, event in enumerate(events)
            if event.get("event") == USER and (message_id := event.get("message_id"))
        ]
        with self._engine.begin() as connection:
            connection.execute(_ADD_EVENTS, values)
            if begin:
                _must_follow(connection, sender_id, begin)
            if turns:
                connection.execute(_ADD_TURNS, turns)
            add_notes(connection, sender_id, begin, events)
            if checkpoint is not None:
                row = {
                    "sender_id": sender_id,
                    "from_position": checkpoint.from_position,
                    "state": _json(checkpoint.state),
                }
                put(connection, conversation_checkpoints, row)
        return written

    def delete_beginning_with(self, prefix: str) -> int:
        """Deletes the conversations whose id begins with a text, with all that belongs to them;
        gives how many they were."""
        ids = self.senders(prefix)
        delete_conversations(self._engine, ids)
        return len(ids)

    def _fetch(self, query: Any, given: dict[str, Any] | None = None) -> list[Any]:
        with reading(self._engine) as connection:
            return list(connection.execute(query, given or {}).all())


def _recent(connection: Connection, sender_id: str) -> Recent:
    rows = connection.execute(_RECENT, {"sender": sender_id}).all()
    if not rows:
        return [], 0
    state: list[dict[str, Any]] = json.loads(rows[0].state) if rows[0].state else []
    return [*state, *(json.loads(row.data) for row in rows)], rows[-1].position + 1


def _must_follow(connection: Connection, sender_id: str, begin: int) -> None:
    """Raises StaleConversationError unless the event before a position is there, and stays there.

    What lies at the position itself the primary key sees.
    """
    given = {"sender": sender_id, "place": begin - 1}
    if connection.execute(_LOCKED_AT, given).first() is None:
        raise StaleConversationError("the conversation was deleted in the meantime")


def _json(value: Any) -> str:
    # A lone surrogate cannot be written in UTF-8: it becomes a question mark.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()
