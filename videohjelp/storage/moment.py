"""Moments as databases keep them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.types import TypeDecorator

from videohjelp.storage.engine import reading

if TYPE_CHECKING:
    _MomentType = TypeDecorator[datetime]
else:
    # SQLAlchemy 1.4 has no type parameters when it runs.
    _MomentType = TypeDecorator


def database_now(engine: Engine) -> datetime:
    """The present moment by the clock that all processes of a database share, in UTC.

    PostgreSQL's own: the clocks of two machines differ, and one of them may be wrong by hours. A
    SQLite file has one machine. Raises sqlalchemy.exc.SQLAlchemyError when the database is away.
    """
    if engine.dialect.name != "postgresql":
        return datetime.now(timezone.utc)
    with reading(engine) as connection:
        found: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return found.astimezone(timezone.utc)


class UtcDateTime(_MomentType):
    """A moment, stored as UTC without its zone (SQLite has none) and given back with it."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give what is stored; raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        return value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment as it was."""
        return None if value is None else value.replace(tzinfo=timezone.utc)
