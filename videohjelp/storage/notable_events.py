"""Which events staff may want to look at, noted as they are stored: nobody then reads them all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.storage.tables import notable_events

Note = Literal["fallback", "doubt", "handoff"]

#: Intents that say that the message was not answered.
NOT_ANSWERED = frozenset({"nlu_fallback", "out_of_scope"})
#: Below this confidence an answer was given, but may have been the wrong one.
DOUBT = 0.5
#: The slot that holds the code of the case the patient was handed over with.
CASE_SLOT = "case_code"
_COLUMNS = notable_events.c
_ADD = sa.insert(notable_events)
_PAGE = 500


def add_notes(
    connection: Connection, sender_id: str, begin: int, events: Iterable[dict[str, Any]]
) -> None:
    """Notes what is notable among events, as Rasa's JSON, that are stored from a position on."""
    rows = [
        {
            "sender_id": sender_id,
            "position": position,
            "timestamp": event.get("timestamp") or 0.0,
            "note": note,
            "case_code": event["value"] if note == "handoff" else None,
        }
        for position, event in enumerate(events, begin)
        if (note := note_of(event))
    ]
    if rows:
        connection.execute(_ADD, rows)


def note_of(event: dict[str, Any]) -> Note | None:
    """What is notable about an event. Buttons and the channel's own signals ("/greet") were not
    written by anybody."""
    if event.get("event") == "slot":
        return "handoff" if event.get("name") == CASE_SLOT and event.get("value") else None
    text = event.get("text") or ""
    written = text and not text.startswith("/") and "shown" not in (event.get("metadata") or {})
    if event.get("event") != "user" or not written:
        return None
    intent = (event.get("parse_data") or {}).get("intent") or {}
    if intent.get("name") in NOT_ANSWERED:
        return "fallback"
    return "doubt" if float(intent.get("confidence") or 0.0) < DOUBT else None


def newest_notes(
    engine: Engine, since: datetime, notes: Collection[Note]
) -> Iterator[tuple[float, str, int]]:
    """When, in which conversation and at which place, the newest first, read as they are asked for.

    since: with a time zone. Raises SQLAlchemyError when the database is away.
    """
    query = (
        sa.select(_COLUMNS.timestamp, _COLUMNS.sender_id, _COLUMNS.position)
        .where(_COLUMNS.timestamp >= since.timestamp(), _COLUMNS.note.in_(notes))
        .order_by(_COLUMNS.timestamp.desc())
        .execution_options(yield_per=_PAGE)
    )
    with engine.connect() as connection:
        for row in connection.execute(query):
            yield row.timestamp, row.sender_id, row.position


def with_case(engine: Engine, code: str) -> str | None:
    """The id of the conversation in which the patient got this code."""
    query = sa.select(_COLUMNS.sender_id).where(_COLUMNS.case_code == code).limit(1)
    with engine.connect() as connection:
        found: str | None = connection.execute(query).scalar()
    return found
