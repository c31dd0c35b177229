"""The tables of cases and of what is still to be told to the staff's system."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    _MomentType = TypeDecorator[datetime]
else:
    # SQLAlchemy 1.4 has no type parameters when it runs.
    _MomentType = TypeDecorator

metadata = sa.MetaData()


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


handoff_cases = sa.Table(
    "handoff_cases",
    metadata,
    sa.Column("code", sa.String(8), primary_key=True),
    sa.Column("created_at", UtcDateTime(), nullable=False, index=True),
    sa.Column("topic", sa.String(64), nullable=False),
    sa.Column("device", sa.String(40)),
    sa.Column("browser", sa.String(40)),
    sa.Column("tried", sa.JSON(), nullable=False),
    sa.Column("device_check", sa.JSON(none_as_null=True)),
    sa.Column("channel", sa.String(64), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
)

#: `next_try_at` is empty when nothing more will be tried: delivered, or given up.
webhook_deliveries = sa.Table(
    "webhook_deliveries",
    metadata,
    sa.Column("case_code", sa.String(8), sa.ForeignKey("handoff_cases.code"), primary_key=True),
    sa.Column("attempts", sa.Integer(), nullable=False, default=0),
    sa.Column("next_try_at", UtcDateTime(), index=True),
    sa.Column("delivered_at", UtcDateTime()),
    sa.Column("last_error", sa.String(200)),
)
