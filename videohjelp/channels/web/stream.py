"""What is said in a conversation, as it is said: server-sent events (HTML standard, 9.2)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from videohjelp.appointments.wording import Language
from videohjelp.channels.web.conversations import Conversations, UnknownConversationError

#: Seconds after which the page must ask anew: proxies and phones keep nothing open for ever.
LONGEST = 300.0
#: Milliseconds after which a lost connection is tried again.
RETRY = 2000


async def server_sent_events(
    conversations: Conversations,
    conversation_id: str,
    after: int,
    language: Language,
    heard: asyncio.Event,
) -> AsyncIterator[str]:
    """The stream's text, piece by piece: every message with a seq above `after`, then new ones.

    heard: set by Updates.listen when something was said. Ends after some minutes, when the
    conversation was deleted (after an event that says so), and when the server stops. Raises
    SQLAlchemyError when the database is away.
    """
    yield f"retry: {RETRY}\n\n"
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and not conversations.updates.closing:
        heard.clear()
        try:
            messages = await conversations.messages(conversation_id, language, after)
        except UnknownConversationError:
            yield _event("deleted", {})
            return
        for message in messages:
            after = message["seq"]
            yield _event("message", message, after)
        try:
            await asyncio.wait_for(heard.wait(), conversations.updates.pause)
        except asyncio.TimeoutError:
            yield ": \n\n"


def _event(name: str, data: dict[str, Any], number: int | None = None) -> str:
    numbered = f"id: {number}\n" if number is not None else ""
    return f"{numbered}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
