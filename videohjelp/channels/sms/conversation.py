"""Asks the assistant: one message of a patient's in, what it says out, once for each message."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from actions.follow_language import WRITTEN
from videohjelp.appointments.wording import Language
from videohjelp.channels.apology import apology
from videohjelp.channels.web.messages import ReplyCollector
from videohjelp.coordination.locks import Locks, NoLocks, hold
from videohjelp.language.danger import DANGERS
from videohjelp.observation import observer
from videohjelp.sms.answers import Option, Said
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.sessions import Session, conversation_prefix
from videohjelp.storage.conversation_rows import StaleConversationError

log = structlog.get_logger("videohjelp.sms")

CHANNEL = "sms"
#: After this many seconds the patient gets an apology with a phone number.
PATIENCE = 8.0
#: Seconds that a turn has at least after the one before it has taken the patience.
_LEAST = 1.0

#: Nothing of the turn was stored, and the next time it may be: the database was away, or another
#: process was in between.
_PASSES = (
    OperationalError,
    InterfaceError,
    NoConnectionError,
    IntegrityError,
    StaleConversationError,
)

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class AssistantFailedError(Exception):
    """There is no answer; the conversation is as it was before."""


class AssistantSlowError(Exception):
    """There is no answer yet; the assistant goes on, and nobody knows where it will end."""


@dataclass(frozen=True)
class Heard:
    """What the assistant said to one message, and in which language."""

    said: tuple[Said, ...] = field(repr=False)
    language: Language


class SmsReplies(ReplyCollector):
    """Collects what the assistant says to a text message, in its wording for text messages."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL


class Conversations:
    """The assistant's conversations over SMS.

    A message that is handled again, because its worker was killed, may have had its turn: the
    assistant stores the turn before the answer is stored. The turn carries the message's id, so
    it is found again, and what was said then is said now; nothing is asked twice.
    """

    def __init__(
        self, agent: Agent, on_new_message: OnNewMessage, locks: Locks | None = None
    ) -> None:
        """Takes the loaded agent, Rasa's way to give it a message, and all processes' locks."""
        self._agent = agent
        self._locks: Locks = locks or NoLocks()
        self._on_new_message = on_new_message
        self._going_on: dict[str, asyncio.Task[None]] = {}

    async def ask(
        self,
        message: InboxMessage,
        session: Session,
        default: Language,
        option: Option | None = None,
        waited: float = 0.0,
    ) -> Heard:
        """What the assistant says to a message, or to the option that the message chose.

        default: the language of somebody nothing is known of. waited: seconds of the patience that
        are over. Raises AssistantFailedError,
        AssistantSlowError, or sqlalchemy.exc.SQLAlchemyError when it is to be asked again.
        """
        if message.attempts > 1 and (heard := await self._heard_before(message, session)):
            return heard
        replies = SmsReplies()
        asked = UserMessage(
            message.text if option is None else option.payload,
            replies,
            session.conversation_id,
            input_channel=CHANNEL,
            message_id=_turn_id(message),
            metadata=None if option is None else {"shown": option.title},
        )
        task = self._begin_turn(asked, message.sender_id, session, default)
        try:
            # The work goes on when the patience is over: half a conversation is never stored.
            await asyncio.wait_for(asyncio.shield(task), max(PATIENCE - waited, _LEAST))
        except asyncio.TimeoutError:
            log.error("answer_took_too_long", seconds=PATIENCE)
            observer().late(CHANNEL)
            raise AssistantSlowError from None
        except _PASSES as error:
            log.warning("turn_not_stored", kind=type(error).__name__)
            if heard := await self._heard_before(message, session):
                return heard
            raise
        except Exception as error:
            log.exception("answer_failed")
            raise AssistantFailedError from error
        if not replies.replies:
            raise AssistantFailedError
        language = session.language or default
        for reply in replies.replies:
            language = reply.get("language") or language
        return Heard(tuple(map(_said, replies.replies)), cast(Language, language))

    async def settle(self, sender_id: str) -> float:
        """Waits for a turn of this sender that went on after the patience was over.

        Gives the seconds that it took.
        """
        task = self._going_on.get(sender_id)
        if task is None:
            return 0.0
        begun = time.monotonic()
        await asyncio.wait([task], timeout=PATIENCE - _LEAST)
        return time.monotonic() - begun

    async def is_danger(self, text: str) -> bool:
        """Whether a message means danger to life. Asks for the meaning alone; nothing is stored.

        When that fails, it may be danger.
        """
        try:
            parsed = await self._agent.parse_message(text)
        except Exception:
            log.exception("danger_not_looked_for")
            return True
        return (parsed.get("intent") or {}).get("name") in DANGERS

    async def delete(self, sender_id: str) -> None:
        """Deletes all conversations with a sender."""
        await self._store.delete_beginning_with(conversation_prefix(sender_id))

    def apology(self, language: Language) -> str:
        """What is said when there is no answer."""
        return apology(self._agent.domain, language, CHANNEL)

    @property
    def _store(self) -> Any:
        return self._agent.tracker_store

    def _begin_turn(
        self, asked: UserMessage, sender_id: str, session: Session, default: Language
    ) -> asyncio.Task[None]:
        task = asyncio.create_task(self._turn(asked, session, default))
        self._going_on[sender_id] = task

        def ended(_: asyncio.Task[None]) -> None:
            if self._going_on.get(sender_id) is task:
                del self._going_on[sender_id]
            if not task.cancelled() and task.exception() is not None:
                log.error("turn_failed", kind=type(task.exception()).__name__)

        task.add_done_callback(ended)
        return task

    async def _turn(self, asked: UserMessage, session: Session, default: Language) -> None:
        # The queue gives one message of a sender at a time; a turn that took too long may go on.
        async with hold(self._locks, asked.sender_id):
            if session.is_new:
                await self._begin(asked.sender_id, session.language, default)
            await self._on_new_message(asked)

    async def _begin(self, conversation_id: str, known: str | None, default: Language) -> None:
        processor = cast(Any, self._agent.processor)
        tracker = await processor.fetch_tracker_with_initial_session(conversation_id, SmsReplies())
        tracker.update(SlotSet("language", known or default), processor.domain)
        if known:
            # They have written before: one word of another language does not change it.
            tracker.update(SlotSet("language_from", WRITTEN), processor.domain)
        await processor.save_tracker(tracker)

    async def _heard_before(self, message: InboxMessage, session: Session) -> Heard | None:
        """What was said in the stored turn of a message; None when there is no such turn.

        Raises AssistantFailedError when the turn was had and nothing was said: it is had once.
        """
        tracker = await self._store.retrieve_full_tracker(session.conversation_id)
        said = None if tracker is None else _said_to(tracker.events, _turn_id(message))
        if said is None:
            return None
        if not said:
            raise AssistantFailedError
        return Heard(said, cast(Language, tracker.get_slot("language")))


def _turn_id(message: InboxMessage) -> str:
    return f"sms-{message.id}"


def _said_to(events: Iterable[Event], turn_id: str) -> tuple[Said, ...] | None:
    """What the assistant said in the turn of a message; None without that turn."""
    said: list[Said] = []
    found = within = False
    for event in events:
        if isinstance(event, UserUttered):
            within = event.message_id == turn_id
            found = found or within
        elif within and isinstance(event, BotUttered):
            said.append(_said({**(event.data or {}), "text": event.text}))
    return tuple(said) if found else None


def _said(reply: dict[str, Any]) -> Said:
    buttons = [button for button in reply.get("buttons") or [] if button.get("payload")]
    options = tuple(Option(button["title"], button["payload"]) for button in buttons)
    return Said(reply.get("text") or "", options)
