"""When a service that did not answer is asked again."""

from __future__ import annotations

import time

#: Seconds for which it is not asked.
REST = 5.0


class Rest:
    """A circuit breaker (M. Nygard, Release It!, 5.2) for one service; any thread may use it.

    After a failure nobody asks for REST seconds. Then one does, and the others go on without the
    service until it has answered: while it hangs, one in REST seconds waits for it.
    """

    def __init__(self) -> None:
        #: How often it has failed so far.
        self.failures = 0
        self._away = False
        self._asked = 0.0

    def may_be_asked(self) -> bool:
        """Whether the caller may ask; it tells then what came of it."""
        now = time.monotonic()
        if not self._away:
            return True
        if now < self._asked + REST:
            return False
        self._asked = now
        return True

    def failed(self) -> bool:
        """It did not answer. Gives True for the first time since it has."""
        was_there = not self._away
        self.failures += 1
        self._away = True
        self._asked = time.monotonic()
        return was_there

    def answered(self) -> None:
        """It is there."""
        self._away = False
