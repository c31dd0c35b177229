"""Deletes conversations, opinions, hand-off cases and text messages when their time is over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from actions.services import cases
from videohjelp import clock
from videohjelp.feedback.store import FeedbackStore
from videohjelp.observation import observer
from videohjelp.settings import settings
from videohjelp.sms.retention import Deleted, Retention
from videohjelp.staff.retention import delete_old_staff
from videohjelp.storage.tracker_store import ConversationStore

log = structlog.get_logger("videohjelp.retention")

#: Seconds between two looks.
PAUSE = 24 * 60 * 60.0
#: Patients' numbers are kept as short as possible.
PAUSE_MESSAGES = 60 * 60.0


async def delete_old_forever(store: ConversationStore) -> None:
    """Deletes old conversations and cases at start and then daily."""
    await _forever("conversations", lambda: delete_old(store), PAUSE)


async def delete_old_messages_forever(retention: Retention) -> None:
    """Deletes old text messages and numbers at start and then hourly."""
    await _forever("messages", lambda: delete_old_messages(retention), PAUSE_MESSAGES)


async def _forever(job: str, delete: Callable[[], Awaitable[object]], pause: float) -> None:
    """Deletes again and again; a failure is logged and tried again."""
    observer().job_planned(job)
    while True:
        try:
            await delete()
        except Exception:
            log.exception("deletion_failed", job=job)
            observer().job_ended(job, succeeded=False)
        else:
            observer().job_ended(job, succeeded=True)
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
    _tell(conversations=conversations, opinions=opinions, cases=old_cases)
    log.info("deleted_old", conversations=conversations, opinions=opinions, cases=old_cases)
    return conversations, old_cases


async def delete_old_messages(retention: Retention) -> Deleted:
    """Deletes the text messages and numbers that are too old; gives how many they were."""
    deleted = await asyncio.to_thread(retention.delete_old, clock.now())
    _tell(numbers=deleted.numbers, messages=deleted.messages)
    log.info("deleted_old_messages", numbers=deleted.numbers, messages=deleted.messages)
    return deleted


def _tell(**deleted: int) -> None:
    for what, number in deleted.items():
        observer().deleted(what, number)
