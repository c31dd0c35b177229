"""A clock that stands still while this process does not run.

On a busy machine the test itself waits for a processor, for seconds: that is nobody's waiting for
an answer. What the servers wait for a processor counts.
"""

from __future__ import annotations

import asyncio
import time

#: Seconds between two beats.
_BEAT = 0.05


class _Pauses:
    total = 0.0


def now() -> float:
    """Seconds, as time.monotonic(), without the pauses of this process that were noticed."""
    return time.monotonic() - _Pauses.total


def paused() -> float:
    """How many seconds this process has not run."""
    return _Pauses.total


async def beat_forever() -> None:
    """Notices the pauses: a beat that comes late."""
    due = time.monotonic() + _BEAT
    while True:
        await asyncio.sleep(_BEAT)
        late = time.monotonic() - due
        # A little late is every timer.
        if late > _BEAT:
            _Pauses.total += late
        due = time.monotonic() + _BEAT
