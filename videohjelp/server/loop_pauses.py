"""How long the event loop answers nobody while something else is done in a thread."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

#: Seconds between two beats.
_BEAT = 0.01


class LoopPauses:
    """Beats as long as the context lasts. longest: the longest delay of a beat, in seconds."""

    longest = 0.0

    async def __aenter__(self) -> LoopPauses:
        self._beating = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._beating.cancel()
        with suppress(asyncio.CancelledError):
            await self._beating

    async def _beat(self) -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(_BEAT)
            self.longest = max(self.longest, time.perf_counter() - begun - _BEAT)
