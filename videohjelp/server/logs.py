"""Structured logs, one JSON object a line, without anybody's words."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

from videohjelp.observation import observer
from videohjelp.privacy.redaction import redact_deep

#: Fields in which Rasa logs what patients wrote.
TEXT_FIELDS = ("text", "user_message", "user_text", "message", "rasa_events", "parse_data", "slots")

#: Where Sanic writes which address could not be served.
_ADDRESS = re.compile(r"(?<=handling uri: ).*", re.DOTALL)


#: Fields that hold what this program made; a fingerprint's digits look like a room number.
_OURS = ("timestamp", "model")


def be_quiet() -> None:
    """Keeps libraries from greeting every start with warnings. Call it before importing Rasa."""
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    import sanic  # noqa: F401, PLC0415 - turns deprecation warnings on when it is imported

    warnings.filterwarnings("ignore")


def configure_logs(level: str = "INFO") -> None:
    """Sends all logs to standard error as JSON; Rasa's own only from ERROR on."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _exception_is_error,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        # Rasa says something at the level of debugging at every step of a turn.
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            trace_without_message,
            without_texts,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = CountedHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("videohjelp").setLevel(level)
    for noisy in ("rasa", "sanic", "sanic.root", "sanic.error", "rasa_sdk", "apscheduler"):
        logger = logging.getLogger(noisy)
        logger.handlers = []
        logger.propagate = True
        logger.setLevel(logging.ERROR)


class CountedHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Tells the observer of each line, and of those that could not be written (a full disk)."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a line."""
        observer().logged(record.name, record.levelname.lower())
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A line was not written. Nothing is said of it: where it would be said is what fails."""
        observer().log_lost()


def _exception_is_error(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """structlog calls the level of `log.exception` "exception", everybody else "error"."""
    if event.get("level") == "exception":
        event["level"] = "error"
    return event


def trace_without_message(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Puts the kinds and places of an exception into the log, not its message.

    A message such as "Invalid isoformat string: '…'" quotes what a patient wrote.
    """
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()[1]
    elif isinstance(found, tuple):
        found = found[1]
    kinds = []
    while isinstance(found, BaseException):
        frames = traceback.format_tb(found.__traceback__)
        kinds.append(f"{type(found).__module__}.{type(found).__qualname__}\n{''.join(frames)}")
        found = found.__cause__ or found.__context__
    if kinds:
        event["exception"] = "\ncaused by ".join(kinds)
    return event


def without_texts(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Takes patients' words out of a log event and redacts what is left."""
    for field, value in event.items():
        if field not in _OURS:
            event[field] = redact_deep(_without_text_fields(field, value))
    # An address may hold anything, percent-encoded.
    event["event"] = _ADDRESS.sub("[left out]", str(event.get("event", "")))
    return event


def _without_text_fields(field: object, value: Any) -> Any:
    if field in TEXT_FIELDS:
        return "[left out]"
    if isinstance(value, dict):
        return {key: _without_text_fields(key, item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_without_text_fields(None, item) for item in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    # Bytes, addresses, errors: the writer would show them as they are.
    return type(value).__name__ if isinstance(value, BaseException) else str(value)
