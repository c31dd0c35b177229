"""The three systems that are compared, behind one interface."""

from __future__ import annotations

import itertools
import sys
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.bench import stock
from tests.bench.load import Begin, Write
from tests.bench.processes import Command
from tests.ports import free_port
from tests.server_process import ROOT

#: Longer than the slowest of them needs with 64 patients.
PATIENCE = aiohttp.ClientTimeout(total=120)
#: No patient is refused for writing too often; the limits are counted all the same.
_UNLIMITED = "100000000"


@dataclass(frozen=True)
class System:
    """A system that answers messages.

    name: in tables. commands: the processes it is made of. health: the address that answers when it
    is ready. database: its SQLite file. begin: begins a conversation over an HTTP session.
    """

    name: str
    commands: tuple[Command, ...]
    health: str
    database: Path
    begin: Callable[[aiohttp.ClientSession], Begin]


@asynccontextmanager
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client that opens as many connections as there are patients."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as client:
        yield client


def ours(folder: Path) -> System:
    """This assistant as `make run` serves it."""
    port, database = free_port(), folder / "ours.db"
    url = f"http://127.0.0.1:{port}"
    variables = {
        "DATABASE_URL": f"sqlite:///{database}",
        "PORT": str(port),
        "SECRET_KEY": "only-for-the-benchmark",
        "WEB_MESSAGES_PER_MINUTE": _UNLIMITED,
        "WEB_NETWORK_REQUESTS_PER_MINUTE": _UNLIMITED,
        "WEB_NETWORK_STARTS_PER_MINUTE": _UNLIMITED,
    }
    serve = Command(
        (sys.executable, "-m", "videohjelp", "serve"),
        ROOT,
        {f"VIDEOHJELP_{name}": value for name, value in variables.items()},
    )

    def begin(client: aiohttp.ClientSession) -> Begin:
        async def conversation() -> Write:
            async with client.post(f"{url}/api/chat/conversations", json={}) as answer:
                answer.raise_for_status()
                token = (await answer.json())["token"]
            headers = {"Authorization": f"Bearer {token}"}
            ids = itertools.count(1)
            last = 0

            async def write(text: str) -> None:
                nonlocal last
                body = {"id": f"message-{next(ids)}", "text": text, "after": last}
                async with client.post(
                    f"{url}/api/chat/messages", json=body, headers=headers
                ) as answer:
                    answer.raise_for_status()
                    messages = (await answer.json()).get("messages")
                if not messages:
                    raise RuntimeError("no answer came in time")
                last = messages[-1]["seq"]

            return write

        return conversation

    return System("this assistant", (serve,), f"{url}/health", database, begin)


def stock_rasa(folder: Path) -> System:
    """Stock Rasa with the project of a folder, already trained, and its action server."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    variables = {"SQLALCHEMY_SILENCE_UBER_WARNING": "1", "RASA_TELEMETRY_ENABLED": "false"}
    server = Command(
        (str(stock.RASA), "run", "-i", "127.0.0.1", "--port", str(port)), folder, variables
    )
    actions = Command((str(stock.RASA), "run", "actions", "--actions", "actions"), ROOT, variables)
    return System(
        "stock Rasa",
        (actions, server),
        url,
        folder / "stock.db",
        _plain(f"{url}/webhooks/rest/webhook"),
    )


def empty_server(folder: Path) -> System:
    """A Sanic handler with one database write."""
    port, database = free_port(), folder / "floor.db"
    url = f"http://127.0.0.1:{port}"
    command = Command(
        (sys.executable, "-m", "tests.bench.floor", str(port), str(database)), ROOT, {}
    )
    return System("the floor", (command,), f"{url}/health", database, _plain(f"{url}/"))


def _plain(url: str) -> Callable[[aiohttp.ClientSession], Begin]:
    """Posts {"sender", "message", "text"}: what Rasa's REST channel and the floor take."""

    def begin(client: aiohttp.ClientSession) -> Begin:
        async def conversation() -> Write:
            sender = uuid.uuid4().hex

            async def write(text: str) -> None:
                body = {"sender": sender, "message": text, "text": text}
                async with client.post(url, json=body) as answer:
                    answer.raise_for_status()
                    if not await answer.json():
                        raise RuntimeError("an empty answer")

            return write

        return conversation

    return begin
