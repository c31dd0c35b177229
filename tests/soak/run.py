"""One soak: the load and the samples side by side, and what was stored before and after."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from tests.bench.texts import conversations
from tests.soak.load import Load, run_load
from tests.soak.log import Log
from tests.soak.report import Soaked
from tests.soak.samples import Sample, sample_until
from tests.soak.systems import System
from tests.staff.client import TESTER, Staff

#: So many conversations of questions, again and again.
QUESTIONS = 2_000
#: Counters that are a state, not a count.
_STATES = ("postgresql connections", "redis bytes")


async def soak(
    system: System, load: Load, seconds: float, every: float, say: Callable[[Sample], None]
) -> Soaked:
    """Soaks a running system. every: seconds between two samples. say: hears of each sample.

    Raises psutil.NoSuchProcess when a server process ends.
    """
    log = Log()
    # Both take a while: the former by reading, the latter as it is meant to.
    questions = await asyncio.to_thread(conversations, QUESTIONS)
    staff = await asyncio.to_thread(lambda: [Staff(url, TESTER) for url in system.urls])
    before, counted = system.stored(), system.counters()
    until = time.monotonic() + seconds
    sampling = asyncio.create_task(sample_until(until, every, system, log, say))
    loading = asyncio.create_task(run_load(system.urls, staff, questions, load, log, until=until))
    try:
        samples = await sampling
        await loading
    finally:
        loading.cancel()
    counters = {
        name: value - (0 if name in _STATES else counted.get(name, 0))
        for name, value in system.counters().items()
    }
    return Soaked(system.name, samples, log, before, system.stored(), counters)
