"""Deletes conversations, opinions, hand-off cases and text messages when their time is over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from actions.services import cases
from videohjelp import clock
from videohjelp.coordination.locks import Locks, hold
from videohjelp.feedback.store import FeedbackStore
from videohjelp.settings import settings
from videohjelp.sms.retention import Deleted, Retention
from videohjelp.staff.retention import delete_old_staff
from videohjelp.storage.tracker_store import ConversationStore

log = structlog.get_logger("videohjelp.retention")

#: Seconds between two looks.
PAUSE = 24 * 60 * 60.0
#: Patients' numbers are kept as short as possible.
PAUSE_MESSAGES = 60 * 60.0


async def delete_old_forever(store: ConversationStore, locks: Locks) -> None:
    """Deletes old conversations and cases at start and then daily."""
    await _forever("delete_old", lambda: delete_old(store), PAUSE, locks)


async def delete_old_messages_forever(retention: Retention, locks: Locks) -> None:
    """Deletes old text messages and numbers at start and then hourly."""
    await _forever(
        "delete_old_messages", lambda: delete_old_messages(retention), PAUSE_MESSAGES, locks
    )


async def _forever(
    name: str, delete: Callable[[], Awaitable[object]], pause: float, locks: Locks
) -> None:
    """Deletes again and again; a failure is logged and tried again.

    name: of the lock by which several processes do so one after the other.
    """
    while True:
        try:
            async with hold(locks, f"job:{name}"):
                await delete()
        except Exception:
            log.exception("deletion_failed")
        await asyncio.sleep(pause)


async def delete_old(store: ConversationStore) -> tuple[int, int]:
    """Deletes what is older than `retention_days`, opinions of answers included.

    Gives the number of conversations and of cases that were deleted.
    """
    moment = clock.now() - timedelta(days=settings().retention_days)
    conversations = await store.delete_before(moment)
    opinions = await asyncio.to_thread(FeedbackStore(store.engine).delete_before, moment)
    old_cases = await asyncio.to_thread(cases().delete_before, moment)
    await asyncio.to_thread(delete_old_staff, store.engine, settings(), clock.now())
    log.info("deleted_old", conversations=conversations, opinions=opinions, cases=old_cases)
    return conversations, old_cases


async def delete_old_messages(retention: Retention) -> Deleted:
    """Deletes the text messages and numbers that are too old; gives how many they were."""
    deleted = await asyncio.to_thread(retention.delete_old, clock.now())
    log.info("deleted_old_messages", numbers=deleted.numbers, messages=deleted.messages)
    return deleted
