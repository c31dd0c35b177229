"""A test case's conversation by text message: through the channel's inbox, worker and outbox."""

from __future__ import annotations

import itertools
import uuid
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from rasa.core.agent import Agent

from videohjelp.channels.clean_text import clean
from videohjelp.channels.sms.conversation import Conversations
from videohjelp.channels.sms.stores import Stores, make_stores
from videohjelp.channels.sms.worker import Worker
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.settings import Settings, settings
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.phone_ids import PhoneIds
from videohjelp.sms.tables import outbox
from videohjelp.stories import events
from videohjelp.stories.cases import TestCase, Turn
from videohjelp.stories.results import Heard
from videohjelp.stories.web import NotOfferedError, begun
from videohjelp.stories.witness import Witness

_SERVICE = "+4759440000"
_LEASE = timedelta(seconds=60)
#: All cases of a run have one database; what they send together is no patient's.
_SEGMENTS = 10**9
_FIRST_NUMBER = 40_000_000


class SmsChannel:
    """The channel, on the database of this process; phones with numbers of their own."""

    def __init__(self, agent: Agent, witness: Witness) -> None:
        """Takes the loaded assistant, and who sees what it does."""
        self.agent = agent
        self.witness = witness
        self.settings: Settings = settings().copy(update={"sms_daily_segments": _SEGMENTS})
        self.stores: Stores = make_stores(self.settings)
        self.ids = PhoneIds([uuid.uuid4().hex])
        self.conversations = Conversations(agent, agent.handle_message)
        self._numbers = itertools.count(_FIRST_NUMBER)

    def phone(self, case: TestCase) -> SmsTalk:
        """A phone that has not written before."""
        return SmsTalk(self, f"+47{next(self._numbers)}", case)


class SmsTalk:
    """A new conversation. Use it within clock.frozen."""

    def __init__(self, channel: SmsChannel, number: str, case: TestCase) -> None:
        self._channel = channel
        self._number = number
        self._case = case
        own = channel.settings.copy(update={"default_language": case.language})
        self._worker = Worker(channel.stores, channel.conversations, own)
        self._conversation = ""
        self._known = 0
        self._options: tuple[str, ...] = ()

    async def begin(self, case: TestCase) -> None:
        """Nothing yet: a conversation by SMS begins with its first message to the assistant."""

    async def say(self, turn: Turn) -> Heard:
        """The patient's turn, and what comes of it. Raises NotOfferedError."""
        if turn.is_press and turn.text not in self._options:
            raise NotOfferedError(turn.text, self._options)
        channel = self._channel
        before = self._last_reply()
        message = self._received(turn.text)
        session = channel.stores.sessions.load(message)
        if session.is_new and self._case.slots:
            await begun(channel.agent, session.conversation_id, dict(self._case.slots))
        await self._worker.handle(message)
        texts = self._texts(before)
        session = channel.stores.sessions.load(message)
        # What stands on a page that was not sent yet, the patient has not seen.
        shown = not session.pages and not session.is_new
        self._options = tuple(option.title for option in session.options) if shown else ()
        new, slots = await self._turn(session.conversation_id)
        return events.heard(new, slots, texts, self._options, **channel.witness.take())

    def _received(self, text: str) -> InboxMessage:
        channel, now = self._channel, datetime.now(timezone.utc)
        longest = channel.settings.message_limit + 1
        channel.stores.inbox.accept(
            provider="console",
            provider_message_id=uuid.uuid4().hex,
            service_number=_SERVICE,
            sender_ids=channel.ids.candidates(self._number),
            number=channel.ids.encrypt(self._number),
            text=redact(clean(text), own_numbers())[:longest],
            received_at=now,
        )
        message = channel.stores.inbox.claim(datetime.now(timezone.utc), _LEASE)
        if message is None:
            raise RuntimeError("the inbox did not give the message back")
        return message

    async def _turn(self, conversation: str) -> tuple[list[Any], dict[str, Any]]:
        store: Any = self._channel.agent.tracker_store
        tracker = await store.retrieve_full_tracker(conversation)
        if tracker is None:
            return [], {}
        known = self._known if conversation == self._conversation else 0
        self._conversation, self._known = conversation, len(tracker.events)
        return list(tracker.events)[known:], tracker.current_slot_values()

    def _last_reply(self) -> int:
        with self._channel.stores.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.max(outbox.c.id))).scalar() or 0)

    def _texts(self, after: int) -> list[str]:
        query = sa.select(outbox.c.text).where(outbox.c.id > after).order_by(outbox.c.id)
        with self._channel.stores.engine.connect() as connection:
            return list(connection.execute(query).scalars())
