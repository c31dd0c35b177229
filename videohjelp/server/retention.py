"""The jobs that delete what is over its time: daily, and hourly for text messages."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import structlog

from videohjelp import clock
from videohjelp.coordination.locks import Locks, hold
from videohjelp.observation import observer
from videohjelp.retention.rules import REST, delete_overdue
from videohjelp.settings import settings
from videohjelp.sms.keys import NumberKeys
from videohjelp.sms.retention import Deleted, Retention
from videohjelp.storage.tracker_store import ConversationStore

log = structlog.get_logger("videohjelp.retention")

#: Seconds between two looks.
PAUSE = 24 * 60 * 60.0
#: Patients' numbers are kept as short as possible.
PAUSE_MESSAGES = 60 * 60.0


async def delete_old_forever(store: ConversationStore, locks: Locks) -> None:
    """Deletes what is over its time at start and then daily."""
    await _forever("conversations", lambda: delete_old(store), PAUSE, locks)


async def delete_old_messages_forever(retention: Retention, locks: Locks) -> None:
    """Deletes old text messages and numbers at start and then hourly."""
    await _forever("messages", lambda: delete_old_messages(retention), PAUSE_MESSAGES, locks)


async def encrypt_again_forever(keys: NumberKeys, locks: Locks) -> None:
    """Encrypts waiting numbers with the newest key at start and then hourly."""
    await _forever("keys", lambda: encrypt_again(keys), PAUSE_MESSAGES, locks)


async def encrypt_again(keys: NumberKeys) -> int:
    """Encrypts waiting numbers with the newest key; gives how many they were."""
    changed = await asyncio.to_thread(keys.encrypt_again)
    if changed:
        log.info("numbers_encrypted_again", numbers=changed)
    return changed


async def _forever(
    job: str, work: Callable[[], Awaitable[object]], pause: float, locks: Locks
) -> None:
    """Does the work again and again; a failure is logged and tried again.

    Several processes do the same job one after the other, by a lock of its name.
    """
    observer().job_planned(job)
    while True:
        try:
            async with hold(locks, f"job:{job}"):
                await work()
        except Exception:
            log.exception("job_failed", job=job)
            observer().job_ended(job, succeeded=False)
        else:
            observer().job_ended(job, succeeded=True)
        await asyncio.sleep(pause)


async def delete_old(store: ConversationStore) -> dict[str, int]:
    """Deletes what is over its time, also what a part left behind that is turned off now.

    Gives how much it was, by the names of retention.rules. It takes its time: patients' messages
    are stored in between. What was deleted before an error is told as well.
    """
    deleted: Counter[str] = Counter()
    steps = delete_overdue(store.engine, settings(), clock.now())
    begun = time.monotonic()
    try:
        while step := await asyncio.to_thread(next, steps, None):
            rule, number = step
            deleted[rule] += number
            await asyncio.sleep(REST * (time.monotonic() - begun))
            begun = time.monotonic()
    finally:
        _tell(**deleted)
        log.info("deleted_old", **deleted)
    return dict(deleted)


async def delete_old_messages(retention: Retention) -> Deleted:
    """Deletes the text messages and numbers that are too old; gives how many they were."""
    deleted = await asyncio.to_thread(retention.delete_old, clock.now())
    _tell(numbers=deleted.numbers, messages=deleted.messages)
    log.info("deleted_old_messages", numbers=deleted.numbers, messages=deleted.messages)
    return deleted


def _tell(**deleted: int) -> None:
    for what, number in deleted.items():
        observer().deleted(what, number)
