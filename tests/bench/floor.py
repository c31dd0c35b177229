"""The floor: an empty Sanic handler with one durable database write, `python -m tests.bench.floor`.

Nothing that stores what a patient writes before it answers can cost less.
"""

from __future__ import annotations

import sqlite3
import sys

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json


def main(port: int, path: str) -> None:
    """Serves POST / on 127.0.0.1: writes the text into the SQLite file and answers."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    # As the assistant's own database (videohjelp/storage/engine.py).
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS messages (sender TEXT, text TEXT)")
    app = Sanic("floor", configure_logging=False)

    @app.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        return json({})

    @app.post("/")
    async def receive(request: Request) -> HTTPResponse:
        message = request.json
        database.execute("INSERT INTO messages VALUES (?, ?)", (message["sender"], message["text"]))
        return json([{"text": "ok"}])

    app.run(host="127.0.0.1", port=port, access_log=False, motd=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
