"""Figures with their 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

REPETITIONS = 10_000


@dataclass(frozen=True)
class Estimate:
    """A figure and the ends of its 95 % interval, in percent or percentage points."""

    value: float
    low: float
    high: float


def accuracy(right: Sequence[bool], sentences: int) -> Estimate:
    """How many are right, in percent, with Wilson's interval.

    sentences: how many different sentences the messages are versions of. The interval is that of
    so many messages, as if all versions of one stood or fell together: rather too wide than too
    narrow. Raises ValueError when there is nothing to count.
    """
    if not right:
        raise ValueError("no messages to count")
    share = sum(right) / len(right)
    interval = binomtest(round(share * sentences), sentences).proportion_ci(method="wilson")
    return Estimate(100 * share, 100 * interval.low, 100 * interval.high)


def difference(right: Sequence[bool], ours: Sequence[bool], sentences: int) -> Estimate:
    """By how many percentage points `right` is better than `ours` on the same messages.

    The interval is the bootstrap's: the pairs drawn anew with replacement, as many as there are
    sentences (see `accuracy`).
    """
    pairs = np.array(right, dtype=int) - np.array(ours, dtype=int)
    if not len(pairs):
        raise ValueError("no messages to count")
    gains = np.array([-1, 0, 1])
    shares = [float(np.mean(pairs == gain)) for gain in gains]
    drawn = np.random.default_rng(0).multinomial(sentences, shares, size=REPETITIONS)
    low, high = np.percentile(drawn @ gains / sentences, (2.5, 97.5))
    return Estimate(100 * float(pairs.mean()), 100 * float(low), 100 * float(high))
