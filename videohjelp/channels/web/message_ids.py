"""The page's ids of its messages, as they are stored: a client may write anything into them.

They are encrypted, always in the same way (AES-SIV, RFC 5297): so a message that is sent again is
found again, and the page gets its own id back. The keys are those of the conversations' tokens.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: So that no other channel's can be the same.
PREFIX = "web-"
_KEY_BYTES = 32


class MessageIds:
    """Hides ids with one or more keys."""

    def __init__(self, secrets: Sequence[str]) -> None:
        """Takes the keys, the newest first. Raises ValueError without any."""
        if not secrets:
            raise ValueError("at least one key is needed")
        self._ciphers = tuple(AESSIV(_derived(secret)) for secret in secrets)

    def stored(self, message_id: str) -> str:
        """The id as it is stored from now on, by the newest key."""
        return self.candidates(message_id)[0]

    def candidates(self, message_id: str) -> tuple[str, ...]:
        """The id as it may be stored, by all keys, the newest first."""
        data = message_id.encode()
        return tuple(
            PREFIX + base64.urlsafe_b64encode(one.encrypt(data, None)).decode().rstrip("=")
            for one in self._ciphers
        )

    def shown(self, stored: str) -> str | None:
        """The page's id of a stored one; None for one that no page gave, or of an unknown key."""
        hidden = stored.removeprefix(PREFIX)
        if hidden == stored:
            return None
        try:
            data = base64.urlsafe_b64decode(hidden + "=" * (-len(hidden) % 4))
        except (binascii.Error, ValueError):
            return None
        for one in self._ciphers:
            try:
                return one.decrypt(data, None).decode()
            except (InvalidTag, ValueError):
                continue
        return None


def _derived(secret: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"videohjelp web message id").derive(
        secret.encode()
    )
