"""Whether something grows: ratios alone, so that a slow machine is judged as a fast one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scipy.stats import theilslopes

from tests.soak.samples import Sample

#: A line through the last two thirds may rise by so much of where it begins. Caches that fill and
#: the allocator's fragments are in it; half an hour's leak of a kilobyte a message is above it.
MEMORY_MAY = 1.03
#: Files and threads come and go with the pages that listen and the work in threads.
FILES_MAY = 1.10
THREADS_MAY = 1.10
#: The last third's p95 of a message's processor time may be so much of the second third's. Other
#: work on the machine makes a message dearer by a fifth.
COST_MAY = 1.25
#: Windows are joined until they have so many messages: one dear message is not a dear window.
LEAST_MESSAGES = 30
MINIMUM = 2


@dataclass(frozen=True)
class Verdict:
    """What was looked at. ratio: found, 1 for what is flat. may: what is allowed."""

    what: str
    ratio: float
    may: float
    how: str

    @property
    def is_flat(self) -> bool:
        """Whether it does not grow."""
        return self.ratio <= self.may


def judge(samples: Sequence[Sample]) -> list[Verdict]:
    """The verdicts on a whole run. Raises ValueError for fewer than nine samples."""
    if len(samples) < 9:
        raise ValueError(f"{len(samples)} samples say nothing; nine at least are needed")

    def line(what: str, value: Callable[[Sample], float], may: float) -> Verdict:
        later = samples[len(samples) // 3 :]
        ratio = rise([one.at for one in later], [value(one) for one in later])
        how = "Theil–Sen line through the last two thirds, its end to its beginning"
        return Verdict(what, ratio, may, how)

    return [
        line("memory", lambda one: one.memory, MEMORY_MAY),
        line("open files", lambda one: one.files, FILES_MAY),
        line("threads", lambda one: one.threads, THREADS_MAY),
        Verdict(
            "processor time of a message, p95",
            _last_to_second(samples),
            COST_MAY,
            "last third to second third, over the windows",
        ),
        Verdict(
            "processor time of a message",
            _cost_line(samples),
            COST_MAY,
            "Theil–Sen line through the last two thirds, its end to its beginning",
        ),
    ]


def rise(times: Sequence[float], values: Sequence[float]) -> float:
    """How much a robust line through the points rises: its last value to its first.

    The slope is the median of the slopes between all pairs of points (Theil 1950, Sen 1968), so a
    third of the points may be anything. Raises ValueError when the line begins at 0 or below.
    """
    slope, intercept, _, _ = theilslopes(values, times)
    first = intercept + slope * times[0]
    if first <= 0:
        raise ValueError("the line begins at nothing; there is no ratio to it")
    return float((intercept + slope * times[-1]) / first)


def _cost_line(samples: Sequence[Sample]) -> float:
    later = _costs(samples[len(samples) // 3 :])
    return rise([at for at, _ in later], [cost for _, cost in later])


def _last_to_second(samples: Sequence[Sample]) -> float:
    third = len(samples) // 3
    second, last = _costs(samples[third : 2 * third]), _costs(samples[2 * third :])
    return _p95([cost for _, cost in last]) / _p95([cost for _, cost in second])


def _costs(samples: Sequence[Sample]) -> list[tuple[float, float]]:
    """When, and the processor time of a message then, over windows of enough messages.

    Raises ValueError when there are none.
    """
    found: list[tuple[float, float]] = []
    spent, messages = 0.0, 0
    for one in samples:
        spent += (one.cpu or 0.0) * one.messages
        messages += one.messages
        if messages >= LEAST_MESSAGES:
            found.append((one.at, spent / messages))
            spent, messages = 0.0, 0
    if len(found) < MINIMUM:
        raise ValueError(f"fewer than {MINIMUM * LEAST_MESSAGES} messages in a third of the run")
    return found


def _p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
