"""The table of marked messages."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

#: In characters. PostgreSQL has no index on much longer ones.
LONGEST_TEXT = 1000

#: A message outlives its conversation here: it is redacted, and says nothing of who wrote it.
review_marks = sa.Table(
    "review_marks",
    metadata,
    sa.Column("text", sa.String(LONGEST_TEXT), primary_key=True),
    sa.Column("topic", sa.String(100), nullable=False),
    sa.Column("variety", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("marked_at", sa.DateTime, nullable=False),
)
