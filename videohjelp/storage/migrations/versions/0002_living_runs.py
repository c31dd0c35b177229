"""Runs of the stories: whether the process that runs them lives, and why one was broken off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds both; runs of before have neither."""
    op.add_column("staff_runs", sa.Column("seen_at", sa.DateTime))
    op.add_column("staff_runs", sa.Column("reason", sa.Text))


def downgrade() -> None:
    """Removes both."""
    op.drop_column("staff_runs", "reason")
    op.drop_column("staff_runs", "seen_at")
