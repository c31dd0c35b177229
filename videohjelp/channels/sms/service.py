"""Stores what the provider brings, and keeps answering and sending in the background."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from sanic import Sanic
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.channels.clean_text import clean
from videohjelp.channels.sms.conversation import Conversations
from videohjelp.channels.sms.providers.base import (
    Call,
    Incoming,
    Provider,
    Report,
    UnreadableError,
)
from videohjelp.channels.sms.pump import Pump
from videohjelp.channels.sms.sender import Sender
from videohjelp.channels.sms.stores import make_stores
from videohjelp.channels.sms.worker import Worker
from videohjelp.coordination.locks import Locks
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.observation import Stage, timed
from videohjelp.privacy.redaction import redact
from videohjelp.server.retention import delete_old_messages_forever, encrypt_again_forever
from videohjelp.settings import settings
from videohjelp.sms.inbox import InboxMessage
from videohjelp.sms.keys import NumberKeys
from videohjelp.sms.phone_ids import NumberError, can_be_answered, normalise, phone_ids
from videohjelp.sms.queue import LostLeaseError
from videohjelp.sms.queue_clock import QueueClock
from videohjelp.sms.reports import Delivery
from videohjelp.sms.tables import inbox

log = structlog.get_logger("videohjelp.sms")

#: How long a message is one worker's unless it is kept: who was answered by a process that was
#: killed is answered by another one before ten seconds are over.
LEASE = timedelta(seconds=7)
#: Seconds after which a worker that is still at it keeps its message for another lease.
KEPT_AFTER = 2.0
#: Seconds until a call is refused because the database does not answer; providers wait 10 to 15.
STORING_SECONDS = 8.0
#: What the tables have room for.
LONGEST_SERVICE_NUMBER = 32
LONGEST_PROVIDER_ID = 128


class SmsService:
    """The channel with a provider: stores what comes in, and runs what answers it."""

    def __init__(self, provider: Provider, locks: Locks) -> None:
        """Takes the provider and all processes' locks, everything else from the settings.

        Raises sqlalchemy.exc.SQLAlchemyError when the database does not answer.
        """
        self.provider = provider
        self._locks = locks
        self.stores = make_stores(settings())
        self.phone_ids = phone_ids()
        self._clock = QueueClock(self.stores.engine, inbox, LEASE)
        self._rings: tuple[Callable[[], None], ...] = ()

    async def receive(self, call: Call) -> None:
        """Stores the message in a call; nothing when it was stored before.

        Raises NotGenuineError, UnreadableError, and anything else when it could not be stored.
        """
        incoming = self.provider.receive(call)
        storing = asyncio.to_thread(self._store, incoming)
        await asyncio.wait_for(storing, STORING_SECONDS)
        self._ring()

    async def report(self, call: Call) -> None:
        """Stores the report in a call. Raises as `receive` does."""
        report = self.provider.report(call)
        if report.delivery is not None:
            noting = asyncio.to_thread(self._note, report, report.delivery)
            await asyncio.wait_for(noting, STORING_SECONDS)
            self._ring()

    def start(self, app: Sanic, conversations: Conversations) -> None:
        """Starts answering, sending and deleting in the serving process."""
        worker = Worker(self.stores, conversations, settings())
        sender = Sender(self.stores, self.provider, self.phone_ids)
        at_once = settings().sms_concurrency

        async def answer(message: InboxMessage) -> None:
            async with self._kept(message):
                await worker.handle(message)
            sending.ring()

        answering = Pump("inbox", self._claim, answer, at_once=at_once)
        sending = Pump("outbox", sender.claim, sender.handle, at_once=at_once)
        self._rings = (answering.ring, sending.ring)
        app.add_task(answering.run())
        app.add_task(sending.run())
        keys = NumberKeys(self.stores.engine, self.phone_ids)
        app.add_task(delete_old_messages_forever(self.stores.retention, self._locks))
        app.add_task(encrypt_again_forever(keys, self._locks))

    def _ring(self) -> None:
        for ring in self._rings:
            ring()

    def _claim(self) -> InboxMessage | None:
        return self.stores.inbox.claim(self._clock.now(), LEASE)

    @asynccontextmanager
    async def _kept(self, message: InboxMessage) -> AsyncIterator[None]:
        """Within it a claimed message stays this process's, as long as it lives."""

        def keep() -> None:
            self.stores.inbox.keep(message, self.stores.now() + LEASE)

        async def keep_forever() -> None:
            while True:
                await asyncio.sleep(KEPT_AFTER)
                try:
                    await asyncio.to_thread(keep)
                except LostLeaseError:
                    return
                except SQLAlchemyError as error:
                    log.warning("message_not_kept", reason=type(error).__name__)

        keeping = asyncio.create_task(keep_forever())
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.wait([keeping])

    def _store(self, incoming: Incoming) -> None:
        if len(incoming.service_number) > LONGEST_SERVICE_NUMBER:
            raise UnreadableError("this is no number of ours")
        try:
            can_answer = can_be_answered(normalise(incoming.number))
        except NumberError:
            raise UnreadableError("this is no sender of a text message") from None
        if not can_answer:
            # A name: an advertisement, or another machine. There is nobody to answer.
            log.warning("sender_cannot_be_answered")
            return
        with timed(Stage.CLEAN):
            # One character too many says that it is too long.
            text = redact(clean(incoming.text), own_numbers())[: settings().message_limit + 1]
        self.stores.inbox.accept(
            provider=self.provider.name,
            provider_message_id=incoming.message_id,
            service_number=incoming.service_number,
            sender_ids=self.phone_ids.candidates(incoming.number),
            number=self.phone_ids.encrypt(incoming.number),
            text=text,
            received_at=self.stores.now(),
        )

    def _note(self, report: Report, delivery: Delivery) -> None:
        now, message_id = self.stores.now(), report.provider_message_id
        if len(message_id) > LONGEST_PROVIDER_ID:
            raise UnreadableError("this is no message of ours")
        if report.key is not None:
            # A report proves that the provider has the message, whatever its answer was.
            self.stores.outbox.sent(report.key, message_id, now)
        self.stores.reports.note(self.provider.name, message_id, delivery, now, report.error)
