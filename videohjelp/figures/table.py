"""The counted days as a table of numbers, for a page and for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from videohjelp.figures.days import Day

CHANNELS = ("web", "sms")
COLUMNS = (
    "day",
    *(f"conversations_{channel}" for channel in CHANNELS),
    "written",
    "answered",
    "answered_percent",
    "handoffs",
    "thumbs_up",
    "thumbs_down",
    "median_seconds",
    "slow_seconds",
)


def rows(days: Sequence[Day]) -> list[tuple[str, ...]]:
    """A row for each day, in the order of COLUMNS; "" where nothing can be said."""
    return [
        (
            one.day.isoformat(),
            *(str(one.conversations[channel]) for channel in CHANNELS),
            str(one.written),
            str(one.answered),
            "" if one.answered_share is None else f"{100 * one.answered_share:.1f}",
            str(one.handoffs),
            str(one.thumbs_up),
            str(one.thumbs_down),
            "" if one.median_seconds is None else f"{one.median_seconds:.3f}",
            "" if one.slow_seconds is None else f"{one.slow_seconds:.3f}",
        )
        for one in days
    ]


def to_csv(days: Sequence[Day], topics: Sequence[str]) -> str:
    """A line for each day, with the numbers of COLUMNS and of each topic."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow([*COLUMNS, *(f"topic_{topic}" for topic in topics)])
    for one, row in zip(days, rows(days), strict=True):
        writer.writerow([*row, *(str(one.topics[topic]) for topic in topics)])
    return written.getvalue()
