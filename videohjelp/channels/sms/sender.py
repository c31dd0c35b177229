"""Sends the messages of the outbox, and finds out about those of which nobody knows."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from videohjelp.backoff import Backoff
from videohjelp.channels.sms.providers.base import (
    Found,
    Outgoing,
    PermanentError,
    Provider,
    Sent,
    TransientError,
    UncertainError,
)
from videohjelp.channels.sms.stores import Stores
from videohjelp.sms.outbox import OutgoingMessage
from videohjelp.sms.phone_ids import PhoneIds, UnreadableNumberError
from videohjelp.sms.queue import LostLeaseError
from videohjelp.sms.queue_clock import QueueClock
from videohjelp.sms.tables import outbox as table

log = structlog.get_logger("videohjelp.sms")

#: An answer that comes much later than this helps nobody: about half an hour of tries.
BACKOFF = Backoff(base_seconds=2.0, cap_seconds=300.0, max_attempts=16)


class Sender:
    """Sends messages through a provider; any number at the same time."""

    def __init__(
        self,
        stores: Stores,
        provider: Provider,
        phone_ids: PhoneIds,
        *,
        backoff: Backoff = BACKOFF,
    ) -> None:
        """Takes what it works with."""
        self._outbox = stores.outbox
        self._reports = stores.reports
        self._now = stores.now
        self._provider = provider
        self._phone_ids = phone_ids
        self._backoff = backoff
        longest = max(timedelta(seconds=backoff.cap_seconds), provider.uncertain_after)
        self._clock = QueueClock(stores.engine, table, longest)

    def claim(self) -> tuple[OutgoingMessage, bool] | None:
        """The next message to see to, and whether it may have been sent already."""
        now, lease = self._clock.now(), self._provider.uncertain_after
        if (message := self._outbox.uncertain(now, lease)) is not None:
            return message, True
        if (message := self._outbox.claim(now, lease)) is not None:
            return message, False
        return None

    async def handle(self, claimed: tuple[OutgoingMessage, bool]) -> None:
        """Sends a claimed message, or finds out whether it was sent.

        Raises sqlalchemy.exc.SQLAlchemyError when the database does not answer; the message is
        uncertain when its lease is over.
        """
        message, is_uncertain = claimed
        try:
            if message.provider != self._provider.name:
                # It came over another one, from another number; only a person can decide.
                await asyncio.to_thread(self._outbox.dead, message, "another provider")
            elif is_uncertain:
                await self._find_out(message)
            else:
                await self._send(message)
        except LostLeaseError:
            log.warning("reply_taken_by_another")

    async def _send(self, message: OutgoingMessage) -> None:
        try:
            sent = await self._provider.send(self._outgoing(message))
        except UnreadableNumberError:
            await self._give_up(message, "unreadable number")
        except TransientError as error:
            await self._retry(message, error)
        except PermanentError as error:
            await self._give_up(message, error.kind)
        except UncertainError as error:
            # It stays taken; when the lease is over it is asked for.
            log.warning("reply_uncertain", error=error.kind)
        else:
            await asyncio.to_thread(self._note, message, sent)

    async def _find_out(self, message: OutgoingMessage) -> None:
        known = await asyncio.to_thread(self._outbox.provider_ids, message.sender_id)
        try:
            found = await self._provider.find(self._outgoing(message), known)
        except UnreadableNumberError:
            await self._give_up(message, "unreadable number")
        except TransientError as error:
            if message.attempts >= self._backoff.max_attempts:
                await self._give_up(message, f"uncertain, {error.kind}")
            else:
                delay = self._backoff.delay(message.attempts, error.wait_seconds)
                now = await asyncio.to_thread(self._now)
                await asyncio.to_thread(self._outbox.postpone, message, now + delay)
        else:
            if isinstance(found, Sent):
                await asyncio.to_thread(self._note, message, found)
            elif found is Found.SURELY_NOT:
                await self._retry(message, TransientError("not sent"))
            else:
                await self._give_up(message, "uncertain")

    async def _retry(self, message: OutgoingMessage, error: TransientError) -> None:
        if message.attempts >= self._backoff.max_attempts:
            await self._give_up(message, error.kind)
            return
        now = await asyncio.to_thread(self._now)
        at = now + self._backoff.delay(message.attempts, error.wait_seconds)
        await asyncio.to_thread(self._outbox.retry, message, at, error.kind)
        log.warning("reply_tried_again", error=error.kind, attempts=message.attempts)

    async def _give_up(self, message: OutgoingMessage, error: str) -> None:
        await asyncio.to_thread(self._outbox.dead, message, error)
        log.error("reply_not_sent", error=error, attempts=message.attempts, id=message.id)

    def _note(self, message: OutgoingMessage, sent: Sent) -> None:
        now = self._now()
        self._outbox.sent(message.key, sent.provider_message_id, now)
        self._reports.note(self._provider.name, sent.provider_message_id, sent.delivery, now)

    def _outgoing(self, message: OutgoingMessage) -> Outgoing:
        return Outgoing(
            key=message.key,
            service_number=message.service_number,
            created_at=message.created_at,
            number=self._phone_ids.decrypt(message.number),
            text=message.text,
        )
