"""The web conversation's key: the server makes it, signs it and lets it expire."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from itsdangerous import BadSignature, URLSafeTimedSerializer

_CONVERSATION_ID = re.compile(r"web-[A-Za-z0-9_-]{32}")


class InvalidTokenError(ValueError):
    """The token is missing, not ours, changed or too old."""


@dataclass(frozen=True)
class Session:
    """A conversation and its token. expires: UTC."""

    conversation_id: str
    token: str
    expires: datetime


class Sessions:
    """Issues conversations and reads them back from their tokens.

    keys: of the signature, the newest first: it signs, each of them makes a token good.
    lifetime: how long a token is good for.
    """

    def __init__(self, keys: Sequence[str], lifetime: timedelta) -> None:
        # The library takes the newest last.
        oldest_first = list(reversed(keys))
        self._serializer = URLSafeTimedSerializer(oldest_first, salt="web-conversation")
        self._lifetime = lifetime

    def start(self) -> Session:
        """A new conversation, whose id nobody can guess."""
        return self.renew(f"web-{secrets.token_urlsafe(24)}")

    def renew(self, conversation_id: str) -> Session:
        """A fresh token for a conversation. Only for whom has shown a good one."""
        expires = datetime.now(timezone.utc).replace(microsecond=0) + self._lifetime
        return Session(conversation_id, str(self._serializer.dumps(conversation_id)), expires)

    def read(self, authorization: str | None) -> Session:
        """The conversation of an `Authorization: Bearer …` header (RFC 6750, section 2.1).

        A moment of issue in the future is good as well: another server's clock is ahead, or this
        one's was set back; the signature says that it is ours. Raises InvalidTokenError.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise InvalidTokenError("no token")
        try:
            # The library's own limit of age takes "issued in a second" for forged.
            value, issued = self._serializer.loads(token, return_timestamp=True)
        except (BadSignature, UnicodeError) as error:  # UnicodeError: bytes that are no UTF-8
            raise InvalidTokenError("bad token") from error
        if datetime.now(timezone.utc) - issued > self._lifetime:
            raise InvalidTokenError("too old")
        if not isinstance(value, str) or not _CONVERSATION_ID.fullmatch(value):
            raise InvalidTokenError("bad conversation")
        return Session(value, token, issued + self._lifetime)

    def is_old(self, session: Session) -> bool:
        """Whether a tenth of the token's life has passed: time for a fresh one."""
        return session.expires - datetime.now(timezone.utc) < 0.9 * self._lifetime
