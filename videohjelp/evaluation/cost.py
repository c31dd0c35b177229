"""What training and asking cost, in processor time."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence

#: How many messages are timed; the mean hardly changes with more.
TIMED = 300


def processor_seconds() -> float:
    """Processor time of this process and its ended children so far, all threads, in seconds."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def mean_milliseconds(ask: Callable[[str], object], texts: Sequence[str]) -> float:
    """Mean processor time of asking for one text alone, in milliseconds; 0.0 without texts.

    Takes at most TIMED texts, spread evenly. The first is asked once more before: it pays for
    what is loaded at first use.
    """
    step = max(1, -(-len(texts) // TIMED))
    timed = texts[::step]
    if not timed:
        return 0.0
    ask(timed[0])
    begin = time.process_time()
    for text in timed:
        ask(text)
    return (time.process_time() - begin) * 1000 / len(timed)
