from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from tests.postgres_server import PostgresServer
from videohjelp.storage.engine import create_engine, reading


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "x.db"
    with create_engine(f"sqlite:///{file}").connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
    assert file.is_file()


def test_sqlite_has_a_log_foreign_keys_patience_and_writes_through(tmp_path: Path) -> None:
    with create_engine(f"sqlite:///{tmp_path / 'x.db'}").connect() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    assert values == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "synchronous": 2,  # FULL
    }


def test_memory_needs_no_folder() -> None:
    with create_engine("sqlite:///:memory:").connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_a_folder_in_the_files_place_is_an_operational_error(tmp_path: Path) -> None:
    (tmp_path / "x.db").mkdir()
    with pytest.raises(OperationalError):
        create_engine(f"sqlite:///{tmp_path / 'x.db'}").connect()


def test_other_databases_keep_their_own_pool() -> None:
    engine = create_engine("postgresql://nobody@127.0.0.1:1/none")
    assert engine.dialect.name == "postgresql"
    assert isinstance(engine.pool, QueuePool)


@pytest.mark.parametrize(
    "name", ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]
)
def test_postgresql_waits_for_nothing_without_end(postgres: PostgresServer, name: str) -> None:
    with create_engine(postgres.url()).connect() as connection:
        assert connection.execute(sa.text(f"SHOW {name}")).scalar() not in ("0", None)


def test_postgresql_is_not_asked_for_a_transaction_to_read(postgres: PostgresServer) -> None:
    engine = create_engine(postgres.url())
    with reading(engine) as connection:
        first = connection.execute(sa.text("SELECT now()")).scalar()
        assert connection.execute(sa.text("SELECT now()")).scalar() != first
    # The same connection, for writing: now() is the moment at which the transaction began.
    with engine.connect() as connection:
        first = connection.execute(sa.text("SELECT now()")).scalar()
        assert connection.execute(sa.text("SELECT now()")).scalar() == first


def test_a_connection_lost_while_it_rested_is_made_again(postgres: PostgresServer) -> None:
    engine = create_engine(postgres.url())
    end(postgres, used(engine))
    time.sleep(1.2)
    assert used(engine)


def test_one_lost_just_after_its_use_fails_once(postgres: PostgresServer) -> None:
    engine = create_engine(postgres.url())
    end(postgres, used(engine))
    with pytest.raises(OperationalError):
        used(engine)
    assert used(engine)


def test_what_is_used_again_at_once_is_not_asked_for(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(postgres.url())
    dialect: Any = engine.dialect
    asked: list[str] = []

    def do_ping(connection: Any) -> bool:
        asked.append("ping")
        return bool(type(dialect).do_ping(dialect, connection))

    used(engine)
    monkeypatch.setattr(dialect, "do_ping", do_ping)
    used(engine)
    assert asked == []
    time.sleep(1.2)
    used(engine)
    assert asked == ["ping"]


def used(engine: Engine) -> int:
    """Which of PostgreSQL's processes a connection of the pool belongs to; it is used for that."""
    with engine.connect() as connection:
        found: int = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
    return found


def end(postgres: PostgresServer, pid: int) -> None:
    """Ends a connection, as a restart of PostgreSQL does."""
    with create_engine(postgres.url()).connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
