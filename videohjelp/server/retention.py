"""Deletes conversations and hand-off cases when their time is over, once a day."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from actions.services import cases
from videohjelp import clock
from videohjelp.settings import settings
from videohjelp.storage.tracker_store import ConversationStore

log = structlog.get_logger("videohjelp.retention")

#: Seconds between two looks.
PAUSE = 24 * 60 * 60.0


async def delete_old_forever(store: ConversationStore) -> None:
    """Deletes what is old at start and then daily; a failure is logged and tried again."""
    while True:
        try:
            await delete_old(store)
        except Exception:
            log.exception("deletion_failed")
        await asyncio.sleep(PAUSE)


async def delete_old(store: ConversationStore) -> tuple[int, int]:
    """Deletes what is older than `retention_days`.

    Gives the number of conversations and of cases that were deleted.
    """
    moment = clock.now() - timedelta(days=settings().retention_days)
    conversations = await store.delete_before(moment)
    old_cases = await asyncio.to_thread(cases().delete_before, moment)
    log.info("deleted_old", conversations=conversations, cases=old_cases)
    return conversations, old_cases
