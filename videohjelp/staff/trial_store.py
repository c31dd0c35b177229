"""Keeps the conversations that staff have with the assistant, away from patients'."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

from videohjelp.appointments.wording import Language
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact_event
from videohjelp.staff.tables import trials
from videohjelp.staff.turns import SeenTurn, turns_of
from videohjelp.storage.foreign_events import without_effect_if_foreign


@dataclass(frozen=True)
class Trial:
    """A conversation of a member of staff. clock: the time it has all through; None for the real.
    begun_at: UTC."""

    id: str
    account: str
    channel: str
    language: Language
    clock: datetime | None
    begun_at: datetime
    turns: tuple[SeenTurn, ...] = ()

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """The buttons of the last answer: title and payload."""
        replies = self.turns[-1].replies if self.turns else []
        return next((one.buttons for one in reversed(replies) if one.buttons), ())


class TrialStore(TrackerStore):
    """The trials of a database, as a tracker store for Rasa; redacted as patients' are."""

    def __init__(self, engine: Engine, domain: Domain) -> None:
        super().__init__(domain, None)
        self._engine = engine

    def begin(self, trial: Trial) -> None:
        """Keeps a new trial, in which nothing is said yet."""
        values: dict[str, Any] = {
            "id": trial.id,
            "account": trial.account,
            "channel": trial.channel,
            "language": trial.language,
            "clock": trial.clock,
            "begun_at": trial.begun_at,
            "seconds": [],
            "events": "[]",
        }
        with self._engine.begin() as connection:
            connection.execute(sa.insert(trials).values(values))

    def get(self, trial_id: str) -> Trial | None:
        """A trial with its turns."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(trials).where(trials.c.id == trial_id)).first()
        return None if row is None else _trial(row)

    def of_account(self, account: str, limit: int) -> list[Trial]:
        """An account's newest trials."""
        query = (
            sa.select(trials)
            .where(trials.c.account == account)
            .order_by(trials.c.begun_at.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [_trial(row) for row in connection.execute(query)]

    def note_seconds(self, trial_id: str, seconds: float) -> None:
        """Keeps how long the newest turn took."""
        mine = trials.c.id == trial_id
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(trials.c.seconds).where(mine)).first()
            kept = [*(row.seconds if row else []), round(seconds, 3)]
            connection.execute(sa.update(trials).where(mine).values(seconds=kept))

    def for_domain(self, domain: Domain) -> TrialStore:
        """The same trials for another model."""
        store = copy.copy(self)
        store.domain = domain
        return store

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Rasa's call after each turn."""
        events = [redact_event(event.as_dict(), own_numbers()) for event in tracker.events]
        written = json.dumps(events, ensure_ascii=False)
        change = sa.update(trials).where(trials.c.id == tracker.sender_id).values(events=written)
        await asyncio.to_thread(self._execute, change)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Rasa's call before each turn."""
        query = sa.select(trials.c.events).where(trials.c.id == sender_id)
        rows = await asyncio.to_thread(self._fetch, query)
        events = json.loads(rows[0].events) if rows else []
        if not events:
            return None
        known = without_effect_if_foreign(deserialise_events(events), self.domain)
        return DialogueStateTracker.from_events(sender_id, known, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """The ids of all trials."""
        rows = await asyncio.to_thread(self._fetch, sa.select(trials.c.id))
        return [row.id for row in rows]

    def _execute(self, change: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(change)

    def _fetch(self, query: Any) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(query).all())


def delete_trials_before(engine: Engine, moment: datetime) -> int:
    """Deletes the trials begun before a moment (with a time zone); gives how many."""
    with engine.begin() as connection:
        return int(connection.execute(sa.delete(trials).where(trials.c.begun_at < moment)).rowcount)


def _trial(row: Any) -> Trial:
    turns = turns_of(json.loads(row.events))
    for turn, seconds in zip(turns, row.seconds, strict=False):
        turn.seconds = seconds
    return Trial(
        id=row.id,
        account=row.account,
        channel=row.channel,
        language=row.language,
        clock=row.clock,
        begun_at=row.begun_at,
        turns=tuple(turns),
    )
