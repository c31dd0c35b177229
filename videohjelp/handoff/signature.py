"""Sign what is sent to the staff's system, so that it can see who sent it and when."""

from __future__ import annotations

import hashlib
import hmac
import re

HEADER = "X-Videohjelp-Signature"
TOLERANCE_SECONDS = 300

_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def sign(secret: bytes, body: bytes, timestamp: int) -> str:
    """Give the header's value: "t=<unix seconds>,v1=<hex HMAC-SHA256 of '<t>.<body>'>"."""
    return f"t={timestamp},v1={_digest(secret, body, timestamp)}"


def verify(
    secret: bytes, body: bytes, header: str, now: int, tolerance: int = TOLERANCE_SECONDS
) -> bool:
    """Say whether `header` is the signature of `body`, made within `tolerance` seconds of `now`.

    For whoever receives: `body` is the request's bytes as they came, `now` is unix seconds.
    """
    match = _SIGNATURE.fullmatch(header)
    if match is None:
        return False
    timestamp = int(match.group(1))
    if abs(now - timestamp) > tolerance:
        return False
    return hmac.compare_digest(match.group(2), _digest(secret, body, timestamp))


def _digest(secret: bytes, body: bytes, timestamp: int) -> str:
    return hmac.new(secret, b"%d." % timestamp + body, hashlib.sha256).hexdigest()
