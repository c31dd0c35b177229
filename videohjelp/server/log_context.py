"""What every log line of one request, or of one message, has in common."""

from __future__ import annotations

import functools
import hashlib
import hmac
import re
import secrets

import structlog

from videohjelp.server.secret import secret_keys

#: What a request id of a proxy may look like; another one is not taken over.
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_LENGTH = 16
#: Letters alone: the redaction of logs takes a run of digits for a telephone number.
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def begin_request(given: str | None) -> str:
    """Forgets what the task's lines had in common, and gives them a request id.

    given: the id in the request's X-Request-ID, None without one. Gives the id that holds.
    """
    request_id = given if given and _SANE.fullmatch(given) else _letters(secrets.token_hex(_LENGTH))
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id


def belongs_to(conversation_id: str) -> None:
    """Gives the task's lines a short keyed hash of the conversation's id: those of one
    conversation can be put together, and nobody finds the conversation by them.
    """
    digest = hmac.new(_key(), conversation_id.encode("utf-8", "replace"), hashlib.sha256)
    structlog.contextvars.bind_contextvars(conversation=_letters(digest.hexdigest()[:_LENGTH]))


@functools.lru_cache(maxsize=1)
def _key() -> bytes:
    # The oldest key: while keys are changed, a conversation keeps its hash.
    return b"log lines of a conversation\0" + secret_keys()[-1].encode()


def _letters(hexadecimal: str) -> str:
    return hexadecimal.translate(_LETTERS)
