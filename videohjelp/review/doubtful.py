"""Finds the stored messages that staff should look at: those the assistant was unsure of."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.storage.notable_events import NOT_ANSWERED, newest_notes
from videohjelp.storage.tables import conversation_events


@dataclass(frozen=True)
class Doubtful:
    """A message as it was understood. written_at: UTC. text: redacted. topics: likeliest first."""

    written_at: datetime
    text: str
    intent: str
    confidence: float
    topics: tuple[str, ...]


def doubtful_messages(
    engine: Engine, since: datetime, already_marked: Collection[str] = (), limit: int = 50
) -> list[Doubtful]:
    """The newest messages that were not answered, or answered with doubt; each text once.

    since: with a time zone.
    """
    seen = set(already_marked)
    found: list[Doubtful] = []
    for _, sender_id, position in newest_notes(engine, since, ("fallback", "doubt")):
        one = _message(engine, sender_id, position)
        if one is not None and one.text not in seen:
            seen.add(one.text)
            found.append(one)
            if len(found) == limit:
                break
    return found


def _message(engine: Engine, sender_id: str, position: int) -> Doubtful | None:
    """None when it has been deleted meanwhile."""
    columns = conversation_events.c
    query = sa.select(columns.data).where(
        columns.sender_id == sender_id, columns.position == position
    )
    with engine.connect() as connection:
        data = connection.execute(query).scalar()
    if data is None:
        return None
    event = json.loads(data)
    parsed = event.get("parse_data") or {}
    intent = parsed.get("intent") or {}
    return Doubtful(
        written_at=datetime.fromtimestamp(event["timestamp"], timezone.utc),
        text=event["text"],
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        topics=tuple(
            entry["name"]
            for entry in parsed.get("intent_ranking") or ()
            if entry["name"] not in NOT_ANSWERED
        )[:3],
    )
