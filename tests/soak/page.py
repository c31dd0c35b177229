"""A patient's page without the page: one conversation over the web's API."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from tests.soak.log import MESSAGE, Log
from videohjelp.channels.web.channel import API

#: Seconds after which a message that was told to be late counts as not answered.
_PATIENCE = 120.0


class RefusedError(AssertionError):
    """The server answered otherwise than with what was asked for."""


class Page:
    """One conversation. servers: their addresses; each request goes to the next one."""

    def __init__(
        self, http: aiohttp.ClientSession, servers: Sequence[str], language: str, log: Log
    ) -> None:
        self._http = http
        self._servers = itertools.cycle(servers)
        self._language = language
        self._log = log
        self._headers = {"Accept-Language": language}
        self._listening: asyncio.Task[None] | None = None
        self._last = 0
        self.answer: Mapping[str, Any] = {}

    async def begin(self) -> None:
        """Begins the conversation."""
        with self._log.timed("start"):
            got = await self._ask("POST", "/conversations", {"language": self._language})
        self._headers["Authorization"] = f"Bearer {got['token']}"
        self._take(got)
        self._log.began()

    async def send(self, **content: Any) -> None:
        """Sends a message: text=…, press=…, silence=True, language=… or check=…."""
        body = {"id": str(uuid.uuid4()), "after": self._last, **content}
        with self._log.timed(MESSAGE):
            got = await self._ask("POST", "/messages", body)
            deadline = time.monotonic() + _PATIENCE
            while got.get("late") and time.monotonic() < deadline:
                self._log.late += 1
                await asyncio.sleep(1)
                got = await self._ask("POST", "/messages", body)
            if not any(one["from"] == "assistant" for one in got.get("messages", ())):
                raise RefusedError(f"no answer to {content}")
        self._take(got)

    async def judge(self, rating: str) -> None:
        """What the patient thinks of the last answer."""
        with self._log.timed("feedback"):
            await self._ask("POST", "/feedback", {"seq": self.answer["seq"], "rating": rating})

    async def read_again(self) -> None:
        """The whole conversation, as a page that is loaded anew asks for it."""
        with self._log.timed("history"):
            await self._ask("GET", "/messages", None)

    async def delete(self) -> None:
        """Deletes the conversation."""
        with self._log.timed("delete"):
            await self._ask("DELETE", "/conversation", None)
        self._log.deleted()

    def listen(self) -> None:
        """Listens to the stream until `go_away`."""
        self._listening = asyncio.create_task(self._hear())

    async def go_away(self) -> None:
        """Closes the connection of the stream in the middle, as a closed tab does."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
            self._listening = None

    @property
    def offered(self) -> list[str]:
        """The ids of the buttons of the last answer that the server answers."""
        return [one["id"] for one in self.answer.get("buttons", ()) if "action" not in one]

    async def _hear(self) -> None:
        address = f"{next(self._servers)}{API}/events"
        heard = False
        with self._log.timed("stream"):
            try:
                async with self._http.get(
                    address, params={"after": self._last}, headers=self._headers, timeout=_FOR_EVER
                ) as answer:
                    if answer.status != 200:
                        raise RefusedError(f"{answer.status}: {(await answer.text())[:200]}")
                    async for line in answer.content:
                        heard = heard or line.startswith(b"data: ")
            except asyncio.CancelledError:
                if not heard:
                    self._log.done["stream left before anything came"] += 1

    def _take(self, got: Mapping[str, Any]) -> None:
        for one in got["messages"]:
            self._last = max(self._last, one["seq"])
            if one["from"] == "assistant":
                self.answer = one

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        address = f"{next(self._servers)}{API}{path}"
        async with self._http.request(method, address, json=body, headers=self._headers) as answer:
            if answer.status >= 300:
                raise RefusedError(f"{method} {path}: {answer.status} {await answer.text()}")
            found: dict[str, Any] = await answer.json() if answer.status != 204 else {}
            return found


_FOR_EVER = aiohttp.ClientTimeout(total=None)
