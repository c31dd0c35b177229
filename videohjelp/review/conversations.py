"""Finds the conversations that staff should look at, and reads them."""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.feedback.tables import feedback
from videohjelp.storage.notable_events import (
    CASE_SLOT,
    NOT_ANSWERED,
    Note,
    newest_notes,
    with_case,
)
from videohjelp.storage.tables import conversation_events

Reason = Literal["fallback", "handoff", "thumbs_down"]
REASONS: tuple[Reason, ...] = get_args(Reason)


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
        found: dict[str, Reviewed | None] = {}
        matching = 0
        for conversation_id in self._candidates(since, reasons):
            if conversation_id in found:
                continue
            one = found[conversation_id] = self._matching(conversation_id, reasons, wanted)
            matching += one is not None
            if matching == limit:
                break
        return sorted((one for one in found.values() if one), key=_newest, reverse=True)

    def with_case(self, code: str) -> str | None:
        """The id of the conversation in which the patient got this code."""
        return with_case(self._engine, code)

    def _matching(
        self, conversation_id: str, reasons: Collection[Reason], words: Collection[str]
    ) -> Reviewed | None:
        one = self.get(conversation_id)
        if one is None or not set(one.reasons) & set(reasons):
            return None
        said = " ".join(spoken.text for spoken in one.spoken).casefold()
        return one if all(word in said for word in words) else None

    def _candidates(self, since: datetime, reasons: Collection[Reason]) -> Iterator[str]:
        """The ids of conversations that may have one of the reasons, the newest reason first; the
        same ones again and again."""
        notes: list[Note] = [one for one in reasons if one != "thumbs_down"]
        noted = ((at, sender) for at, sender, _ in newest_notes(self._engine, since, notes))
        disliked = self._disliked(since) if "thumbs_down" in reasons else []
        for _, sender in heapq.merge(noted, disliked, reverse=True):
            yield sender

    def _disliked(self, since: datetime) -> list[tuple[float, str]]:
        columns = feedback.c
        query = (
            sa.select(columns.given_at, columns.conversation_id)
            .where(columns.rating == "down", columns.given_at >= since)
            .order_by(columns.given_at.desc())
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [(row.given_at.timestamp(), row.conversation_id) for row in rows]

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


def _newest(one: Reviewed) -> datetime:
    return one.newest


def _moment(event: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(event.get("timestamp") or 0), timezone.utc)
