"""Reads what the page sends, and refuses what it cannot have sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal, cast

from videohjelp.appointments.wording import Language
from videohjelp.channels.clean_text import clean
from videohjelp.device_check.report import Report, read_report
from videohjelp.feedback.store import Rating

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")

_MESSAGE_ID = re.compile(r"[A-Za-z0-9-]{8,36}")
_NUMBER = re.compile(r"[0-9]{1,10}")
#: No conversation is as long. More than that and the database's integers overflow.
_HIGHEST_SEQ = 2**31 - 2
_LONGEST_PRESS = 100

Refusal = Literal["bad_request", "unsupported_type", "too_long", "empty", "not_offered"]
STATUS: dict[Refusal, int] = {
    "bad_request": 400,
    "unsupported_type": 415,
    "too_long": 422,
    "empty": 422,
    "not_offered": 422,
}


class RefusedError(ValueError):
    """The request cannot be handled. `code` names the reason."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Incoming:
    """One message of the patient: text, the press of a button, silence, another language, a check.

    after: the last message the page has; None when it wants the answers only.
    """

    message_id: str
    after: int | None = None
    text: str | None = None
    press: str | None = None
    silence: bool = False
    language: Language | None = None
    check: Report | None = None


@dataclass(frozen=True)
class Verdict:
    """What the patient thinks of the answer with this seq; rating None takes it back."""

    seq: int
    rating: Rating | None
    comment: str | None = None


def read_json(body: bytes, content_type: str | None) -> dict[str, Any]:
    """The request's JSON object.

    The content type must say JSON: a form on another website cannot send that unasked.
    Raises RefusedError.
    """
    if (content_type or "").split(";")[0].strip().lower() != "application/json":
        raise RefusedError("unsupported_type")
    try:
        value = json.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RefusedError("bad_request") from error
    if not isinstance(value, dict):
        raise RefusedError("bad_request")
    return value


def read_message(value: dict[str, Any], limit: int) -> Incoming:
    """A message out of a JSON object; the text is cleaned.

    limit: the longest text, in characters. Raises RefusedError.
    """
    message_id = value.get("id")
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
        raise RefusedError("bad_request")
    after = read_seq(value["after"]) if value.get("after") is not None else None
    kinds = [kind for kind in ("text", "press", "silence", "language", "check") if kind in value]
    if len(kinds) != 1:
        raise RefusedError("bad_request")
    content = value[kinds[0]]
    if kinds[0] == "silence":
        if content is not True:
            raise RefusedError("bad_request")
        return Incoming(message_id, after, silence=True)
    if kinds[0] == "check":
        return Incoming(message_id, after, check=_read_check(content))
    if not isinstance(content, str):
        raise RefusedError("bad_request")
    if kinds[0] == "press":
        return Incoming(message_id, after, press=content[:_LONGEST_PRESS])
    if kinds[0] == "language":
        return Incoming(message_id, after, language=read_language(content))
    return Incoming(message_id, after, text=_read_text(content, limit))


def read_language(value: object) -> Language:
    """One of the languages the assistant speaks. Raises RefusedError."""
    for language in LANGUAGES:
        if value == language:
            return language
    raise RefusedError("bad_request")


def read_verdict(value: dict[str, Any], limit: int) -> Verdict:
    """What a patient thinks of an answer; the comment is cleaned.

    limit: the longest comment, in characters. Raises RefusedError.
    """
    rating, comment = value.get("rating"), value.get("comment")
    if "rating" not in value or rating not in ("up", "down", None):
        raise RefusedError("bad_request")
    if comment is not None and not isinstance(comment, str):
        raise RefusedError("bad_request")
    if comment is not None and len(comment) > limit:
        raise RefusedError("too_long")
    text = clean(comment or "") or None
    return Verdict(read_seq(value.get("seq"), lowest=1), cast("Rating | None", rating), text)


def read_seq(value: object, *, lowest: int = 0) -> int:
    """A message's number, from JSON or (as text) from a query or header. Raises RefusedError."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedError("bad_request")
    if not lowest <= value <= _HIGHEST_SEQ:
        raise RefusedError("bad_request")
    return value


def _read_check(content: object) -> Report:
    try:
        return read_report(content)
    except ValueError as error:
        raise RefusedError("bad_request") from error


def _read_text(content: str, limit: int) -> str:
    if len(content) > limit:
        raise RefusedError("too_long")
    text = clean(content)
    if not text:
        raise RefusedError("empty")
    return text
