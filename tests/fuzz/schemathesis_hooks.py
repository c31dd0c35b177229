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
_PLAIN = {"anyOf": [{"type": kind} for kind in ("string", "integer", "boolean")]}
#: The schema that says what may be sent by a `oneOf` of required properties.
_SENDING = "Sending"


@schemathesis.hook  # type: ignore[untyped-decorator]
def before_load_schema(_context: Any, raw_schema: dict[str, Any]) -> None:
    """Makes the descriptions of what is sent such that values for them are found at once.

    An object of which nothing more is said may hold trees of objects, and one with a choice of
    required properties is guessed until it fits: both take schemathesis hours.
    """
    schemas = raw_schema["components"]["schemas"]
    sending = schemas[_SENDING]
    kinds = [one["required"][0] for one in sending["oneOf"]]
    shared = {name: it for name, it in sending["properties"].items() if name not in kinds}
    schemas[_SENDING] = {
        "oneOf": [
            {
                "type": "object",
                "required": ["id", kind],
                "additionalProperties": False,
                "properties": {**shared, kind: sending["properties"][kind]},
            }
            for kind in kinds
        ]
    }
    for path in raw_schema["paths"].values():
        for operation in path.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if content["schema"].get("type") == "object":
                    content["schema"].setdefault("additionalProperties", _PLAIN)


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
