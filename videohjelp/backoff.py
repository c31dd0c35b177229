"""When to try again what has failed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Backoff:
    """When to try again: any time up to base, 2 base, 4 base, … seconds, never over `cap`.

    The whole delay is left to chance ("full jitter"), so that what failed together does not come
    back together. After `max_attempts` tries it is given up.
    """

    base_seconds: float = 30.0
    cap_seconds: float = 3600.0
    max_attempts: int = 30
    uniform: Callable[[float, float], float] = random.uniform

    def delay(self, failed_attempts: int, wait_seconds: float = 0.0) -> timedelta:
        """Give the delay after `failed_attempts` (1 or more), at least one second.

        `wait_seconds` is what the receiver asked for; it is kept to, up to the cap.
        """
        # Over 2**30 there is nothing but the cap, and floats end at 2**1023.
        ceiling = min(self.cap_seconds, self.base_seconds * 2.0 ** min(failed_attempts - 1, 30))
        chosen = max(1.0, self.uniform(0.0, ceiling), min(wait_seconds, self.cap_seconds))
        return timedelta(seconds=chosen)
