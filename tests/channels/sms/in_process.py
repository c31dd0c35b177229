"""The channel in this process, from the inbox to the outbox, with the whole assistant."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.assistant import Assistant
from videohjelp.channels.clean_text import clean
from videohjelp.channels.sms.conversation import Conversations
from videohjelp.channels.sms.stores import make_stores
from videohjelp.channels.sms.worker import Worker
from videohjelp.settings import settings
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.tables import outbox

SERVICE = "+4759440000"
NUMBER = "+4799887766"
LEASE = timedelta(seconds=30)
_numbered = itertools.count(1)


class InProcess:
    """A channel on a database of its own. overrides: settings by name."""

    def __init__(self, assistant: Assistant, folder: Path, **overrides: Any) -> None:
        database = f"sqlite:///{folder / 'sms.db'}"
        self.assistant = assistant
        self.settings = settings().copy(update={"database_url": database, **overrides})
        self.stores = make_stores(self.settings)
        self.ids = PhoneIds(["only-for-tests-" * 3])
        self.conversations = Conversations(assistant.agent, assistant.agent.handle_message)

    @property
    def worker(self) -> Worker:
        """A worker as it is after a start of the server."""
        return Worker(self.stores, self.conversations, self.settings)

    def receive(self, text: str, number: str = NUMBER, at: datetime | None = None) -> None:
        """A message comes in."""
        self.stores.inbox.accept(
            provider="console",
            # Conversations of other tests are in the same assistant.
            provider_message_id=f"M{next(_numbered)}",
            service_number=SERVICE,
            sender_ids=self.ids.candidates(number),
            number=self.ids.encrypt(number),
            text=clean(text),
            received_at=at or datetime.now(timezone.utc),
        )

    def claim(self, after: timedelta = timedelta()) -> InboxMessage:
        """The next message, claimed a while from now."""
        message = self.stores.inbox.claim(datetime.now(timezone.utc) + after, LEASE)
        assert message is not None
        return message

    def handle(self, message: InboxMessage) -> list[str]:
        """A claimed message is answered; the texts that it gets."""
        before = self._last()
        self.assistant.run(self.worker.handle(message))
        return self._texts(before)

    def say(self, text: str, number: str = NUMBER, at: datetime | None = None) -> list[str]:
        """A message comes in and is answered; the texts that it gets."""
        self.receive(text, number, at)
        return self.handle(self.claim())

    def written(self, conversation_id: str) -> list[str]:
        """What the patient has written, as the assistant has stored it."""
        store = self.assistant.agent.tracker_store
        tracker = self.assistant.run(store.retrieve_full_tracker(conversation_id))
        return [] if tracker is None else [e.text for e in tracker.events if e.type_name == "user"]

    def conversation_ids(self, number: str = NUMBER) -> Sequence[str]:
        """The ids of the conversations with a number, in the order of their beginnings."""
        prefix = self.ids.sender_id(number)
        keys = self.assistant.run(self.assistant.agent.tracker_store.keys())
        own = [key for key in keys if key.startswith(prefix)]
        return sorted(own, key=lambda key: int(key.rpartition("-")[2]))

    def _last(self) -> int:
        with self.stores.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.max(outbox.c.id))).scalar() or 0)

    def _texts(self, after: int) -> list[str]:
        query = sa.select(outbox.c.text).where(outbox.c.id > after).order_by(outbox.c.id)
        with self.stores.engine.connect() as connection:
            return list(connection.execute(query).scalars())
