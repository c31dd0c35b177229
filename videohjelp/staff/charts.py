"""Bars of a chart, ready to be drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: The drawing's size, in its own units.
WIDTH, HEIGHT = 600, 120


@dataclass(frozen=True)
class Bar:
    """One bar. label: what it stands for. x, y, width, height: where it is drawn."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float


def bars(labels: Sequence[str], values: Sequence[float], top: float = 0) -> list[Bar]:
    """A bar for each value. top: the value of a bar of full height; 0 takes the largest."""
    highest = top or max(values, default=0) or 1
    slot = WIDTH / max(1, len(values))
    return [
        Bar(
            label,
            value,
            x=round(number * slot + slot * 0.1, 2),
            y=round(HEIGHT - HEIGHT * value / highest, 2),
            width=round(slot * 0.8, 2),
            height=round(HEIGHT * value / highest, 2),
        )
        for number, (label, value) in enumerate(zip(labels, values, strict=True))
    ]
