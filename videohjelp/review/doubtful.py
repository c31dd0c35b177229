"""Finds the stored messages that staff should look at: those the assistant was unsure of."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.storage.tables import conversation_events

#: Intents that say that the message was not answered.
NOT_ANSWERED = frozenset({"nlu_fallback", "out_of_scope"})
#: Below this confidence an answer was given, but may have been the wrong one.
DOUBT = 0.5
_PAGE = 500


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
    for one in _messages(engine, since):
        unsure = one.intent in NOT_ANSWERED or one.confidence < DOUBT
        if unsure and one.text not in seen:
            seen.add(one.text)
            found.append(one)
            if len(found) == limit:
                break
    return found


def _messages(engine: Engine, since: datetime) -> Iterator[Doubtful]:
    columns = conversation_events.c
    # Buttons and the channel's own signals ("/greet") were not written by anybody.
    query = (
        sa.select(columns.data)
        .where(columns.timestamp >= since.timestamp())
        .where(columns.data.like('%"event": "user"%'))
        .order_by(columns.timestamp.desc())
        .execution_options(yield_per=_PAGE)
    )
    with engine.connect() as connection:
        for row in connection.execute(query):
            event = json.loads(row.data)
            text = event.get("text") or ""
            if event.get("event") != "user" or not text or text.startswith("/"):
                continue
            parsed = event.get("parse_data") or {}
            intent = parsed.get("intent") or {}
            yield Doubtful(
                written_at=datetime.fromtimestamp(event["timestamp"], timezone.utc),
                text=text,
                intent=intent.get("name") or "",
                confidence=float(intent.get("confidence") or 0.0),
                topics=tuple(
                    entry["name"]
                    for entry in parsed.get("intent_ranking") or ()
                    if entry["name"] not in NOT_ANSWERED
                )[:3],
            )
