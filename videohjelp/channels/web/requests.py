"""Reads what the page sends, and refuses what it cannot have sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from videohjelp.channels.clean_text import clean

_MESSAGE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

Refusal = Literal["bad_request", "too_long", "empty"]


class RefusedError(ValueError):
    """The request cannot be handled. `code` names the reason."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Incoming:
    """One message of the patient: a text, the press of a button, or silence."""

    message_id: str
    text: str | None = None
    press: str | None = None
    silence: bool = False


def read_json(body: bytes, content_type: str | None) -> dict[str, Any]:
    """The request's JSON object.

    The content type must say JSON: a form on another website cannot send that unasked.
    Raises RefusedError.
    """
    if (content_type or "").split(";")[0].strip().lower() != "application/json":
        raise RefusedError("bad_request")
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
    kinds = [kind for kind in ("text", "press", "silence") if kind in value]
    if len(kinds) != 1:
        raise RefusedError("bad_request")
    content = value[kinds[0]]
    if kinds[0] == "silence":
        if content is not True:
            raise RefusedError("bad_request")
        return Incoming(message_id, silence=True)
    if not isinstance(content, str):
        raise RefusedError("bad_request")
    if kinds[0] == "press":
        return Incoming(message_id, press=content[:100])
    if len(content) > limit:
        raise RefusedError("too_long")
    text = clean(content)
    if not text:
        raise RefusedError("empty")
    return Incoming(message_id, text=text)
