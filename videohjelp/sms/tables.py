"""The tables of the SMS channel, and what all its stores do with them.

No table has a phone number in clear, and no text that was not redacted. `sender_id` is the keyed
hash of the patient's number (videohjelp/sms/phone_ids.py), `service_number` the hospital's number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from videohjelp.storage.moment import UtcDateTime

metadata = sa.MetaData()

#: A change that is made in somebody else's transaction, and holds if that one holds.
Change = Callable[[Connection], object]

WAITING = "waiting"
#: A worker has it until `available_at`.
TAKEN = "taken"
#: The states in which a row is still to be dealt with.
OPEN = (WAITING, TAKEN)
DONE = "done"
SENT = "sent"
#: Given up. In the outbox: a dead letter, for an operator to see to.
DEAD = "dead"
#: Not sent because the patient has opted out.
DROPPED = "dropped"
#: A dead letter whose copy was put at the end of the queue.
RESENT = "resent"


def _queue_columns() -> tuple[sa.Column[Any], ...]:
    """What inbox and outbox have in common; see videohjelp/sms/queue.py.

    token: one more at each change of hands. available_at: when a waiting row is due, and when a
    taken one's lease ends. number: encrypted, only as long as it is needed. forgotten: the sender
    has asked to be deleted.
    """
    return (
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("provider", sa.String(32), nullable=False),
        sa.Column("service_number", sa.String(32), nullable=False),
        sa.Column("sender_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("state", sa.String(8), nullable=False, default=WAITING),
        sa.Column("available_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, default=0),
        sa.Column("token", sa.Integer(), nullable=False, default=0),
        sa.Column("error", sa.String(60)),
        sa.Column("forgotten", sa.Boolean(), nullable=False, default=False),
    )


#: Messages from patients. The text is there until the message is answered.
inbox = sa.Table(
    "sms_inbox",
    metadata,
    *_queue_columns(),
    # Hash of provider and its message id: the same message is taken in once.
    sa.Column("message_key", sa.String(64), nullable=False, unique=True),
    sa.Column("received_at", UtcDateTime(), nullable=False, index=True),
    # What the limits did with it: "told" or "silent", empty when it was answered.
    sa.Column("limited", sa.String(8)),
    sa.Index("sms_inbox_sender", "sender_id", "id"),
    sa.Index("sms_inbox_due", "state", "available_at"),
    sqlite_autoincrement=True,  # an id is never used twice
)

#: Messages to patients.
outbox = sa.Table(
    "sms_outbox",
    metadata,
    *_queue_columns(),
    # What the provider gets as idempotency key: random, so that no other installation has it.
    sa.Column("key", sa.String(32), nullable=False, unique=True),
    sa.Column("segments", sa.Integer(), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False, index=True),
    sa.Column("sent_at", UtcDateTime()),
    sa.Column("provider_message_id", sa.String(128)),
    sa.Index("sms_outbox_sender", "sender_id", "id"),
    sa.Index("sms_outbox_due", "state", "available_at"),
    sa.Index("sms_outbox_provider_message", "provider", "provider_message_id"),
    sqlite_autoincrement=True,
)

#: What providers report about messages. Apart from the outbox: a report can come before the note
#: that the message was sent.
reports = sa.Table(
    "sms_reports",
    metadata,
    sa.Column("provider", sa.String(32), primary_key=True),
    sa.Column("provider_message_id", sa.String(128), primary_key=True),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("rank", sa.Integer(), nullable=False),
    sa.Column("error", sa.String(60)),
    sa.Column("reported_at", UtcDateTime(), nullable=False, index=True),
)

#: Everybody who has written, and where their conversation is.
senders = sa.Table(
    "sms_senders",
    metadata,
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("received_at", UtcDateTime(), nullable=False, index=True),
    sa.Column("conversation_id", sa.String(100)),
    sa.Column("last_message_at", UtcDateTime()),
    sa.Column("language", sa.String(2)),
    sa.Column("options", sa.JSON(), nullable=False, default=list),
    sa.Column("pages", sa.JSON(), nullable=False, default=list),
)

#: Who wants no messages from which of the hospital's numbers.
opt_outs = sa.Table(
    "sms_opt_outs",
    metadata,
    sa.Column("service_number", sa.String(32), primary_key=True),
    sa.Column("sender_id", sa.String(64), primary_key=True),
    sa.Column("since", UtcDateTime(), nullable=False),
)


def insert_new(connection: Connection, table: sa.Table, values: Mapping[str, Any]) -> bool:
    """Adds a row unless there is one with this key; tells whether it was added.

    The transaction must have written before: SQLite's driver begins it with the first write.
    """
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table).values(**values))
    except IntegrityError:
        return False
    return True


def storable(text: str) -> str:
    """The text without what databases refuse: null bytes go, lone surrogates become "?"."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def count_by(engine: Engine, column: sa.Column[Any], *conditions: Any) -> dict[str, int]:
    """How many rows have each value of the column."""
    query = sa.select(column, sa.func.count()).where(*conditions).group_by(column)
    with engine.connect() as connection:
        return {str(value): int(number) for value, number in connection.execute(query)}
