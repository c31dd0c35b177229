"""Brings conversations into a state, and sends hostile messages from there."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from rasa.core.agent import Agent

from actions import services
from tests.fuzz.acts import Act, text
from tests.fuzz.checks import Problem, problem
from tests.fuzz.hostile import MAKERS
from tests.fuzz.kept_vectors import KeptVectors
from tests.fuzz.log_watch import LogWatch, watch_logs
from tests.fuzz.mutations import MUTATIONS, real_messages
from tests.fuzz.states import LANGUAGES, NOW, SET, State
from tests.fuzz.talk import SmsSide, SmsTalk, Talk, WebTalk
from videohjelp import clock
from videohjelp.clock import OSLO
from videohjelp.device_check import report
from videohjelp.settings import settings
from videohjelp.storage.tracker_store import ConversationStore

#: What time it is for hostile messages: an ordinary hour, a holiday, the nights in which the clock
#: is changed, ends of months and years.
_MOMENTS = (
    NOW,
    datetime(2026, 12, 24, 15, 31, tzinfo=OSLO),
    datetime(2026, 10, 25, 2, 30, tzinfo=OSLO, fold=1),
    datetime(2027, 3, 28, 3, 0, tzinfo=OSLO),
    datetime(2026, 12, 31, 23, 59, 59, tzinfo=OSLO),
    datetime(2028, 2, 29, 0, 0, tzinfo=OSLO),
    datetime(2027, 5, 17, 12, 0, tzinfo=OSLO),
)
_LONGEST_EPISODE = 3
#: How often it is no text, where there is something else.
_DEEDS = 0.08
_FIRST_MESSAGES = 5
#: Seconds of processor time after which a message is given up.
_GIVE_UP = 30.0


@dataclass(frozen=True)
class Texts:
    """The texts of a run, each sent from several states. seed, count: the same give the same."""

    seed: int
    count: int

    def choose(self, rng: Random) -> Act:
        """One of them."""
        own = Random(f"{self.seed}/text/{rng.randrange(self.count)}")  # noqa: S311
        name = own.choice(tuple(_ALL_MAKERS))
        return text(_ALL_MAKERS[name](own), name)


_ALL_MAKERS = {**MAKERS, **MUTATIONS}


class HangError(Exception):
    """One message has taken far too much processor time."""


@dataclass(frozen=True)
class Failure:
    """A fault, and all that is needed to see it again."""

    state: State
    moment: datetime
    acts: tuple[Act, ...]
    problem: Problem
    source: str


@dataclass(frozen=True)
class Sent:
    """One generated message. cpu, wall: seconds."""

    made_by: str
    cpu: float
    wall: float
    outcome: str


@dataclass
class Unit:
    """What came of one state's turn. not_reached: why nothing was sent from there."""

    state: State
    sent: list[Sent] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    driven: int = 0
    not_reached: str | None = None


class Fuzzer:
    """The assistant of this process, with a database of its own and its log watched."""

    def __init__(
        self, agent: Agent, database_url: str, message_limit: int, vectors: KeptVectors
    ) -> None:
        """Takes the loaded assistant, which it changes, like this process's settings and log."""
        os.environ["VIDEOHJELP_DATABASE_URL"] = database_url
        os.environ["VIDEOHJELP_MESSAGE_LIMIT"] = str(message_limit)
        os.environ["VIDEOHJELP_SMS_DAILY_SEGMENTS"] = str(10**9)
        settings.cache_clear()
        services.cases.cache_clear()
        agent.tracker_store = agent.processor.tracker_store = ConversationStore(agent.domain)
        self._agent = agent
        self._sms = SmsSide(agent)
        self._loop = asyncio.new_event_loop()
        self._log: LogWatch = watch_logs()
        self._vectors = vectors
        vectors.install()
        for text_of_any_kind in real_messages()[:_FIRST_MESSAGES]:
            # The first messages load word lists and the like: of no state, and measured nowhere.
            self._wait(agent.parse_message(text_of_any_kind))

    def run(self, state: State, seed: str, count: int, texts: Texts) -> Unit:
        """Sends so many messages from a state, in conversations of one to three of them.

        seed: the same gives the same messages.
        """
        unit = Unit(state)
        try:
            start = self._reach(unit)
            episode = 0
            while start is not None and len(unit.sent) < count:
                rng = Random(f"{seed}/{state.key}/{episode}")  # noqa: S311 - chance, no secret
                moment = rng.choice(_MOMENTS)
                most = min(_LONGEST_EPISODE, count - len(unit.sent))
                acts = tuple(_hostile(rng, state, texts) for _ in range(rng.randint(1, most)))
                self._episode(unit, start, moment, acts, f"{seed}, episode {episode}")
                episode += 1
        finally:
            self._sms.forget()
        return unit

    def see_again(self, failure: Failure, acts: tuple[Act, ...]) -> Problem | None:
        """What is wrong when these acts are done in the failure's state."""
        unit = Unit(failure.state)
        start = self._reach(unit)
        if start is None:
            return None
        self._episode(unit, start, failure.moment, acts, failure.source)
        self._sms.forget()
        return unit.failures[0].problem if unit.failures else None

    def _reach(self, unit: Unit) -> Talk | None:
        """A conversation in the unit's state; None, with the reason in the unit, when it is not."""
        state = unit.state
        with clock.frozen(NOW):
            talk = self._wait(self._begin(state))
            for act in state.acts:
                found = self._send(talk, act)[1]
                unit.driven += 1
                if found is not None:
                    unit.failures.append(Failure(state, NOW, (), found, "on the way"))
                    unit.not_reached = f"a fault on the way, at {act.value!r}: {found.kind}"
                    return None
        unit.not_reached = self._wait(_differs(talk, state))
        return talk if unit.not_reached is None else None

    async def _begin(self, state: State) -> Talk:
        if state.channel == "web":
            return await WebTalk.begin(self._agent, state.language)
        talk = SmsTalk(self._sms)
        if state.language != settings().default_language:
            await talk.send(Act("text", _IN_LANGUAGE[state.language]))
        return talk

    def _episode(
        self, unit: Unit, start: Talk, moment: datetime, acts: tuple[Act, ...], source: str
    ) -> None:
        with clock.frozen(moment):
            talk = self._wait(start.copy())
            for act in unit.state.each:
                self._send(talk, act)
                unit.driven += 1
            for done, act in enumerate(acts, start=1):
                sent, found = self._send(talk, act)
                unit.sent.append(sent)
                if found is not None:
                    failure = Failure(unit.state, moment, acts[:done], found, source)
                    unit.failures.append(failure)
                    break
            self._wait(talk.delete())

    def _send(self, talk: Talk, act: Act) -> tuple[Sent, Problem | None]:
        self._log.take()
        wall, cpu = time.perf_counter(), time.process_time()
        spared = self._vectors.spared
        try:
            with _given_up_after(_GIVE_UP):
                answer = self._wait(talk.send(act))
        except Exception as error:  # whatever it is, it is what is looked for
            raised = Problem(
                f"raised: {type(error).__name__}", "\n".join([repr(error), *self._log.take()])
            )
            return _sent(act, wall, cpu, "raised"), raised
        outcome = answer.refusal or answer.silence or "answered"
        sent = _sent(act, wall, cpu, outcome, self._vectors.spared - spared)
        found = problem(act, answer, self._log.take(), settings().message_limit, sent.cpu)
        return sent, found

    def _wait(self, work: Any) -> Any:
        return self._loop.run_until_complete(work)


_IN_LANGUAGE = {"nn": "på nynorsk takk", "en": "English please"}


def _sent(act: Act, wall: float, cpu: float, outcome: str, spared: float = 0.0) -> Sent:
    """What was sent. wall, cpu: when it began. spared: what it would have cost more."""
    spent = time.process_time() - cpu + spared
    return Sent(act.made_by, spent, time.perf_counter() - wall + spared, outcome)


def _hostile(rng: Random, state: State, texts: Texts) -> Act:
    """Mostly a text; sometimes a button, silence, another language, a device check."""
    if state.channel == "web" and rng.random() < _DEEDS:
        return _deed(rng)
    return texts.choose(rng)


def _deed(rng: Random) -> Act:
    kind = rng.choice(("press", "press", "silence", "language", "check"))
    if kind == "press":
        return Act("press", rng.randrange(6), "press")
    if kind == "silence":
        return Act("silence", True, "silence")
    if kind == "language":
        return Act("language", rng.choice(LANGUAGES), "language")
    codes = {name: rng.choice(sorted(allowed)) for name, allowed in report._CODES.items()}
    names = {"system": rng.choice(report._SYSTEMS), "browser": rng.choice(report._BROWSERS)}
    return Act("check", {**codes, **names}, "check")


async def _differs(talk: Talk, state: State) -> str | None:
    """In what the conversation is not in the state; None when it is."""
    tracker = await talk.tracker()
    if tracker is None:
        return "there is no conversation"
    values = tracker.current_slot_values()
    values["active_loop"] = tracker.active_loop.name if tracker.active_loop else None
    for name, wanted in state.slots:
        got = values.get(name)
        if (got is None) if wanted == SET else ((got or None) != (wanted or None)):
            return f"{name} is {got!r}, not {wanted!r}"
    said = _last_said(tracker)
    if state.said is not None and state.said not in said:
        return f"said {', '.join(said)}, not {state.said}"
    return None


def _last_said(tracker: Any) -> list[str]:
    said: list[str] = []
    for event in reversed(tracker.events):
        if event.type_name == "user":
            break
        if event.type_name == "bot":
            said.append(str(event.metadata.get("utter_action")))
    return said[::-1]


@contextmanager
def _given_up_after(seconds: float) -> Iterator[None]:
    """Raises HangError in the main thread after so much processor time."""

    def give_up(*_: Any) -> None:
        raise HangError(f"after {seconds:.0f} s of processor time")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
