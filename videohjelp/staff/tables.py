"""The console's tables."""

from __future__ import annotations

import sqlalchemy as sa

from videohjelp.storage.moment import UtcDateTime

metadata = sa.MetaData()

accounts = sa.Table(
    "staff_accounts",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("password_hash", sa.String(255), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
)

#: The token itself is in the browser alone.
sessions = sa.Table(
    "staff_sessions",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("account", sa.String(64), nullable=False, index=True),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("begun_at", UtcDateTime(), nullable=False),
    sa.Column("seen_at", UtcDateTime(), nullable=False),
)

#: Who looked at which conversation or case. It outlives both.
looks = sa.Table(
    "staff_looks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime(), nullable=False, index=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("subject", sa.String(255), nullable=False),
    sa.Column("page", sa.String(32), nullable=False),
)

#: Conversations that staff have with the assistant, away from those of patients.
trials = sa.Table(
    "staff_trials",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("channel", sa.String(8), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("clock", UtcDateTime()),
    sa.Column("begun_at", UtcDateTime(), nullable=False, index=True),
    sa.Column("seconds", sa.JSON(), nullable=False),
    sa.Column("events", sa.Text(), nullable=False),
)

#: Runs of the stories, with what the runner said of each case. seen_at: when the process that runs
#: them last said that it lives.
runs = sa.Table(
    "staff_runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("selection", sa.String(200), nullable=False),
    sa.Column("begun_at", UtcDateTime(), nullable=False),
    sa.Column("ended_at", UtcDateTime()),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("model", sa.String(128), nullable=False),
    sa.Column("expected", sa.Integer, nullable=False),
    sa.Column("seen_at", UtcDateTime()),
    sa.Column("reason", sa.Text()),
)

run_cases = sa.Table(
    "staff_run_cases",
    metadata,
    sa.Column("run", sa.Integer, sa.ForeignKey("staff_runs.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(500), nullable=False),
    sa.Column("file", sa.String(300), nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("passed", sa.Boolean, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("turns", sa.JSON(), nullable=False),
)
