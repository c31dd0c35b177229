"""The shortest way to every place in a guide, found by walking its engine in all directions."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from videohjelp.guides import engine
from videohjelp.guides.engine import Progress, Turn
from videohjelp.guides.model import DEVICES, MOVES, Device, Ending, Guide

Path = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where in a guide a patient is: at a step, asked for the device, or at an end."""

    step: str | None
    asking_device: bool
    device: Device | None
    ending: Ending | None = None


def paths(guide: Guide) -> dict[Place, Path]:
    """Each place that can be reached, with the moves and devices that lead there from the start."""
    first = engine.start(guide, None, ())
    found: dict[Place, Path] = {_place(first): ()}
    waiting: deque[tuple[Progress, Path]] = deque([(first.progress, ())])
    while waiting:
        progress, path = waiting.popleft()
        for one, turn in _onward(guide, progress):
            place = _place(turn)
            if place not in found:
                found[place] = (*path, one)
                if turn.ending is None:
                    waiting.append((turn.progress, (*path, one)))
    return found


def _onward(guide: Guide, progress: Progress) -> list[tuple[str, Turn]]:
    if progress.asking_device:
        return [(device, engine.choose_device(guide, progress, device)) for device in DEVICES]
    return [(move, engine.move(guide, progress, move)) for move in MOVES]


def _place(turn: Turn) -> Place:
    if turn.ending is not None:
        return Place(None, False, None, turn.ending)
    progress = turn.progress
    return Place(progress.step, progress.asking_device, progress.device)
