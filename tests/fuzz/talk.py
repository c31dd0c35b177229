"""Conversations with the assistant in this process, through the channels' own reading of calls."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any, Protocol

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.shared.core.trackers import DialogueStateTracker
from sanic.response import json as sanic_json

from tests.fuzz.acts import Act
from videohjelp.appointments.wording import Language
from videohjelp.channels.sms import conversation as sms_conversation
from videohjelp.channels.sms.providers.base import Call
from videohjelp.channels.sms.providers.console import SERVICE_NUMBER, ConsoleProvider
from videohjelp.channels.sms.service import LEASE, SmsService
from videohjelp.channels.sms.worker import Worker
from videohjelp.channels.web.conversations import Conversations
from videohjelp.channels.web.requests import RefusedError, read_json, read_message
from videohjelp.coordination.locks import NoLocks
from videohjelp.settings import settings
from videohjelp.sms import sessions
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.limits import Verdict
from videohjelp.sms.sessions import conversation_prefix
from videohjelp.sms.tables import inbox, outbox

#: Seconds the channels wait: the machine may be shared, and slowness is measured by itself.
_PATIENCE = 60.0
_FIRST_NUMBER = 40_000_000
_NOT_OFFERED = "0000000000000000"


@dataclass(frozen=True)
class Answer:
    """What came of an act: texts, or a refusal's code, or silence for a reason."""

    texts: tuple[str, ...] = ()
    refusal: str | None = None
    silence: str | None = None


class Talk(Protocol):
    """One patient's conversation."""

    async def send(self, act: Act) -> Answer:
        """The patient does something; what they get."""

    async def tracker(self) -> DialogueStateTracker | None:
        """The conversation as it is stored; None when there is none."""

    async def copy(self) -> Talk:
        """Another patient's conversation that is just where this one is."""

    async def delete(self) -> None:
        """Deletes the conversation."""


class WebTalk:
    """A conversation of the web chat."""

    def __init__(self, agent: Agent, web: Conversations) -> None:
        self._agent, self._web = agent, web
        self._id = f"web-{uuid.uuid4().hex}"
        self._buttons: tuple[str, ...] = ()

    @classmethod
    async def begin(cls, agent: Agent, language: Language) -> WebTalk:
        """A new conversation, greeted."""
        talk = cls(agent, Conversations(agent, agent.handle_message, _PATIENCE))
        talk._heard(await talk._web.start(talk._id, language))
        return talk

    async def send(self, act: Act) -> Answer:
        """The patient does something; what they get."""
        value = act.value
        if act.kind == "press":
            value = self._buttons[value % len(self._buttons)] if self._buttons else _NOT_OFFERED
        body = json.dumps({"id": str(uuid.uuid4()), act.kind: value}).encode()
        try:
            incoming = read_message(read_json(body, "application/json"), settings().message_limit)
            messages = await self._web.send(self._id, incoming, settings().default_language)
        except RefusedError as error:
            return Answer(refusal=error.code)
        return Answer(self._heard(messages))

    async def tracker(self) -> DialogueStateTracker | None:
        """The conversation as it is stored; None when there is none."""
        found: DialogueStateTracker | None = await self._agent.tracker_store.retrieve(self._id)
        return found

    async def copy(self) -> WebTalk:
        """Another patient's conversation that is just where this one is."""
        other = WebTalk(self._agent, self._web)
        other._buttons = self._buttons
        await _copy_tracker(self._agent, self._id, other._id)
        return other

    async def delete(self) -> None:
        """Deletes the conversation."""
        await self._web.delete(self._id)

    def _heard(self, messages: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        # What the channel gives must be fit for the answer's body.
        sanic_json({"messages": messages}).body.decode()  # type: ignore[union-attr]
        said = [one for one in messages if one["from"] == "assistant"]
        self._buttons = tuple(button["id"] for one in said for button in one.get("buttons", ()))
        return tuple(one["text"] for one in said)


class SmsSide:
    """The SMS channel of this process."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.service = SmsService(ConsoleProvider(), NoLocks())
        self.stores = self.service.stores
        conversations = sms_conversation.Conversations(agent, agent.handle_message)
        self.worker = Worker(self.stores, conversations, settings())
        sms_conversation.PATIENCE = _PATIENCE
        self._numbers = itertools.count(_FIRST_NUMBER)

    def new_number(self) -> str:
        """A number that has not written before."""
        return f"+47{next(self._numbers)}"

    def forget(self) -> None:
        """Empties inbox and outbox: one test's leftovers are not answered in the next."""
        with self.stores.engine.begin() as connection:
            connection.execute(sa.delete(inbox))
            connection.execute(sa.delete(outbox))


class SmsTalk:
    """A conversation by text messages: through the provider's call, the inbox and the worker."""

    def __init__(self, side: SmsSide) -> None:
        self._side = side
        self._number = side.new_number()
        self._last: InboxMessage | None = None

    async def send(self, act: Act) -> Answer:
        """The patient does something; what they get."""
        text = str(act.value + 1) if act.kind == "press" else str(act.value)
        body = {"id": uuid.uuid4().hex, "number": self._number, "text": text}
        headers = {"content-type": "application/json", "host": "127.0.0.1"}
        await self._side.service.receive(
            Call("", headers, json.dumps(body).encode(), peer="127.0.0.1")
        )
        message = self._side.stores.inbox.claim(datetime.now(timezone.utc), LEASE)
        if message is None:
            raise AssertionError("the inbox did not give the message back")
        self._last = message
        before = self._last_reply()
        was_out = self._opted_out(message)
        await self._side.worker.handle(message)
        texts = self._texts(before)
        return Answer(texts, silence=None if texts else self._why_silent(message, was_out))

    async def tracker(self) -> DialogueStateTracker | None:
        """The conversation as it is stored; None when there is none."""
        found: DialogueStateTracker | None = None
        if self._last is not None:
            session = self._side.stores.sessions.load(self._last)
            found = await self._side.agent.tracker_store.retrieve(session.conversation_id)
        return found

    async def copy(self) -> SmsTalk:
        """Another patient's conversation that is just where this one is."""
        other = SmsTalk(self._side)
        if self._last is None:
            return other
        session = self._side.stores.sessions.load(self._last)
        sender = self._side.service.phone_ids.candidates(other._number)[0]
        new = replace(session, conversation_id=f"{conversation_prefix(sender)}0")
        if not session.is_new:
            await _copy_tracker(self._side.agent, session.conversation_id, new.conversation_id)
            with self._side.stores.engine.begin() as connection:
                sessions.save(connection, sender, new, datetime.now(timezone.utc))
        return other

    async def delete(self) -> None:
        """Deletes the conversation."""
        sender = self._side.service.phone_ids.candidates(self._number)[0]
        store: Any = self._side.agent.tracker_store
        await store.delete_beginning_with(conversation_prefix(sender))

    def _opted_out(self, message: InboxMessage) -> bool:
        return self._side.stores.consent.opted_out(SERVICE_NUMBER, message.sender_id)

    def _why_silent(self, message: InboxMessage, was_out: bool) -> str | None:
        if was_out:
            return "opted out"
        if self._side.stores.limits.verdict(message) is not Verdict.ALLOW:
            return "over the limit"
        return None

    def _last_reply(self) -> int:
        with self._side.stores.engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.max(outbox.c.id))).scalar() or 0)

    def _texts(self, after: int) -> tuple[str, ...]:
        query = sa.select(outbox.c.text).where(outbox.c.id > after).order_by(outbox.c.id)
        with self._side.stores.engine.connect() as connection:
            return tuple(connection.execute(query).scalars())


async def _copy_tracker(agent: Agent, old: str, new: str) -> None:
    store: Any = agent.tracker_store
    full = await store.retrieve_full_tracker(old)
    copied = DialogueStateTracker.from_events(new, full.events, agent.domain.slots)
    await store.save(copied)
