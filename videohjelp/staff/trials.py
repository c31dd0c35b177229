"""Conversations that staff have to try the assistant: away from patients' in everything."""

from __future__ import annotations

import asyncio
import copy
import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from actions.services import cases_kept_in
from videohjelp import clock
from videohjelp.appointments.wording import Language
from videohjelp.channels.clean_text import clean
from videohjelp.channels.sms.conversation import SmsReplies
from videohjelp.channels.web.messages import ReplyCollector
from videohjelp.channels.web.turns import Turns
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.handoff.store import CaseStore
from videohjelp.privacy.redaction import redact, redact_event
from videohjelp.server.actions_endpoint import InProcessActions, load_actions
from videohjelp.sms.options import chosen
from videohjelp.staff.tables import metadata, trials
from videohjelp.staff.turns import SeenTurn, turns_of

PATIENCE = 15.0


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
        metadata.create_all(engine)

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

    def delete_before(self, moment: datetime) -> int:
        """Deletes the trials begun before a moment (with a time zone); gives how many."""
        with self._engine.begin() as connection:
            done = connection.execute(sa.delete(trials).where(trials.c.begun_at < moment))
        return int(done.rowcount)

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
        return DialogueStateTracker.from_events(
            sender_id, deserialise_events(events), self.domain.slots
        )

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


class Trials:
    """Talks with the assistant as a patient would, without leaving a trace among patients'."""

    def __init__(self, agent: Agent, engine: Engine) -> None:
        """Takes the loaded agent, whose model is used, and the database."""
        self.store = TrialStore(engine, agent.domain)
        # The same model and responses; another store, and actions in this process whatever is set.
        processor = copy.copy(cast(Any, agent.processor))
        processor.tracker_store = self.store
        if not isinstance(processor.action_endpoint, InProcessActions):
            processor.action_endpoint = InProcessActions(load_actions(), agent.domain)
        self._processor = processor
        self._turns = Turns(PATIENCE)
        memory = sa.create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        self._cases = CaseStore(memory)

    async def begin(
        self, account: str, channel: str, language: Language, moment: datetime | None
    ) -> Trial:
        """A new trial; on the web the assistant greets. moment: the clock, with a time zone."""
        trial_id = f"trial-{secrets.token_urlsafe(16)}"
        trial = Trial(trial_id, account, channel, language, moment, clock.now())
        await asyncio.to_thread(self.store.begin, trial)
        tracker = await self._processor.fetch_tracker_with_initial_session(
            trial_id, _collector(channel)
        )
        tracker.update(SlotSet("language", language), self._processor.domain)
        await self._processor.save_tracker(tracker)
        if channel == "web":
            await self._take(trial, "/greet", {"shown": ""})
        return trial

    async def say(self, trial: Trial, text: str) -> None:
        """What is written in a trial. By SMS a number chooses an option. Raises LateError."""
        written = redact(clean(text), own_numbers())
        if not written:
            await self._take(trial, "/silence", {"shown": ""})
            return
        titles = [title for title, _ in trial.offered]
        option = chosen(written, titles) if trial.channel == "sms" else None
        if option is None:
            await self._take(trial, written, None)
        else:
            await self.press(trial, option)

    async def press(self, trial: Trial, number: int) -> None:
        """A button of the last answer, 0 the first; nothing for one that is not offered."""
        if 0 <= number < len(trial.offered):
            title, payload = trial.offered[number]
            await self._take(trial, payload, {"shown": title})

    async def _take(self, trial: Trial, text: str, shown: dict[str, str] | None) -> None:
        message = UserMessage(
            text,
            _collector(trial.channel),
            trial.id,
            input_channel=trial.channel,
            metadata=shown,
        )

        async def turn() -> None:
            begun = time.perf_counter()
            with cases_kept_in(self._cases), clock.frozen(trial.clock):
                await self._processor.handle_message(message)
            seconds = time.perf_counter() - begun
            await asyncio.to_thread(self.store.note_seconds, trial.id, seconds)

        await self._turns.run(trial.id, turn)


def _collector(channel: str) -> ReplyCollector:
    return SmsReplies() if channel == "sms" else ReplyCollector()


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
