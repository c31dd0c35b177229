"""A clock that stands still while this process does not run.

On a busy machine the test itself waits for a processor, for seconds: that is nobody's waiting for
an answer. What the servers wait for a processor counts. For the thread of the event loop alone.
"""

from __future__ import annotations

import asyncio
import time

#: Seconds between two beats; what is later than that is a pause.
_BEAT = 0.05


class _Beat:
    #: When the next beat is due (time.monotonic()); none before the first.
    due: float | None = None
    paused = 0.0


def now() -> float:
    """Seconds, as time.monotonic(), without the pauses of this process. It never goes back."""
    return _notice() - _Beat.paused


def paused() -> float:
    """How many seconds this process has not run."""
    _notice()
    return _Beat.paused


async def beat_forever() -> None:
    """Lets the clock notice pauses as long as this runs: a beat that comes late."""
    try:
        while True:
            _Beat.due = time.monotonic() + _BEAT
            await asyncio.sleep(_BEAT)
            _notice()
    finally:
        _Beat.due = None


def _notice() -> float:
    """Whoever asks first after a pause notices it, the beat or anybody else."""
    present = time.monotonic()
    if _Beat.due is not None and present - _Beat.due > _BEAT:
        _Beat.paused += present - _Beat.due
        _Beat.due = present
    return present
