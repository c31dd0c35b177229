"""Whether the assistant is right as often as it says it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Messages whose confidence lies from `least` to `most`.

    messages: how many there are. confidence: their mean confidence. right: the share that is
    right. All but the number from 0 to 1.
    """

    least: float
    most: float
    messages: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """error: expected calibration error, 0 (perfect) to 1: the mean distance of a bin's confidence
    from its share of right ones, weighted by its messages. median_wrong: median confidence of the
    wrong ones. Bins without messages are left out."""

    bins: list[Bin]
    error: float
    median_wrong: float


def calibration(confidences: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The reliability of confidences (0 to 1). right: whether each prediction was right."""
    sure = np.asarray(confidences, dtype=np.float64)
    correct = np.asarray(right, dtype=bool)
    which = np.minimum((sure * BINS).astype(int), BINS - 1)
    bins = []
    for number in range(BINS):
        here = which == number
        if here.any():
            bins.append(
                Bin(
                    least=number / BINS,
                    most=(number + 1) / BINS,
                    messages=int(here.sum()),
                    confidence=float(sure[here].mean()),
                    right=float(correct[here].mean()),
                )
            )
    distances = (one.messages * abs(one.confidence - one.right) for one in bins)
    wrong = [float(one) for one in sure[~correct]]
    return Calibration(
        bins=bins,
        error=sum(distances) / len(sure) if len(sure) else 0.0,
        median_wrong=median(wrong) if wrong else 0.0,
    )
