"""Reads what was said in a conversation, by its places there; knows nothing of Rasa."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.storage.tables import conversation_events, conversation_turns

#: Rasa's names of the events in which something is said.
USER, BOT = "user", "bot"


@dataclass(frozen=True)
class Said:
    """One event in which the patient or the assistant says something, as Rasa's JSON.

    position: its place in the conversation, from 0; it never changes.
    """

    position: int
    event: dict[str, Any]

    @property
    def by_assistant(self) -> bool:
        """Whether the assistant says it."""
        return bool(self.event["event"] == BOT)


class Transcripts:
    """What was said in the conversations of a database. Raises SQLAlchemyError when it is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def said_after(self, conversation_id: str, position: int = -1) -> list[Said]:
        """What was said after a place in the conversation, in order; by default all of it."""
        events = conversation_events.c
        query = (
            sa.select(events.position, events.data)
            .where(events.sender_id == conversation_id, events.position > position)
            .order_by(events.position)
        )
        rows = await asyncio.to_thread(self._fetch, query)
        found = (Said(row.position, json.loads(row.data)) for row in rows)
        return [said for said in found if said.event["event"] in (USER, BOT)]

    async def said_at(self, conversation_id: str, position: int) -> Said | None:
        """What was said at a place in the conversation; None when nothing was said there."""
        events = conversation_events.c
        query = sa.select(events.position, events.data).where(
            events.sender_id == conversation_id, events.position == position
        )
        for row in await asyncio.to_thread(self._fetch, query):
            said = Said(row.position, json.loads(row.data))
            return said if said.event["event"] in (USER, BOT) else None
        return None

    async def turn(self, conversation_id: str, message_id: str) -> int | None:
        """The place where a message of the patient's stands; None when it was not handled."""
        turns = conversation_turns.c
        query = sa.select(turns.position).where(
            turns.sender_id == conversation_id, turns.message_id == message_id
        )
        rows = await asyncio.to_thread(self._fetch, query)
        return rows[0].position if rows else None

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is stored: begun, and not deleted."""
        events = conversation_events.c
        query = sa.select(events.position).where(events.sender_id == conversation_id).limit(1)
        return bool(await asyncio.to_thread(self._fetch, query))

    def _fetch(self, query: Any) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(query).all())
