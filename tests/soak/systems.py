"""What is soaked: one process on SQLite as `make run`, or two over PostgreSQL and Redis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import redis
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.engine.url import make_url

from tests.postgres_server import PostgresServer
from tests.redis_server import RedisServer
from tests.server_process import running_server
from tests.staff.client import PASSWORD, TESTER
from videohjelp.staff.accounts import AccountStore
from videohjelp.storage.schema import open_database

PROCESSES = 2
#: All patients come from one address: its limits would be met, those of each conversation are kept.
_LIMITS = (
    "NETWORK_REQUESTS_PER_MINUTE",
    "WEB_NETWORK_REQUESTS_PER_MINUTE",
    "WEB_NETWORK_STARTS_PER_MINUTE",
    "SMS_DAILY_SEGMENTS",
)
_UNLIMITED = "1000000"


@dataclass(frozen=True)
class Stored:
    """What a database holds. rows, table_bytes: by table; the latter with indexes.

    table_bytes is empty where SQLite was built without its table dbstat.
    """

    size: int
    rows: dict[str, int]
    table_bytes: dict[str, int]


@dataclass(frozen=True)
class System:
    """A running system. redis_url: None without Redis."""

    name: str
    urls: Sequence[str]
    pids: Sequence[int]
    engine: Engine
    redis_url: str | None = None

    def size(self) -> int:
        """Bytes of the database."""
        if self.engine.dialect.name == "sqlite":
            # Without the write-ahead log, which is as long as 1000 pages whatever is stored.
            return int(self._number("PRAGMA page_count") * self._number("PRAGMA page_size"))
        return int(self._number("SELECT pg_database_size(current_database())"))

    def stored(self) -> Stored:
        """What is in the database now."""
        tables = sa.inspect(self.engine).get_table_names()
        rows = {one: int(self._number(f"SELECT COUNT(*) FROM {one}")) for one in tables}  # noqa: S608
        return Stored(self.size(), rows, self._table_bytes(tables))

    def counters(self) -> dict[str, float]:
        """What PostgreSQL and Redis count themselves; empty without them."""
        found: dict[str, float] = {}
        if self.engine.dialect.name == "postgresql":
            # The view's own figures are a second old at most (PostgreSQL: monitoring-stats).
            query = (
                "SELECT xact_commit + xact_rollback AS transactions, tup_inserted AS inserted, "
                "tup_updated AS updated, tup_deleted AS deleted, tup_fetched AS read, "
                "pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS wal_bytes, "
                "(SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()) "
                "AS connections FROM pg_stat_database WHERE datname = current_database()"
            )
            with self.engine.connect() as connection:
                row = connection.execute(sa.text(query)).mappings().one()
            found.update({f"postgresql {name}": float(value) for name, value in row.items()})
        if self.redis_url is not None:
            with redis.Redis.from_url(self.redis_url) as client:
                for name, figures in client.info("commandstats").items():
                    command = name.removeprefix("cmdstat_")
                    found[f"redis {command}"] = float(figures["calls"])
                found["redis bytes"] = float(client.info("memory")["used_memory"])
        return found

    def _table_bytes(self, tables: Sequence[str]) -> dict[str, int]:
        if self.engine.dialect.name == "postgresql":
            size = "SELECT pg_total_relation_size('{}')"
            return {one: int(self._number(size.format(one))) for one in tables}
        query = (
            "SELECT m.tbl_name, SUM(d.pgsize) FROM dbstat d JOIN sqlite_master m "
            "ON m.name = d.name GROUP BY m.tbl_name"
        )
        try:
            with self.engine.connect() as connection:
                return {row[0]: int(row[1]) for row in connection.execute(sa.text(query))}
        except sa.exc.OperationalError:
            return {}

    def _number(self, query: str) -> float:
        with self.engine.connect() as connection:
            return float(connection.execute(sa.text(query)).scalar_one())


@contextmanager
def one_process(folder: Path) -> Iterator[System]:
    """One process on SQLite. folder: its database and its logs."""
    database = f"sqlite:///{folder / 'server.db'}"
    with _system("one process, SQLite", [folder], database, {}) as system:
        yield system


@contextmanager
def two_processes(folder: Path) -> Iterator[System]:
    """Two processes over a real PostgreSQL and a real Redis. folder: their logs."""
    with ExitStack() as running:
        postgres, cache = PostgresServer(), RedisServer()
        running.callback(postgres.remove)
        running.callback(cache.remove)
        postgres.start()
        cache.start()
        url = running.enter_context(postgres.database())
        folders = [folder / f"server{number}" for number in range(PROCESSES)]
        shared = {"REDIS_URL": cache.url}
        name = f"{PROCESSES} processes, PostgreSQL and Redis"
        yield running.enter_context(_system(name, folders, url, shared))


@contextmanager
def _system(
    name: str, folders: Sequence[Path], database: str, settings: dict[str, str]
) -> Iterator[System]:
    engine = open_database(database)
    AccountStore(engine).add(TESTER, PASSWORD, "tester", datetime.now(timezone.utc))
    values = {
        **dict.fromkeys(_LIMITS, _UNLIMITED),
        "STAFF_CONSOLE": "true",
        "DATABASE_URL": make_url(database).render_as_string(hide_password=False),
        **settings,
    }
    with ExitStack() as running:
        running.callback(engine.dispose)
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        servers = [running.enter_context(running_server(one, **values)) for one in folders]
        yield System(
            name,
            [one.url for one in servers],
            [one.process.pid for one in servers],
            engine,
            settings.get("REDIS_URL"),
        )
