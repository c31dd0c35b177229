"""The web conversation's key: the server makes it, signs it and lets it expire."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

_CONVERSATION_ID = re.compile(r"web-[A-Za-z0-9_-]{32}")


class InvalidTokenError(ValueError):
    """The token is missing, not ours, changed or too old."""


class Sessions:
    """Issues conversations and reads them back from their tokens.

    secret: key of the signature. lifetime: how long a token is good for.
    """

    def __init__(self, secret: str, lifetime: timedelta) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="web-conversation")
        self._lifetime = lifetime

    def start(self) -> tuple[str, str]:
        """A new conversation: its id, which nobody can guess, and its token."""
        conversation_id = f"web-{secrets.token_urlsafe(24)}"
        return conversation_id, self._serializer.dumps(conversation_id)

    def conversation_id(self, authorization: str | None) -> str:
        """The conversation of an `Authorization: Bearer …` header.

        Raises InvalidTokenError.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise InvalidTokenError("no token")
        try:
            value = self._serializer.loads(token, max_age=int(self._lifetime.total_seconds()))
        except (BadSignature, UnicodeError) as error:  # UnicodeError: bytes that are no UTF-8
            raise InvalidTokenError("bad token") from error
        if not isinstance(value, str) or not _CONVERSATION_ID.fullmatch(value):
            raise InvalidTokenError("bad conversation")
        return value
