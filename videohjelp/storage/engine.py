"""The database connection, made the same way for everything that is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.pool import QueuePool

#: Milliseconds until PostgreSQL gives up a statement, or waiting for a lock; and until it ends a
#: transaction that somebody has left open. A patient is told after eight seconds.
_POSTGRES_LIMITS = {
    "statement_timeout": 15_000,
    "lock_timeout": 5_000,
    "idle_in_transaction_session_timeout": 60_000,
}
#: Seconds until a database that does not answer is given up.
_CONNECT_SECONDS = 5


def create_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL; the folder of a SQLite file is made when missing.

    Errors do not carry the values of a statement: they end in logs, and are patients' words.
    SQLite runs in WAL mode, so that readers never wait for the writer, and waits up to five
    seconds for another process's write. On PostgreSQL no statement and no lock is waited for
    without end.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            pool_timeout=_CONNECT_SECONDS,
            hide_parameters=True,
            connect_args=_limits(parsed),
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        # Connections are kept: opening and tuning one costs more than a query.
        poolclass=QueuePool,
        connect_args={"timeout": 5.0, "check_same_thread": False},
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _tune_sqlite)
    return engine


def _limits(url: URL) -> dict[str, Any]:
    """The driver's arguments; what the URL says itself holds."""
    if url.get_backend_name() != "postgresql":
        return {}
    options = " ".join(f"-c {name}={value}" for name, value in _POSTGRES_LIMITS.items())
    limits = {"connect_timeout": _CONNECT_SECONDS, "options": options}
    return {name: value for name, value in limits.items() if name not in url.query}


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
