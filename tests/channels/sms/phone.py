"""A patient's phone: brings messages to the running server over HTTP, and gets what it sends."""

from __future__ import annotations

import secrets
import time
import uuid
from dataclasses import dataclass, field

import httpx

PATIENCE_SECONDS = 30.0
EVERY_SECONDS = 0.1


def new_number() -> str:
    """A made-up mobile number that no other phone of the tests has."""
    return f"+479{secrets.randbelow(10**7):07d}"


@dataclass(frozen=True)
class Got:
    """A message that the phone got. segments: as the server has counted them."""

    id: int
    text: str
    segments: int


@dataclass
class Phone:
    """A phone whose provider is the console: what the outbox has sent is on the phone."""

    server_url: str
    number: str = field(default_factory=new_number)
    got: list[Got] = field(default_factory=list)

    def write(self, text: str, message_id: str | None = None) -> None:
        """Sends a message, and does not wait for what becomes of it."""
        body = {"id": message_id or str(uuid.uuid4()), "number": self.number, "text": text}
        answer = httpx.post(f"{self.server_url}/webhooks/sms/console", json=body, timeout=15)
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text

    def say(self, text: str) -> str:
        """Sends a message; gives the text of the one answer."""
        known = len(self.got)
        self.write(text)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.got) == known:
            assert time.monotonic() < deadline, f"no answer to: {text}"
            time.sleep(EVERY_SECONDS)
            self.look()
        assert len(self.got) == known + 1, self.got[known:]
        return self.got[-1].text

    def look(self) -> None:
        """Gets what has been sent since the last look."""
        after = self.got[-1].id if self.got else 0
        query = {"number": self.number, "after": str(after)}
        answer = httpx.get(f"{self.server_url}/sms/simulator/messages", params=query, timeout=15)
        for one in answer.json()["messages"]:
            if one["state"] == "sent":
                self.got.append(Got(one["id"], one["text"], one["segments"]))
