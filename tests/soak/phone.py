"""A patient's phone: text messages through the console provider, without blocking the others."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections.abc import Sequence

import aiohttp

from tests.channels.sms.phone import new_number
from tests.soak.log import TEXT_MESSAGE, Log

#: Seconds between two looks whether an answer has come.
_LOOK = 0.5
#: Seconds after which a text message counts as not answered.
_PATIENCE = 120.0


class TextingPhone:
    """One phone. servers: their addresses; each request goes to the next one."""

    def __init__(self, http: aiohttp.ClientSession, servers: Sequence[str], log: Log) -> None:
        self._http = http
        self._servers = itertools.cycle(servers)
        self._log = log
        self._number = new_number()
        self._last = 0

    async def say(self, text: str) -> None:
        """Sends a text message and waits for the answer."""
        with self._log.timed(TEXT_MESSAGE):
            body = {"id": str(uuid.uuid4()), "number": self._number, "text": text}
            async with self._http.post(
                f"{next(self._servers)}/webhooks/sms/console", json=body
            ) as taken:
                assert taken.status == 202, f"{taken.status}: {await taken.text()}"
            deadline = time.monotonic() + _PATIENCE
            while not await self._has_come():
                assert time.monotonic() < deadline, f"no answer to: {text}"
                await asyncio.sleep(_LOOK)

    async def _has_come(self) -> bool:
        query = {"number": self._number, "after": str(self._last)}
        async with self._http.get(
            f"{next(self._servers)}/sms/simulator/messages", params=query
        ) as answer:
            assert answer.status == 200, f"{answer.status}: {await answer.text()}"
            messages = (await answer.json())["messages"]
        sent = [int(one["id"]) for one in messages if one["state"] == "sent"]
        self._last = max([self._last, *sent])
        return bool(sent)
