"""Hears every error that this process logs: what is hidden from the patient ends there."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

_ERRORS = ("error", "exception", "critical", "fatal")


class LogWatch(logging.Handler):
    """The errors logged since the last look, by Rasa, Sanic or us; nothing is printed."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._found: list[str] = []

    def __call__(self, _logger: Any, method: str, event: MutableMapping[str, Any]) -> Any:
        """A processor of structlog."""
        if method in _ERRORS:
            what = " ".join(f"{name}={value!r}" for name, value in event.items())
            self._keep(what, event.get("exc_info"))
        raise structlog.DropEvent

    def emit(self, record: logging.LogRecord) -> None:
        """A handler of logging."""
        self._keep(f"{record.name}: {record.getMessage()}", record.exc_info)

    def take(self) -> list[str]:
        """The errors since the last look."""
        found, self._found = self._found, []
        return found

    def _keep(self, what: str, exc_info: Any) -> None:
        error = exc_info[1] if isinstance(exc_info, tuple) else sys.exc_info()[1]
        trace = "".join(traceback.format_exception(error)) if error is not None else ""
        self._found.append(f"{what}\n{trace}".strip())


def watch_logs() -> LogWatch:
    """From now on the logs of this process go to the watch, and nowhere else."""
    watch = LogWatch()
    structlog.configure(
        processors=[watch], wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
    root = logging.getLogger()
    root.handlers = [watch]
    for name, logger in logging.Logger.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name:
            logger.handlers, logger.propagate = [], True
    return watch
