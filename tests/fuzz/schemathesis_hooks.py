"""What schemathesis needs of us: a conversation of its own for each call (SCHEMATHESIS_HOOKS).

It runs in schemathesis' own environment and imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import urllib.request
from typing import Any

import schemathesis  # type: ignore[import-not-found]

_TIMEOUT_SECONDS = 30


@schemathesis.auth(refresh_interval=None)
class Conversation:
    """The token of a new conversation: one that was deleted is known no more."""

    def get(self, _case: Any, _context: Any) -> str:
        """Begins a conversation."""
        request = urllib.request.Request(  # noqa: S310 - the server that is being tried
            f"{os.environ['FUZZ_API']}/conversations",
            data=b'{"language": "nb"}',
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
            return str(json.load(answer)["token"])

    def set(self, case: Any, data: str, _context: Any) -> None:
        """Shows the token."""
        case.headers["Authorization"] = f"Bearer {data}"
