"""The tables as they were before there were migrations.

A database of that time has some or all of them: it keeps those and gets the others. The tables are
described here once more, as they were then, since the code's own go on changing.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_then = sa.MetaData()


def upgrade() -> None:
    """Makes what is missing."""
    _then.create_all(op.get_bind())


def downgrade() -> None:
    """Removes all tables, with what is in them."""
    _then.drop_all(op.get_bind())


sa.Table(
    "conversation_events",
    _then,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("timestamp", sa.Float, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
sa.Table(
    "conversation_checkpoints",
    _then,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("from_position", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)
sa.Table(
    "conversation_turns",
    _then,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(80), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

sa.Table(
    "feedback",
    _then,
    sa.Column("conversation_id", sa.String(255), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("rating", sa.String(4), nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("response", sa.String(128)),
    sa.Column("given_at", sa.DateTime, nullable=False, index=True),
)

sa.Table(
    "handoff_cases",
    _then,
    sa.Column("code", sa.String(8), primary_key=True),
    sa.Column("created_at", sa.DateTime, nullable=False, index=True),
    sa.Column("topic", sa.String(64), nullable=False),
    sa.Column("device", sa.String(40)),
    sa.Column("browser", sa.String(40)),
    sa.Column("tried", sa.JSON, nullable=False),
    sa.Column("device_check", sa.JSON),
    sa.Column("channel", sa.String(64), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
)
sa.Table(
    "webhook_deliveries",
    _then,
    sa.Column("case_code", sa.String(8), sa.ForeignKey("handoff_cases.code"), primary_key=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try_at", sa.DateTime, index=True),
    sa.Column("delivered_at", sa.DateTime),
    sa.Column("last_error", sa.String(200)),
)
sa.Table(
    "handoff_solved",
    _then,
    sa.Column("case_code", sa.String(8), sa.ForeignKey("handoff_cases.code"), primary_key=True),
    sa.Column("solved_at", sa.DateTime, nullable=False),
    sa.Column("solved_by", sa.String(64), nullable=False),
)

sa.Table(
    "review_marks",
    _then,
    sa.Column("text", sa.String(1000), primary_key=True),
    sa.Column("topic", sa.String(100), nullable=False),
    sa.Column("variety", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("marked_at", sa.DateTime, nullable=False),
)


def _queue_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("provider", sa.String(32), nullable=False),
        sa.Column("service_number", sa.String(32), nullable=False),
        sa.Column("sender_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("available_at", sa.DateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("token", sa.Integer, nullable=False),
        sa.Column("error", sa.String(60)),
        sa.Column("forgotten", sa.Boolean, nullable=False),
    )


sa.Table(
    "sms_inbox",
    _then,
    *_queue_columns(),
    sa.Column("message_key", sa.String(64), nullable=False, unique=True),
    sa.Column("received_at", sa.DateTime, nullable=False, index=True),
    sa.Column("limited", sa.String(8)),
    sa.Index("sms_inbox_sender", "sender_id", "id"),
    sa.Index("sms_inbox_due", "state", "available_at"),
    sqlite_autoincrement=True,
)
sa.Table(
    "sms_outbox",
    _then,
    *_queue_columns(),
    sa.Column("key", sa.String(32), nullable=False, unique=True),
    sa.Column("segments", sa.Integer, nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False, index=True),
    sa.Column("sent_at", sa.DateTime),
    sa.Column("provider_message_id", sa.String(128)),
    sa.Index("sms_outbox_sender", "sender_id", "id"),
    sa.Index("sms_outbox_due", "state", "available_at"),
    sa.Index("sms_outbox_provider_message", "provider", "provider_message_id"),
    sqlite_autoincrement=True,
)
sa.Table(
    "sms_reports",
    _then,
    sa.Column("provider", sa.String(32), primary_key=True),
    sa.Column("provider_message_id", sa.String(128), primary_key=True),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("error", sa.String(60)),
    sa.Column("reported_at", sa.DateTime, nullable=False, index=True),
)
sa.Table(
    "sms_senders",
    _then,
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("received_at", sa.DateTime, nullable=False, index=True),
    sa.Column("conversation_id", sa.String(100)),
    sa.Column("last_message_at", sa.DateTime),
    sa.Column("language", sa.String(2)),
    sa.Column("options", sa.JSON, nullable=False),
    sa.Column("pages", sa.JSON, nullable=False),
)
sa.Table(
    "sms_opt_outs",
    _then,
    sa.Column("service_number", sa.String(32), primary_key=True),
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("since", sa.DateTime, nullable=False),
)

sa.Table(
    "staff_accounts",
    _then,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("password_hash", sa.String(255), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_at", sa.DateTime, nullable=False),
)
sa.Table(
    "staff_sessions",
    _then,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("account", sa.String(64), nullable=False, index=True),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("begun_at", sa.DateTime, nullable=False),
    sa.Column("seen_at", sa.DateTime, nullable=False),
)
sa.Table(
    "staff_looks",
    _then,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False, index=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("subject", sa.String(255), nullable=False),
    sa.Column("page", sa.String(32), nullable=False),
)
sa.Table(
    "staff_trials",
    _then,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("channel", sa.String(8), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("clock", sa.DateTime),
    sa.Column("begun_at", sa.DateTime, nullable=False, index=True),
    sa.Column("seconds", sa.JSON, nullable=False),
    sa.Column("events", sa.Text, nullable=False),
)
sa.Table(
    "staff_runs",
    _then,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("selection", sa.String(200), nullable=False),
    sa.Column("begun_at", sa.DateTime, nullable=False),
    sa.Column("ended_at", sa.DateTime),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("model", sa.String(128), nullable=False),
    sa.Column("expected", sa.Integer, nullable=False),
)
sa.Table(
    "staff_run_cases",
    _then,
    sa.Column("run", sa.Integer, sa.ForeignKey("staff_runs.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(500), nullable=False),
    sa.Column("file", sa.String(300), nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("passed", sa.Boolean, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("turns", sa.JSON, nullable=False),
)
