"""Which cases staff have marked as solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.store import CaseStore
from videohjelp.handoff.tables import handoff_cases, solved_cases
from videohjelp.storage.upsert import add_if_new


@dataclass(frozen=True)
class Solved:
    """Who marked a case, and when (UTC)."""

    at: datetime
    by: str


class SolvedCases:
    """The marks of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._cases = CaseStore(engine)

    def mark(self, code: str, by: str, now: datetime) -> None:
        """Marks a case as solved; the first mark stays. now: with a time zone."""
        values = {"case_code": code, "solved_at": now, "solved_by": by}
        with self._engine.begin() as connection:
            add_if_new(connection, solved_cases, values)

    def unmark(self, code: str) -> None:
        """Takes the mark away; nothing when there is none."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(solved_cases).where(solved_cases.c.case_code == code))

    def of(self, code: str) -> Solved | None:
        """The mark of a case; None when it is open."""
        query = sa.select(solved_cases).where(solved_cases.c.case_code == code)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else Solved(row.solved_at, row.solved_by)

    def open_cases(self, limit: int) -> Sequence[HandoffCase]:
        """The newest cases that nobody has marked."""
        marked = sa.select(solved_cases.c.case_code)
        query = (
            sa.select(handoff_cases.c.code)
            .where(handoff_cases.c.code.not_in(marked))
            .order_by(handoff_cases.c.created_at.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            codes = [row.code for row in connection.execute(query)]
        found = (self._cases.get(code) for code in codes)
        return [case for case in found if case is not None]
