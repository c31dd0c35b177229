"""Every table of the database, whoever it belongs to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.feedback.tables import metadata as feedback
from videohjelp.handoff.tables import metadata as handoff
from videohjelp.review.tables import metadata as review
from videohjelp.sms.tables import metadata as sms
from videohjelp.staff.tables import metadata as staff
from videohjelp.storage.tables import metadata as conversations

_ALL = (conversations, feedback, handoff, review, sms, staff)


def all_tables() -> tuple[sa.Table, ...]:
    """The tables, those that others refer to first."""
    return tuple(table for metadata in _ALL for table in metadata.sorted_tables)


def make_tables(engine: Engine) -> None:
    """Makes those that are missing: a server that was never started has none."""
    for metadata in _ALL:
        metadata.create_all(engine)
