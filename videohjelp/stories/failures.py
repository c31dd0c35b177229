"""Hears of the errors that the assistant hides from the patient: all of them end in the log."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from videohjelp.settings import ROOT
from videohjelp.stories.results import Failure


class Failures:
    """The errors logged since the last look. A processor of structlog; nothing is printed."""

    def __init__(self) -> None:
        self._found: list[Failure] = []

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> Any:
        """Keeps an error with its place, and ends the log event here."""
        error = sys.exc_info()[1]
        if error is not None and event.get("exc_info"):
            self._found.append(failure(str(event.get("action") or event.get("event")), error))
        raise structlog.DropEvent

    def take(self) -> tuple[Failure, ...]:
        """The errors since the last look."""
        found, self._found = tuple(self._found), []
        return found


def listen() -> Failures:
    """From now on all logs of this process go to the failures that are given, and nowhere else."""
    failures = Failures()
    logging.disable(logging.WARNING)
    structlog.configure(
        processors=[failures], wrapper_class=structlog.make_filtering_bound_logger(40)
    )
    return failures


def failure(what: str, error: BaseException) -> Failure:
    """An error as it is told of. what: what was done when it came."""
    return Failure(what, f"{type(error).__name__}: {error}", _place(error))


def _place(error: BaseException) -> str:
    """The last line of ours that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.startswith(f"{ROOT}/") and "site-packages" not in frame.filename:
            return f"{frame.filename.removeprefix(f'{ROOT}/')}:{frame.lineno}"
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
