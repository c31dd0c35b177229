"""Stores what patients think of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.feedback.tables import feedback
from videohjelp.storage.engine import reading
from videohjelp.storage.upsert import put

_COLUMNS = feedback.c
_RATINGS = sa.select(_COLUMNS.position, _COLUMNS.rating).where(
    _COLUMNS.conversation_id == sa.bindparam("conversation")
)

Rating = Literal["up", "down"]


@dataclass(frozen=True)
class Opinion:
    """What a patient thinks of one answer.

    position: the answer's place in its conversation, from 0. response: the response's name in
    data/responses, None when it had none. comment: redacted by whoever makes this.
    given_at: with a time zone.
    """

    conversation_id: str
    position: int
    rating: Rating
    given_at: datetime
    comment: str | None = None
    response: str | None = None


class FeedbackStore:
    """The opinions of a database. Every method raises SQLAlchemyError when it is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, opinion: Opinion) -> None:
        """Stores an opinion, in place of the one the patient had of the same answer."""
        with self._engine.begin() as connection:
            put(connection, feedback, opinion.__dict__)

    def withdraw(self, conversation_id: str, position: int) -> None:
        """Deletes the opinion of an answer; nothing when there was none."""
        with self._engine.begin() as connection:
            connection.execute(_delete_one(conversation_id, position))

    def ratings(self, conversation_id: str) -> dict[int, Rating]:
        """The ratings in a conversation, by the answers' places."""
        with reading(self._engine) as connection:
            rows = connection.execute(_RATINGS, {"conversation": conversation_id})
            return {row.position: cast(Rating, row.rating) for row in rows}

    def delete_before(self, moment: datetime) -> int:
        """Deletes opinions given before a moment (with a time zone); gives how many they were."""
        with self._engine.begin() as connection:
            done = connection.execute(sa.delete(feedback).where(feedback.c.given_at < moment))
        return int(done.rowcount)


def _delete_one(conversation_id: str, position: int) -> sa.sql.Delete:
    return sa.delete(feedback).where(
        feedback.c.conversation_id == conversation_id, feedback.c.position == position
    )
