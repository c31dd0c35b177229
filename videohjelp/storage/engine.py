"""The database connection, made the same way for everything that is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import QueuePool

from videohjelp.settings import settings

#: Seconds until a database that does not answer counts as away; a patient waits eight.
_CONNECT_SECONDS = 3
#: Seconds to wait for a free connection of this process.
_POOL_SECONDS = 5.0
#: Seconds after which PostgreSQL gives up a statement, and a transaction in which nothing happens.
#: Migrations lift the first.
_STATEMENT_SECONDS = 30
#: Seconds to wait for another one's lock on a row or a table.
_LOCK_SECONDS = 5
#: Milliseconds until what was sent and not received counts as a lost connection.
_LOST_MILLISECONDS = 5000
#: Seconds for which a connection to PostgreSQL that was used is taken to be there still.
_SURE_SECONDS = 1.0
#: When a connection was used last (time.monotonic()), in what the pool knows of it.
_USED = "used"


def create_engine(url: str, pool_size: int | None = None) -> Engine:
    """An engine for a SQLAlchemy URL; the folder of a SQLite file is made when missing.

    Errors do not carry the values of a statement: they end in logs, and are patients' words.
    SQLite runs in WAL mode, so that readers never wait for the writer, waits up to five seconds
    for another process's write, and writes to the disk at each commit: what was answered outlives
    a power failure, as it does in other databases by themselves
    (https://www.sqlite.org/pragma.html#pragma_synchronous). PostgreSQL's lost connections are made
    again when they are next used, but for one that is lost within a second of its last use: its
    statement fails, and all are made again. pool_size: of PostgreSQL's connections; by default the
    setting's.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgres(parsed, pool_size or settings().database_pool_size)
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


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for statements that only read and need not see the same moment.

    PostgreSQL is not asked to begin a transaction before them and to end it after. Raises
    sqlalchemy.exc.SQLAlchemyError when the database is away.
    """
    with engine.connect() as connection:
        if engine.dialect.name != "postgresql":
            yield connection
            return
        # psycopg2 sends nothing for this; SQLAlchemy's "AUTOCOMMIT" sends a SET each time.
        raw: Any = connection.connection.dbapi_connection
        raw.autocommit = True
        try:
            yield connection
        finally:
            if not raw.closed:
                raw.autocommit = False


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _postgres(url: URL, pool_size: int) -> Engine:
    engine = sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=_POOL_SECONDS,
        hide_parameters=True,
        # https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
        connect_args={
            "application_name": "videohjelp",
            "connect_timeout": _CONNECT_SECONDS,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": _LOST_MILLISECONDS,
        },
    )
    dialect: Any = engine.dialect  # do_ping is missing in its types

    def ping_if_rested(connection: Any, record: Any, _proxy: Any) -> None:
        # As the engine's own pool_pre_ping, which asks at each use: every third statement.
        rested = monotonic() - record.info.get(_USED, 0.0) > _SURE_SECONDS
        if rested and not dialect.do_ping(connection):
            raise InvalidatePoolError

    sa.event.listen(engine, "connect", _tune_postgres)
    sa.event.listen(engine, "checkout", ping_if_rested)
    sa.event.listen(engine, "checkin", _note_use)
    return engine


def _note_use(_connection: Any, record: Any) -> None:
    record.info[_USED] = monotonic()


def _tune_postgres(connection: Any, _record: Any) -> None:
    # Not in the connection's options: those of the URL hold there.
    with connection.cursor() as cursor:
        milliseconds = _STATEMENT_SECONDS * 1000
        cursor.execute(f"SET statement_timeout = {milliseconds}")
        cursor.execute(f"SET lock_timeout = {_LOCK_SECONDS * 1000}")
        cursor.execute(f"SET idle_in_transaction_session_timeout = {milliseconds}")
        cursor.execute("SET TIME ZONE 'UTC'")
    connection.commit()
