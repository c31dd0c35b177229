"""What the latest message names, as the pipeline found it, or as a button sends it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from videohjelp.appointments.mentions import DATE, TIME, TimeMention
from videohjelp.directory.mentions import DEPARTMENT, HOSPITAL, PlaceMention


def times(tracker: Tracker) -> list[TimeMention]:
    """The days and hours."""
    return [
        TimeMention(kind, value, role)
        for kind in (DATE, TIME)
        for value, role in _values(tracker, kind)
    ]


def places(tracker: Tracker) -> list[PlaceMention]:
    """The hospital, and the departments that may be meant, the likeliest first."""
    return [
        PlaceMention(kind, value, role)
        for kind in (HOSPITAL, DEPARTMENT)
        for value, role in _values(tracker, kind)
    ]


def _values(tracker: Tracker, name: str) -> list[tuple[str, str | None]]:
    entities: list[dict[str, Any]] = tracker.latest_message.get("entities") or []
    return [(str(one["value"]), one.get("role")) for one in entities if one.get("entity") == name]
