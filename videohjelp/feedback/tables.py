"""The table of what patients think of the answers."""

from __future__ import annotations

import sqlalchemy as sa

from videohjelp.storage.moment import UtcDateTime

metadata = sa.MetaData()

#: One opinion of one answer. `position` is the answer's place in its conversation.
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("conversation_id", sa.String(255), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("rating", sa.String(4), nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("response", sa.String(128)),
    sa.Column("given_at", UtcDateTime(), nullable=False, index=True),
)
