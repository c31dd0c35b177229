"""Keeps which topic staff say a patient's message was about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.content.nlu import VARIETIES
from videohjelp.privacy.redaction import redact
from videohjelp.review.tables import LONGEST_TEXT, review_marks
from videohjelp.storage.upsert import put

#: "near" and "far" go with out_of_scope; a look-alike sounds dangerous and is not.
KINDS = ("", "lookalike", "near", "far")


class MarkError(ValueError):
    """A mark cannot be kept. The text says why and what to do."""


@dataclass(frozen=True)
class Mark:
    """A message and what it was about.

    text: redacted. topic: an intent of the domain. variety: one of VARIETIES. kind: one of KINDS.
    marked_at: UTC, with a time zone.
    """

    text: str
    topic: str
    variety: str
    kind: str
    marked_at: datetime


class MarkStore:
    """Marks in any database SQLAlchemy speaks to."""

    def __init__(
        self, engine: Engine, topics: Collection[str], own_numbers: Collection[str]
    ) -> None:
        """Take the database, the domain's intents, and the numbers that need no redaction."""
        self._engine = engine
        self._topics = frozenset(topics)
        self._own_numbers = frozenset(own_numbers)

    def add(self, text: str, topic: str, variety: str, now: datetime, kind: str = "") -> Mark:
        """Marks a message; an earlier mark of the same text is replaced.

        now: with a time zone. Raises MarkError for an unknown topic, variety or kind, and for an
        empty text.
        """
        # Staff may paste what they got by phone: it has not passed the channel's redaction.
        clean = redact(text.replace("\x00", "").strip(), self._own_numbers)
        if not clean:
            raise MarkError("the message is empty; give its text")
        if len(clean) > LONGEST_TEXT:
            raise MarkError(f"the message is longer than {LONGEST_TEXT} characters; shorten it")
        for name, value, known in (
            ("topic", topic, sorted(self._topics)),
            ("variety", variety, VARIETIES),
            ("kind", kind, KINDS),
        ):
            if value not in known:
                choices = ", ".join(one for one in known if one)
                raise MarkError(f"the {name} '{value}' is not known; use one of: {choices}")
        mark = Mark(clean, topic, variety, kind, now.astimezone(timezone.utc))
        values = {**mark.__dict__, "marked_at": mark.marked_at.replace(tzinfo=None)}
        with self._engine.begin() as connection:
            put(connection, review_marks, values)
        return mark

    def all(self) -> tuple[Mark, ...]:
        """Every mark, the oldest first."""
        query = sa.select(review_marks).order_by(review_marks.c.marked_at, review_marks.c.text)
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            Mark(
                text=row["text"],
                topic=row["topic"],
                variety=row["variety"],
                kind=row["kind"],
                marked_at=row["marked_at"].replace(tzinfo=timezone.utc),
            )
            for row in rows
        )

    def remove(self, text: str) -> bool:
        """Takes a mark away; False when there was none."""
        with self._engine.begin() as connection:
            done = connection.execute(sa.delete(review_marks).where(review_marks.c.text == text))
        return bool(done.rowcount)


def delete_marks_before(engine: Engine, moment: datetime) -> int:
    """Deletes the marks made before a moment (with a time zone); gives how many they were."""
    before = moment.astimezone(timezone.utc).replace(tzinfo=None)
    with engine.begin() as connection:
        done = connection.execute(sa.delete(review_marks).where(review_marks.c.marked_at < before))
    return int(done.rowcount)
