"""Asks each process again and again whether it lives and is ready."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import httpx

from tests.chaos.stage import Fault, Stage
from tests.chaos.steady_clock import now, paused

#: Seconds between two questions.
PAUSE = 0.5
#: Seconds in which a process must have noticed that a fault has begun.
NOTICED_WITHIN = 6.0
_LIVE_SECONDS = 5.0
_LEAST_PAUSE = 0.5


@dataclass(frozen=True)
class Look:
    """What one process said. ready: None when it did not answer."""

    asked: float
    process: int
    ready: bool | None
    lives: bool


@dataclass
class HealthWatch:
    """What all processes have said so far."""

    stage: Stage
    looks: list[Look] = field(default_factory=list)

    async def look_forever(self) -> None:
        """Asks all processes that have not been killed on purpose."""
        async with httpx.AsyncClient(timeout=_LIVE_SECONDS) as client:
            while True:
                wanted = set(range(self.stage.processes.number)) - self.stage.processes.down
                await asyncio.gather(*(self._ask(client, one) for one in wanted))
                await asyncio.sleep(PAUSE)

    async def _ask(self, client: httpx.AsyncClient, process: int) -> None:
        url = self.stage.processes.urls[process]
        asked, paused_before = now(), paused()
        lives, ready = await asyncio.gather(
            _status(client, f"{url}/health/live"), _status(client, f"{url}/health/ready")
        )
        # A test that did not run has not waited: nobody knows whether the process would have.
        has_run = paused() - paused_before < _LEAST_PAUSE
        if process not in self.stage.processes.down and (lives == 200 or has_run):
            self.looks.append(
                Look(asked, process, None if ready is None else ready == 200, lives == 200)
            )

    def mistakes(self) -> list[str]:
        """Where liveness failed, or readiness said what was not so."""
        wrong = [
            f"process {one.process}: /health/live did not answer"
            for one in self.looks
            if not one.lives
        ]
        for fault in self.stage.faults:
            if fault.ready is None:
                continue
            within = [one for one in self.looks if _within(one, fault)]
            bad = [one for one in within if one.ready is not fault.ready]
            if bad or not within:
                wrong.append(
                    f"{fault.name}: /health/ready was not {'200' if fault.ready else '503'} in "
                    f"{len(bad)} of {len(within)} answers"
                )
        return wrong

    def ready_again(self, since: float) -> float | None:
        """Seconds until every process was ready and stayed so; None when one never was."""
        latest = 0.0
        for process in range(self.stage.processes.number):
            own = [one for one in self.looks if one.process == process and one.asked >= since]
            if not own or own[-1].ready is not True:
                return None
            bad = [one.asked for one in own if one.ready is not True]
            latest = max(latest, max(bad, default=since - PAUSE) + PAUSE - since)
        return latest


def _within(look: Look, fault: Fault) -> bool:
    """Whether a process was asked when it must have noticed, and answered before the end."""
    ended = fault.ended or look.asked
    # What a process is to bear, it need not notice.
    noticed = fault.begun + (0.0 if fault.ready else NOTICED_WITHIN)
    return noticed < look.asked < ended - 2 * PAUSE - _LOOK_LASTS


#: Seconds that an answer may take: readiness waits so long for what does not answer.
_LOOK_LASTS = 2.5


async def _status(client: httpx.AsyncClient, url: str) -> int | None:
    try:
        return (await client.get(url)).status_code
    except httpx.TransportError:
        return None
