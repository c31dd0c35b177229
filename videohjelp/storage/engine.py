"""The database connection, made the same way for everything that is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url
from sqlalchemy.pool import QueuePool


def create_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL; the folder of a SQLite file is made when missing.

    Errors do not carry the values of a statement: they end in logs, and are patients' words.
    SQLite runs in WAL mode, so that readers never wait for the writer, and waits up to five
    seconds for another process's write.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
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


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
