"""The test's own waiting for a processor is left out, whoever asks first."""

from __future__ import annotations

import asyncio
import time

from tests.chaos.steady_clock import beat_forever, now, paused


async def test_a_pause_of_this_process_is_no_time() -> None:
    beating = asyncio.create_task(beat_forever())
    await asyncio.sleep(0.1)
    begun, before = now(), paused()
    time.sleep(1.0)  # noqa: ASYNC251 - the loop is to stand still
    assert now() - begun < 0.5, "before the beat could notice it"
    assert paused() - before > 0.8
    await asyncio.sleep(0.3)
    assert 0.2 < now() - begun < 1.0, "what others are waited for counts"
    beating.cancel()
