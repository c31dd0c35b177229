"""Finds the conversations that staff should look at, and reads them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.feedback.tables import feedback
from videohjelp.review.doubtful import NOT_ANSWERED
from videohjelp.storage.deletion import CASE_SLOT
from videohjelp.storage.tables import conversation_events

Reason = Literal["fallback", "handoff", "thumbs_down"]
REASONS: tuple[Reason, ...] = get_args(Reason)

_PAGE = 500


@dataclass(frozen=True)
class Spoken:
    """One thing said. at: UTC. position: its place in the conversation.

    intent, confidence: of what the patient wrote; "" and 0 otherwise. pressed: whether the patient
    pressed a button. rating: what the patient thought of an answer, "" for nothing.
    """

    position: int
    at: datetime
    by_assistant: bool
    text: str
    intent: str = ""
    confidence: float = 0.0
    pressed: bool = False
    rating: str = ""
    comment: str = ""
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reviewed:
    """A conversation, redacted as it was stored. newest: UTC. case_code: "" without a hand-off."""

    conversation_id: str
    newest: datetime
    channel: str
    language: str
    reasons: tuple[Reason, ...]
    case_code: str
    spoken: tuple[Spoken, ...]

    @property
    def first_words(self) -> str:
        """What the patient wrote first."""
        written = (one.text for one in self.spoken if not one.by_assistant and not one.pressed)
        return next(written, "")


class Conversations:
    """The conversations of a database, for staff. Raises SQLAlchemyError when it is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, conversation_id: str) -> Reviewed | None:
        """One conversation; None when it is not there (any more)."""
        events = self.events(conversation_id)
        opinions = self._opinions(conversation_id)
        return _reviewed(conversation_id, events, opinions) if events else None

    def events(self, conversation_id: str) -> list[tuple[int, dict[str, Any]]]:
        """Everything that is stored of a conversation: places, and Rasa's JSON."""
        columns = conversation_events.c
        query = (
            sa.select(columns.position, columns.data)
            .where(columns.sender_id == conversation_id)
            .order_by(columns.position)
        )
        with self._engine.connect() as connection:
            return [(row.position, json.loads(row.data)) for row in connection.execute(query)]

    def to_review(
        self, since: datetime, reasons: Collection[Reason], words: str, limit: int
    ) -> list[Reviewed]:
        """The newest conversations for one of these reasons, in which all the words were said.

        since: with a time zone. words: "" for any. Capital and small letters are the same.
        """
        wanted = words.casefold().split()
        found: list[Reviewed] = []
        for conversation_id in self._candidates(since):
            one = self.get(conversation_id)
            if one is None or not set(one.reasons) & set(reasons):
                continue
            said = " ".join(spoken.text for spoken in one.spoken).casefold()
            if all(word in said for word in wanted):
                found.append(one)
            if len(found) == limit:
                break
        return found

    def with_case(self, code: str) -> str | None:
        """The id of the conversation in which the patient got this code."""
        slot = json.dumps({"name": CASE_SLOT, "value": code})[1:-1]
        columns = conversation_events.c
        query = sa.select(columns.sender_id).where(columns.data.contains(slot, autoescape=True))
        with self._engine.connect() as connection:
            row = connection.execute(query.limit(1)).first()
        return None if row is None else str(row.sender_id)

    def _candidates(self, since: datetime) -> Iterator[str]:
        """The ids of conversations that may have a reason, the newest first."""
        columns = conversation_events.c
        hints = [f'%"name": "{name}"%' for name in (*NOT_ANSWERED, CASE_SLOT)]
        noted = sa.select(columns.sender_id).where(
            columns.timestamp >= since.timestamp(), sa.or_(*(columns.data.like(h) for h in hints))
        )
        disliked = sa.select(feedback.c.conversation_id).where(
            feedback.c.rating == "down", feedback.c.given_at >= since
        )
        newest = sa.func.max(columns.timestamp)
        query = (
            sa.select(columns.sender_id)
            .where(sa.or_(columns.sender_id.in_(noted), columns.sender_id.in_(disliked)))
            .group_by(columns.sender_id)
            .order_by(newest.desc())
            .execution_options(yield_per=_PAGE)
        )
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                yield row.sender_id

    def _opinions(self, conversation_id: str) -> dict[int, tuple[str, str]]:
        query = sa.select(feedback).where(feedback.c.conversation_id == conversation_id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return {row.position: (row.rating, row.comment or "") for row in rows}


def _reviewed(
    conversation_id: str,
    events: list[tuple[int, dict[str, Any]]],
    opinions: dict[int, tuple[str, str]],
) -> Reviewed:
    spoken: list[Spoken] = []
    slots: dict[str, Any] = defaultdict(str)
    channel = ""
    for position, event in events:
        if event["event"] == "slot":
            slots[event["name"]] = event.get("value") or slots[event["name"]]
        elif event["event"] == "user":
            channel = channel or str(event.get("input_channel") or "")
            spoken += _by_patient(position, event)
        elif event["event"] == "bot":
            spoken.append(_by_assistant(position, event, opinions.get(position, ("", ""))))
    reasons: list[Reason] = []
    if any(one.intent in NOT_ANSWERED and not one.pressed for one in spoken):
        reasons.append("fallback")
    if slots[CASE_SLOT]:
        reasons.append("handoff")
    if any(one.rating == "down" for one in spoken):
        reasons.append("thumbs_down")
    newest = max(float(event.get("timestamp") or 0) for _, event in events)
    return Reviewed(
        conversation_id=conversation_id,
        newest=datetime.fromtimestamp(newest, timezone.utc),
        channel=channel,
        language=str(slots["language"] or "nb"),
        reasons=tuple(reasons),
        case_code=str(slots[CASE_SLOT]),
        spoken=tuple(spoken),
    )


def _by_patient(position: int, event: dict[str, Any]) -> Iterator[Spoken]:
    metadata = event.get("metadata") or {}
    pressed = "shown" in metadata
    text = str(metadata.get("shown", event.get("text")) or "")
    if not text or (not pressed and text.startswith("/")):
        return  # silence, the greeting: nothing that the patient said
    intent = (event.get("parse_data") or {}).get("intent") or {}
    yield Spoken(
        position,
        _moment(event),
        by_assistant=False,
        text=text,
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0),
        pressed=pressed,
    )


def _by_assistant(position: int, event: dict[str, Any], opinion: tuple[str, str]) -> Spoken:
    buttons = (event.get("data") or {}).get("buttons") or []
    return Spoken(
        position,
        _moment(event),
        by_assistant=True,
        text=str(event.get("text") or ""),
        rating=opinion[0],
        comment=opinion[1],
        buttons=tuple(str(button.get("title")) for button in buttons),
    )


def _moment(event: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(event.get("timestamp") or 0), timezone.utc)
