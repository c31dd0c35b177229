"""Reads what was said in a conversation, by its places there; knows nothing of Rasa."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.sql import Select

from videohjelp.storage.engine import reading
from videohjelp.storage.tables import conversation_events, conversation_turns

#: Rasa's names of the events in which something is said.
USER, BOT = "user", "bot"


_EVENTS, _TURNS = conversation_events.c, conversation_turns.c
_OF_CONVERSATION = _EVENTS.sender_id == sa.bindparam("conversation")
_PLACE: Any = sa.bindparam("place")
_ANY_EVENT = sa.select(_EVENTS.sender_id).where(_OF_CONVERSATION).limit(1)
# Made once: making a statement costs as much as asking it.
_AFTER = (
    sa.select(_EVENTS.position, _EVENTS.data)
    .where(_OF_CONVERSATION, _EVENTS.position > _PLACE)
    .order_by(_EVENTS.position)
)
_AT = sa.select(_EVENTS.position, _EVENTS.data).where(_OF_CONVERSATION, _EVENTS.position == _PLACE)
_BEGUN = _ANY_EVENT.subquery()
#: A row when the conversation is stored; with a place when one of the messages was handled.
_HANDLED = sa.select(_TURNS.position).select_from(
    _BEGUN.outerjoin(
        conversation_turns,
        sa.and_(
            _TURNS.sender_id == _BEGUN.c.sender_id,
            _TURNS.message_id.in_(sa.bindparam("messages", expanding=True)),
        ),
    )
)


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
        return await asyncio.to_thread(self.read_after, conversation_id, position)

    def read_after(self, conversation_id: str, position: int) -> list[Said]:
        """As said_after, blocking: the caller keeps it out of the event loop."""
        return self._said(_AFTER, conversation_id, position)

    async def said_at(self, conversation_id: str, position: int) -> Said | None:
        """What was said at a place in the conversation; None when nothing was said there."""
        said = await asyncio.to_thread(self._said, _AT, conversation_id, position)
        return said[0] if said else None

    async def turn(self, conversation_id: str, message_id: str) -> int | None:
        """The place where a message of the patient's stands; None when it was not handled."""
        _, place = await self.find(conversation_id, [message_id])
        return place

    async def find(
        self, conversation_id: str, message_ids: Collection[str]
    ) -> tuple[bool, int | None]:
        """Whether the conversation is stored, and the place of a message as `turn` gives it.

        message_ids: those that the message may be stored under.
        """
        given = {"conversation": conversation_id, "messages": [*message_ids]}
        rows = await asyncio.to_thread(self._fetch, _HANDLED, given)
        places = [row.position for row in rows if row.position is not None]
        return bool(rows), places[0] if places else None

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is stored: begun, and not deleted."""
        given = {"conversation": conversation_id}
        return bool(await asyncio.to_thread(self._fetch, _ANY_EVENT, given))

    def _said(self, query: Select, conversation_id: str, place: int) -> list[Said]:
        rows = self._fetch(query, {"conversation": conversation_id, "place": place})
        found = (Said(row.position, json.loads(row.data)) for row in rows)
        return [said for said in found if said.event["event"] in (USER, BOT)]

    def _fetch(self, query: Select, given: dict[str, Any]) -> list[Any]:
        with reading(self._engine) as connection:
            return list(connection.execute(query, given).all())
