"""One soak: the load and the samples side by side, and what was stored before and after."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from tests.soak.load import Load, run_load
from tests.soak.log import Log
from tests.soak.report import Soaked
from tests.soak.samples import Sample, sample_until
from tests.soak.systems import System
from tests.staff.client import TESTER, Staff

#: Counters that are a state, not a count.
_STATES = ("postgresql connections", "redis bytes")


async def soak(
    system: System, load: Load, seconds: float, every: float, say: Callable[[Sample], None]
) -> Soaked:
    """Soaks a running system. every: seconds between two samples. say: hears of each sample.

    Raises psutil.NoSuchProcess when a server process ends.
    """
    log = Log()
    # Logging in takes a while, as it is meant to.
    staff = await asyncio.to_thread(lambda: [Staff(url, TESTER) for url in system.urls])
    before, counted = system.stored(), system.counters()
    until = time.monotonic() + seconds
    sampling = asyncio.create_task(sample_until(until, every, system, log, say))
    loading = asyncio.create_task(run_load(system.urls, staff, load, log, until))
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
