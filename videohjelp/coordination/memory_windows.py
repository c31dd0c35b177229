"""Moving windows in the memory of this process that are forgotten when nothing is left in them."""

from __future__ import annotations

import threading
import time

from limits.storage import MemoryStorage

#: Seconds between two looks for windows that are over.
FORGET_EVERY = 60.0


class ForgettingMemory(MemoryStorage):
    """The library's storage goes through all windows in a thread of its own after each hit, and
    keeps an empty one for whoever was ever counted (limits 5.8): the time of each hit grew with the
    conversations of the last minute. Here a hit looks at its own window alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.timer = _AlwaysRunning(0, self.forget)
        self._forget_at = time.monotonic() + FORGET_EVERY

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """As the library's; now and then it forgets who has not been counted lately."""
        if time.monotonic() >= self._forget_at:
            self._forget_at = time.monotonic() + FORGET_EVERY
            self.forget()
        self._forget_old(key)
        return super().acquire_entry(key, limit, expiry, amount)

    def forget(self) -> None:
        """Forgets whose windows are over."""
        for key in list(self.events):
            self._forget_old(key)
            with self.locks[key]:
                if not self.events.get(key):
                    self.clear(key)

    def _forget_old(self, key: str) -> None:
        """Forgets what has left a window."""
        now = time.time()
        with self.locks[key]:
            events = self.events.get(key)
            while events and events[-1].expiry <= now:  # the oldest is the last
                events.pop()


class _AlwaysRunning(threading.Timer):
    """The library starts a timer after each hit unless one runs."""

    def is_alive(self) -> bool:
        return True
