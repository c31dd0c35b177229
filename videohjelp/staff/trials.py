"""Conversations that staff have to try the assistant: away from patients' in everything."""

from __future__ import annotations

import asyncio
import copy
import secrets
import time
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from actions.services import cases_kept_in
from videohjelp import clock
from videohjelp.appointments.wording import Language
from videohjelp.channels.clean_text import clean
from videohjelp.channels.sms.conversation import SmsReplies
from videohjelp.channels.web.messages import ReplyCollector, place_by_number
from videohjelp.channels.web.turns import Turns
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.handoff.store import CaseStore
from videohjelp.privacy.redaction import redact
from videohjelp.server.actions_endpoint import InProcessActions, load_actions
from videohjelp.sms.options import chosen
from videohjelp.staff.trial_store import Trial, TrialStore
from videohjelp.storage.schema import ensure_tables

PATIENCE = 15.0


class Trials:
    """Talks with the assistant as a patient would, without leaving a trace among patients'."""

    def __init__(self, agent: Agent, engine: Engine) -> None:
        """Takes the loaded agent, whose model is used, and the database."""
        self.store = TrialStore(engine, agent.domain)
        self._agent = agent
        self._turns = Turns(PATIENCE)
        memory = sa.create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        ensure_tables(memory)
        self._cases = CaseStore(memory)

    async def begin(
        self, account: str, channel: str, language: Language, moment: datetime | None
    ) -> Trial:
        """A new trial; on the web the assistant greets. moment: the clock, with a time zone."""
        trial_id = f"trial-{secrets.token_urlsafe(16)}"
        trial = Trial(trial_id, account, channel, language, moment, clock.now())
        await asyncio.to_thread(self.store.begin, trial)
        processor = self._processor()
        tracker = await processor.fetch_tracker_with_initial_session(trial_id, _collector(channel))
        tracker.update(SlotSet("language", language), processor.domain)
        await processor.save_tracker(tracker)
        if channel == "web":
            await self._take(trial, "/greet", {"shown": ""})
        return trial

    async def say(self, trial: Trial, text: str) -> None:
        """What is written in a trial. A number may choose an option. Raises LateError."""
        written = redact(clean(text), own_numbers())
        if not written:
            await self._take(trial, "/silence", {"shown": ""})
            return
        if trial.channel == "sms":
            option = chosen(written, [title for title, _ in trial.offered])
        else:
            option = place_by_number(written, [payload for _, payload in trial.offered])
        if option is None:
            await self._take(trial, written, None)
        else:
            await self.press(trial, option)

    async def press(self, trial: Trial, number: int) -> None:
        """A button of the last answer, 0 the first; nothing for one that is not offered."""
        if 0 <= number < len(trial.offered):
            title, payload = trial.offered[number]
            await self._take(trial, payload, {"shown": title})

    def _processor(self) -> Any:
        """The serving model of now, with another store, and actions in this process whatever is
        set."""
        processor = copy.copy(cast(Any, self._agent.processor))
        processor.tracker_store = self.store.for_domain(processor.domain)
        if not isinstance(processor.action_endpoint, InProcessActions):
            processor.action_endpoint = InProcessActions(load_actions(), processor.domain)
        return processor

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
                await self._processor().handle_message(message)
            seconds = time.perf_counter() - begun
            await asyncio.to_thread(self.store.note_seconds, trial.id, seconds)

        await self._turns.run(trial.id, turn)


def _collector(channel: str) -> ReplyCollector:
    return SmsReplies() if channel == "sms" else ReplyCollector()
