"""The tables of cases and of what is still to be told to the staff's system."""

from __future__ import annotations

import sqlalchemy as sa

from videohjelp.storage.moment import UtcDateTime

metadata = sa.MetaData()

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

solved_cases = sa.Table(
    "handoff_solved",
    metadata,
    sa.Column("case_code", sa.String(8), sa.ForeignKey("handoff_cases.code"), primary_key=True),
    sa.Column("solved_at", UtcDateTime(), nullable=False),
    sa.Column("solved_by", sa.String(64), nullable=False),
)
