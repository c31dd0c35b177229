"""Where the conversation with each sender is: its id, its language, what the last answer left open.

Options and pages are the assistant's own texts, made from redacted messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.sms.answers import Option
from videohjelp.sms.tables import insert_new, senders, storable
from videohjelp.storage.engine import reading

if TYPE_CHECKING:
    from videohjelp.sms.inbox import InboxMessage


@dataclass(frozen=True)
class Session:
    """The present conversation with a sender.

    conversation_id: the assistant's sender id. is_new: nothing was said in it before. language:
    nb, nn, en, or None when nothing is known. options: those of the last answer. pages: what MER
    gives, the next first.
    """

    conversation_id: str
    is_new: bool
    language: str | None = None
    options: tuple[Option, ...] = field(default=(), repr=False)
    pages: tuple[str, ...] = field(default=(), repr=False)


class Sessions:
    """The stored sessions."""

    def __init__(self, engine: Engine, *, pause: timedelta) -> None:
        """Takes the database.

        pause: a longer one between two messages begins a new conversation.
        """
        self._engine = engine
        self._pause = pause

    def load(self, message: InboxMessage) -> Session:
        """The conversation that a claimed message belongs to.

        A new one keeps nothing but the language. It is named after the message, so that the
        message has the same one when it is handled again.
        """
        query = sa.select(senders).where(senders.c.sender_id == message.sender_id)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        language = None if row is None else row["language"]
        if (
            row is None
            or row["conversation_id"] is None
            or message.received_at - row["last_message_at"] > self._pause
        ):
            new_id = f"{conversation_prefix(message.sender_id)}{message.id}"
            return Session(new_id, is_new=True, language=language)
        return Session(
            conversation_id=row["conversation_id"],
            is_new=False,
            language=language,
            options=tuple(Option(**option) for option in row["options"]),
            pages=tuple(row["pages"]),
        )


def save(connection: Connection, sender_id: str, session: Session, received_at: datetime) -> None:
    """Keeps where the conversation is. A change for Inbox.finish.

    received_at: when the message came that was answered, with a time zone.
    """
    values = {
        "conversation_id": session.conversation_id,
        "last_message_at": received_at,
        "language": session.language,
        "options": [
            {"title": storable(option.title), "payload": storable(option.payload)}
            for option in session.options
        ],
        "pages": [storable(page) for page in session.pages],
    }
    change = sa.update(senders).where(senders.c.sender_id == sender_id).values(**values)
    if connection.execute(change).rowcount == 0:
        row = {"sender_id": sender_id, "received_at": received_at, **values}
        insert_new(connection, senders, row)


def conversation_prefix(sender_id: str) -> str:
    """What the ids of all conversations with a sender begin with, and of nobody else's."""
    return f"{sender_id}-"
