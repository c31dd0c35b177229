"""The tables of a database: made, brought to this version's state, and taken back (Alembic).

The steps are in videohjelp/storage/migrations/versions, one chain for all tables. Nothing else
makes or changes tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from videohjelp.settings import settings
from videohjelp.storage.engine import create_engine

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
#: Where Alembic keeps which revision a database is at.
VERSION_TABLE = "alembic_version"

#: Any number that nobody else locks by in the same PostgreSQL database.
_LOCK = 7_301_905
#: Milliseconds to wait in SQLite while another process changes the tables.
_LONGEST_WAIT = 60_000


class SchemaError(RuntimeError):
    """The tables are not those of this version. The text says why and what to do."""


def open_database(url: str) -> Engine:
    """An engine on a database that has the tables of this version.

    Missing or older tables are brought up to it unless the setting database_migrate is off.
    Raises SchemaError when they are not and may not be, sqlalchemy.exc.SQLAlchemyError when the
    database does not answer.
    """
    engine = create_engine(url)
    ensure_tables(engine)
    return engine


def ensure_tables(engine: Engine) -> None:
    """As open_database, for an engine."""
    at = revision(engine)
    if at == latest():
        return
    if at is not None and at not in known():
        raise SchemaError(
            f"The database is at revision {at}, which this version of Videohjelp does not know: a "
            "newer version has changed it. Run the newer version, or let that one take the "
            f"database back: python -m videohjelp database downgrade {latest()}"
        )
    if not settings().database_migrate:
        raise SchemaError(
            f"The database is at revision {at or 'none'}, this version needs {latest()}. Run "
            "`python -m videohjelp database upgrade`, or set VIDEOHJELP_DATABASE_MIGRATE=true."
        )
    upgrade(engine)


def upgrade(engine: Engine, to: str = "head") -> None:
    """Brings the tables forward to a revision, one process at a time, whole or not at all.

    A database without a revision gets those tables of the first one that it lacks. Raises
    alembic.util.CommandError for an unknown revision.
    """
    from alembic import command  # noqa: PLC0415 - not needed at most starts

    _alone(engine, lambda config: command.upgrade(config, to))


def downgrade(engine: Engine, to: str) -> None:
    """Takes the tables back to a revision; "base" removes all of them, with what is in them."""
    from alembic import command  # noqa: PLC0415

    _alone(engine, lambda config: command.downgrade(config, to))


def revision(engine: Engine) -> str | None:
    """The revision that a database is at; None when it has none."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(VERSION_TABLE):
            return None
        query = sa.select(sa.column("version_num")).select_from(sa.table(VERSION_TABLE))
        found: str | None = connection.execute(query).scalar()
    return found


def known() -> list[str]:
    """The revisions of this version, the first one first. Each file's name begins with its own."""
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return sorted(file.name.partition("_")[0] for file in files)


def latest() -> str:
    """The revision that this version needs."""
    return known()[-1]


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, on a connection that is in a transaction."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _alone(engine: Engine, work: Callable[[Config], None]) -> None:
    with _locked(engine) as connection:
        work(alembic_config(connection))


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """A transaction that only one process has at a time."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # The driver begins a transaction only with the first change of a row: that is too late.
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_LONGEST_WAIT}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection
