"""Runs one scenario: patients talk, something breaks and is mended, everything is counted."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.chaos.health_watch import HealthWatch
from tests.chaos.judging import Tally, is_apology
from tests.chaos.stage import Stage
from tests.chaos.steady_clock import beat_forever, now, paused
from tests.chaos.stored_texts import StoredTexts
from tests.chaos.text_patients import expected_texts, judge_texts, write_until
from tests.chaos.web_patients import sort_mistakes, talk_until
from tests.scale.patients import expected_answers

#: Seconds of talk before the fault, and after its end.
BEFORE, AFTER = 4.0, 12.0
#: Seconds after a fault's end in which everything must go on as before.
RECOVERED_WITHIN = 15.0
#: Seconds until all that is in the queues must have been sent.
EMPTIED_WITHIN = 90.0
_TELL_EVERY = 5.0

Tell = Callable[[str], None]


class Scenario(Protocol):
    """Something that breaks and is mended."""

    @property
    def name(self) -> str:
        """As `--only` takes it."""

    @property
    def what(self) -> str:
        """What happens, in a line."""

    @property
    def exact(self) -> bool:
        """Whether the answers must be those of a day without faults, apologies apart."""

    def stage(self, folder: Path) -> AbstractAsyncContextManager[Stage] | None:
        """What it happens on; None for the cluster of all that need nothing more.

        Raises NotRunnableError.
        """

    async def strike(self, stage: Stage, chance: random.Random) -> None:
        """Breaks and mends. Each fault is noted with `stage.fault`."""


@dataclass
class Outcome:
    """What came of a scenario.

    paused: seconds in which the test itself did not run. recovery: seconds after the last fault's
    end; None for never.
    """

    scenario: Scenario
    patients: int
    tally: Tally
    seconds: float = 0.0
    paused: float = 0.0
    recovery: float | None = None
    health: list[str] = field(default_factory=list)
    skipped: str = ""

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept, each with what happened."""
        if self.skipped:
            return []
        tally = self.tally
        recovered = self.recovery is not None and self.recovery <= RECOVERED_WITHIN
        slow = [] if recovered else [f"recovered after {self.recovery} s"]
        idle = [] if tally.answered else ["nobody was answered"]
        named = {
            "lost": [*tally.lost, *idle],
            "doubled": tally.doubled,
            "mixed": tally.mixed,
            "late": tally.late,
            "health": self.health,
            "recovery": slow,
        }
        return [f"{name}: {one}" for name, found in named.items() for one in found]


@dataclass
class Expected:
    """What the assistant answers when nothing fails; asked once, of the first stage."""

    web: list[list[str]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)

    async def learn(self, stage: Stage, stored: StoredTexts) -> None:
        """Asks, unless it is known; again when the machine is so busy that something failed."""
        while not self.web or any(is_apology(one) for all_ in self._all() for one in all_):
            self.web = await expected_answers(stage.processes.urls[0])
            self.texts = await expected_texts(stage.in_turn(), stored)

    def _all(self) -> list[list[str]]:
        return [*self.web, *self.texts]


async def run(
    scenario: Scenario,
    stage: Stage,
    *,
    patients: int,
    chance: random.Random,
    expected: Expected,
    tell: Tell,
) -> Outcome:
    """Runs a scenario with so many patients, or as many as the stage can carry; half of them with
    text messages."""
    patients = min(patients, stage.most_patients or patients)
    outcome, paused_before = Outcome(scenario, patients, Tally()), paused()
    stage.faults.clear()
    stored = StoredTexts(stage.database_url)
    watch = HealthWatch(stage)
    watching = [
        asyncio.create_task(beat_forever()),
        asyncio.create_task(stored.look_forever()),
        asyncio.create_task(watch.look_forever()),
    ]
    try:
        await expected.learn(stage, stored)
        watching.append(asyncio.create_task(_tell_forever(outcome, tell)))
        begun = now()
        await _play(
            scenario, stage, stored=stored, outcome=outcome, chance=chance, expected=expected
        )
        outcome.paused = paused() - paused_before
        outcome.seconds = now() - begun
        end = max((one.ended or 0.0 for one in stage.faults), default=begun)
        ready = watch.ready_again(end)
        last = max((one for one in outcome.tally.troubles if one > end), default=end) - end
        outcome.recovery = None if ready is None else max(ready, last)
        outcome.health = sorted(set(watch.mistakes()))
    finally:
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        stored.close()
    return outcome


async def _play(
    scenario: Scenario,
    stage: Stage,
    *,
    stored: StoredTexts,
    outcome: Outcome,
    chance: random.Random,
    expected: Expected,
) -> None:
    ended = asyncio.Event()
    tally = outcome.tally
    urls = stage.processes.urls
    web_answers = expected.web if scenario.exact else None
    text_answers = expected.texts if scenario.exact else None

    def own_chance() -> random.Random:
        return random.Random(chance.random())  # noqa: S311

    talking = [
        asyncio.create_task(
            talk_until(ended, urls, number, tally=tally, expected=web_answers, chance=own_chance())
        )
        for number in range((outcome.patients + 1) // 2)
    ]
    writing = [
        asyncio.create_task(
            write_until(
                ended,
                stage.in_turn(),
                number,
                stored=stored,
                tally=tally,
                chance=own_chance(),
                patience=stage.waited,
            )
        )
        for number in range(outcome.patients // 2)
    ]
    await asyncio.sleep(BEFORE)
    await scenario.strike(stage, chance)
    await asyncio.sleep(AFTER)
    ended.set()
    await asyncio.gather(*talking)
    telephones = [one for several in await asyncio.gather(*writing) for one in several]
    await _emptied(stored)
    judge_texts(telephones, stored, tally, text_answers)
    sort_mistakes(tally)


async def _emptied(stored: StoredTexts) -> None:
    deadline = now() + EMPTIED_WITHIN
    while await asyncio.to_thread(stored.open):
        if now() > deadline:
            break
        await asyncio.sleep(0.5)
    await asyncio.to_thread(stored.look)


async def _tell_forever(outcome: Outcome, tell: Tell) -> None:
    begun = now()
    tally = outcome.tally
    while True:
        await asyncio.sleep(_TELL_EVERY)
        tell(
            f"  {now() - begun:4.0f} s: {tally.conversations} conversations, "
            f"{tally.answered} of {tally.sent} messages answered, {tally.sent_again} sent again, "
            f"{tally.apologies} apologies"
        )


def names(scenarios: Sequence[Scenario]) -> list[str]:
    """What `--only` takes."""
    return [one.name for one in scenarios]
