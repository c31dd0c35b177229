"""Moving windows in the memory of this process that are forgotten when nothing is left in them."""

from __future__ import annotations

import time

from limits.storage import MemoryStorage

#: Seconds between two looks for windows that are over.
FORGET_EVERY = 60.0


class ForgettingMemory(MemoryStorage):
    """The library's storage keeps an empty list for whoever was ever counted (limits 5.8).

    It goes through all of them after each hit, so that not only the memory but the time of each hit
    grew with the conversations that there had ever been.
    """

    def __init__(self) -> None:
        super().__init__()
        self._forget_at = time.monotonic() + FORGET_EVERY

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """As the library's; now and then it forgets who has not been counted lately."""
        if time.monotonic() >= self._forget_at:
            self._forget_at = time.monotonic() + FORGET_EVERY
            self.forget()
        return super().acquire_entry(key, limit, expiry, amount)

    def forget(self) -> None:
        """Forgets whose windows are over."""
        now = time.time()
        for key in list(self.events):
            with self.locks[key]:
                events = self.events.get(key)
                if not events or events[0].expiry <= now:  # the newest is the first
                    self.clear(key)
