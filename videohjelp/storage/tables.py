"""Tables of the conversations. Hand-off cases have theirs in videohjelp/handoff/store.py."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

#: Every event of every conversation, as Rasa's JSON, numbered from 0 in each conversation.
conversation_events = sa.Table(
    "conversation_events",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("timestamp", sa.Float, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

#: Where reading a conversation begins, and what was known at that point.
conversation_checkpoints = sa.Table(
    "conversation_checkpoints",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("from_position", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)

#: Where in a conversation each message of the patient's was handled. The key makes sure that a
#: message sent twice, to whichever process, is handled once.
conversation_turns = sa.Table(
    "conversation_turns",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(80), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: Which events staff may want to look at, and why; how new they are and the code of a case are
#: found by an index.
notable_events = sa.Table(
    "notable_events",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("timestamp", sa.Float, nullable=False),
    sa.Column("note", sa.String(20), nullable=False),
    sa.Column("case_code", sa.String(8)),
    sa.Index("notable_events_timestamp", "timestamp"),
    sa.Index("notable_events_case_code", "case_code"),
    sqlite_with_rowid=False,
)
