"""The web conversations: a message in, and what was said since the page last heard out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from sqlalchemy.exc import IntegrityError

from videohjelp import clock
from videohjelp.appointments.wording import Language
from videohjelp.channels.apology import APOLOGY, apology
from videohjelp.channels.web.message_ids import MessageIds
from videohjelp.channels.web.messages import (
    ReplyCollector,
    messages_for_page,
    response_name,
)
from videohjelp.channels.web.requests import Incoming, RefusedError, Verdict
from videohjelp.channels.web.turns import LateError, Turns
from videohjelp.channels.web.updates import Updates
from videohjelp.channels.web.user_messages import UNSEEN, UserMessages
from videohjelp.coordination.shared import Shared
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.feedback.store import FeedbackStore, Opinion
from videohjelp.privacy.redaction import redact
from videohjelp.server.secret import secret_keys
from videohjelp.storage.conversation_rows import StaleConversationError
from videohjelp.storage.open_turn import OpenTurn
from videohjelp.storage.tracker_store import ConversationStore
from videohjelp.storage.transcripts import Transcripts

log = structlog.get_logger("videohjelp.web")

CHANNEL = "web"
#: The id of the turn in which the assistant greets; no page can give it.
GREETING = "web-greeting"
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
Messages = list[dict[str, Any]]


class UnknownConversationError(LookupError):
    """The conversation does not exist, or was deleted."""


class Conversations:
    """The assistant's conversations over the web.

    A turn is stored whole, with the id of the patient's message, before anybody hears of it; what
    the page gets is read from what was stored. So a message that is sent again, whatever had
    happened to the first sending, is answered with the same messages.
    """

    def __init__(
        self,
        agent: Agent,
        on_new_message: OnNewMessage,
        patience: float,
        shared: Shared | None = None,
        ids: MessageIds | None = None,
    ) -> None:
        """Takes the loaded agent, Rasa's way to give it a message, and a patience in seconds.

        shared: what other processes of this server share; None when there are none. ids: hides the
        page's ids; with the server's own keys unless given.
        """
        shared = shared or Shared()
        self._ids = ids or MessageIds(secret_keys())
        self._agent = agent
        self._on_new_message = on_new_message
        self._turns = Turns(patience, shared.locks)
        store = self._store
        self._transcripts = Transcripts(store.engine)
        self._user_messages = UserMessages(self._transcripts, self._ids)
        self._feedback = FeedbackStore(store.engine)
        self.updates = Updates(shared.news)

    async def start(self, conversation_id: str, language: Language) -> Messages:
        """Begins a conversation: gives the assistant's greeting.

        Raises LateError when that took too long; nobody knows the conversation then. Raises
        SQLAlchemyError when the database is away.
        """

        async def begin() -> Messages:
            turn = OpenTurn(conversation_id)
            turn.begin(([], 0))  # it is new: there is nothing to read
            processor = cast(Any, self._agent.processor)
            tracker = await processor.fetch_tracker_with_initial_session(
                conversation_id, ReplyCollector()
            )
            tracker.update(SlotSet("language", language), processor.domain)
            await processor.save_tracker(tracker)
            turn.go_on()
            greeting = UserMessage("/greet", message_id=GREETING, metadata=UNSEEN)
            await self._take_turn(conversation_id, greeting)
            return await self._messages_after(conversation_id, 0, language, turn)

        # Nobody else is in it: there is nothing to wait for.
        return await self._turns.in_time(begin())

    async def send(self, conversation_id: str, incoming: Incoming, language: Language) -> Messages:
        """Handles a message, unless it was handled before.

        Gives the messages after `incoming.after`. language: the page's. Raises LateError when there
        is no answer yet, UnknownConversationError, RefusedError for a button that was not offered,
        SQLAlchemyError when the database is away.
        """

        async def handle() -> None:
            stored, place = await self._store.begin(turn, ids)
            if place is not None:
                return
            if not stored:
                raise UnknownConversationError
            message = await self._user_messages.of(conversation_id, incoming)
            await self._take_turn(conversation_id, message)

        async def handled() -> int | None:
            _, place = await self._transcripts.find(conversation_id, ids)
            return place

        async def read() -> Messages:
            after = incoming.after
            if after is None:
                # The places before a message with seq n are 0 … n-2: "after seq n" is "after
                # place n-1".
                after = (await handled() or 0) + 1
            return await self._messages_after(conversation_id, after, language, turn)

        turn = OpenTurn(conversation_id)
        ids = self._ids.candidates(incoming.message_id)
        begun = time.monotonic()
        try:
            await self._turns.run(conversation_id, handle, incoming.message_id)
        except LateError:
            # Whoever has the lock may be the one who has answered, and is slow to give it back.
            if await self._turns.in_time(handled(), begun) is None:
                raise
        return await self._turns.in_time(read(), begun)

    async def messages(self, conversation_id: str, language: Language, after: int = 0) -> Messages:
        """The messages with a seq above `after`.

        Raises UnknownConversationError, LateError, SQLAlchemyError.
        """

        async def read() -> Messages:
            found = await self._messages_after(conversation_id, after, language)
            if not found:
                await self.must_exist(conversation_id)
            return found

        return await self._turns.in_time(read())

    async def judge(self, conversation_id: str, verdict: Verdict) -> None:
        """Stores what the patient thinks of an answer, or forgets it again.

        Raises RefusedError when the assistant has given no answer with this seq.
        """
        position = verdict.seq - 1
        said = await self._transcripts.said_at(conversation_id, position)
        if said is None or not said.by_assistant:
            await self.must_exist(conversation_id)
            raise RefusedError("not_offered")
        if verdict.rating is None:
            await asyncio.to_thread(self._feedback.withdraw, conversation_id, position)
            return
        opinion = Opinion(
            conversation_id,
            position,
            verdict.rating,
            clock.now(),
            comment=redact(verdict.comment, own_numbers()) if verdict.comment else None,
            response=response_name(said),
        )
        await asyncio.to_thread(self._feedback.save, opinion)

    async def delete(self, conversation_id: str) -> None:
        """Deletes the conversation with all that belongs to it, in every table at once."""

        async def remove() -> None:
            await self._store.delete(conversation_id)

        await self._turns.run(conversation_id, remove)
        self.updates.notify(conversation_id)

    async def must_exist(self, conversation_id: str) -> None:
        """Raises UnknownConversationError unless the conversation was begun and not deleted."""
        if not await self._transcripts.exists(conversation_id):
            raise UnknownConversationError

    def apology(self, language: Language) -> str:
        """What is said when there is no answer."""
        return apology(self._agent.domain, language, CHANNEL)

    @property
    def _store(self) -> ConversationStore:
        return cast(ConversationStore, self._agent.tracker_store)

    async def _messages_after(
        self, conversation_id: str, after: int, language: Language, turn: OpenTurn | None = None
    ) -> Messages:
        """turn: the one just taken; what it has written need not be read."""
        written = turn.said_after(after - 1) if turn else None
        if written is not None:
            return messages_for_page(written, {}, language, self._ids)  # nobody has rated it yet

        def read() -> Messages:
            said = self._transcripts.read_after(conversation_id, after - 1)
            ratings = self._feedback.ratings(conversation_id) if said else {}
            return messages_for_page(said, ratings, language, self._ids)

        return await asyncio.to_thread(read)

    async def _take_turn(self, conversation_id: str, message: UserMessage) -> None:
        """Lets the assistant answer; afterwards the turn is stored, and has an answer."""
        message.sender_id = conversation_id
        message.input_channel = CHANNEL
        answered = False
        try:
            # The second time, the turn that was in between is over.
            if await self._answer(message) or await self._answer(message):
                answered = bool(cast(ReplyCollector, message.output_channel).replies)
        except Exception:
            log.exception("answer_failed")
        # What was said without an error is stored.
        if not answered:
            await self._apologise_if_silent(conversation_id, message)
        self.updates.notify(conversation_id)

    async def _answer(self, message: UserMessage) -> bool:
        """Gives the assistant the message; False when another turn was stored in between.

        That happens only when a lock was lost: the store then takes nothing of this turn.
        """
        message.output_channel = ReplyCollector()
        try:
            await self._on_new_message(message)
        except (IntegrityError, StaleConversationError) as error:
            log.warning("turn_in_between", kind=type(error).__name__)
            message.output_channel = ReplyCollector()  # nothing of this turn was said
            done = await self._transcripts.turn(message.sender_id, message.message_id)
            return done is not None
        return True

    async def _apologise_if_silent(self, conversation_id: str, message: UserMessage) -> None:
        """Adds an apology to a turn without an answer, and the turn itself when it is missing."""
        position = await self._transcripts.turn(conversation_id, message.message_id)
        if position is not None:
            said = await self._transcripts.said_after(conversation_id, position)
            if any(one.by_assistant for one in said):
                return
        tracker = await self._store.retrieve(conversation_id)
        if tracker is None:
            raise UnknownConversationError
        language = cast(Language, tracker.get_slot("language") or "nb")
        events: list[Event] = [
            ActionExecuted(APOLOGY),
            BotUttered(
                self.apology(language), metadata={"utter_action": APOLOGY, "language": language}
            ),
            ActionExecuted("action_listen"),
        ]
        if position is None:
            events.insert(
                0,
                UserUttered(
                    message.text,
                    input_channel=CHANNEL,
                    message_id=message.message_id,
                    metadata=message.metadata,
                ),
            )
        for event in events:
            tracker.update(event)
        await self._store.save(tracker)
