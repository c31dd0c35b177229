"""The end of what runs in the background, when the server stops."""

from __future__ import annotations

import asyncio

import structlog

log = structlog.get_logger("videohjelp.server")

#: Seconds that it has to end: a turn to be stored, a text message to be sent. Then it is told once
#: more: a library may have taken the first cancellation for a time-out of its own.
PATIENCES = (4.0, 1.0)


async def end_background_work() -> None:
    """Cancels every other task of this loop and waits until it has ended.

    Sanic 21.12 does so with tasks that have a name alone; the others would be destroyed with the
    loop while they wait, and what they end with (`finally`) would not be done.
    """
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for patience in PATIENCES:
        if not left:
            return
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=patience)
    for task in left:
        log.error("task_did_not_end", task=task.get_name())
