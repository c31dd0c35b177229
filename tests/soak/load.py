"""The mixed load: patients over the web and by text message, staff, and whoever watches."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import httpx

from tests.scale.patients import SCRIPTS
from tests.soak.log import Log
from tests.soak.page import Page
from tests.soak.phone import TextingPhone
from tests.staff.client import Staff

#: Of all conversations so many are by text message.
BY_TEXT_MESSAGE = 0.12
#: What a conversation is about, with its weight.
KINDS = {"script": 35, "questions": 40, "nonsense": 10, "device check": 15}
LANGUAGES = {"nb": 60, "nn": 20, "en": 20}
LISTENS, LEAVES_EARLY, JUDGES, DELETES, READS_AGAIN = 0.4, 0.5, 0.25, 0.2, 0.2
#: In place of the next text a patient does this.
PRESSES, IS_SILENT, CHANGES_LANGUAGE = 0.3, 0.03, 0.04
#: Seconds between two pages of the staff's, two readings of /metrics, two looks at /health.
STAFF_EVERY, METRICS_EVERY, HEALTH_EVERY = 20.0, 10.0, 5.0
STAFF_PAGES = ("/review", "/cases", "/numbers", "/try", "/run", "/marks", "/numbers.csv")
ACCESS_CODES = ("works", "denied", "dismissed", "blocked_by_system", "none", "busy")
_TEXTS = (
    ("Kameraet virker ikke", "iphone", "nei", "takk"),
    ("Eg høyrer ingen lyd", "android", "ja"),
    ("Hva koster det?", "Where is my letter?"),
    ("HJELP", "START", "de ser meg ikke"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå     "


@dataclass(frozen=True)
class Load:
    """How much. patients: at the same time. rate: messages a second of all together, at most."""

    patients: int
    rate: float
    seed: int = 1


class Pace:
    """Lets patients write at a rate, as by chance: the gaps are exponential."""

    def __init__(self, per_second: float, chance: random.Random) -> None:
        self._per_second = per_second
        self._chance = chance
        self._next = time.monotonic()

    async def wait(self) -> None:
        """Waits until it is somebody's turn to write. A delay is not made up for afterwards."""
        now = time.monotonic()
        self._next = max(self._next, now) + self._chance.expovariate(self._per_second)
        await asyncio.sleep(self._next - now)


class Patients:
    """All patients. servers: the addresses of the processes. questions: conversations of them."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        servers: Sequence[str],
        questions: Sequence[Sequence[str]],
        load: Load,
        log: Log,
    ) -> None:
        self._http, self._servers, self._log = http, servers, log
        self._chance = random.Random(load.seed)  # noqa: S311 - the same load each time
        self._pace = Pace(load.rate, self._chance)
        self._questions = itertools.cycle(questions)

    async def one_after_the_other(self, until: float) -> None:
        """Conversations until a moment (time.monotonic()); a broken one is noted and left."""
        while time.monotonic() < until:
            with suppress(AssertionError, aiohttp.ClientError, asyncio.TimeoutError):
                await self.conversation(until)

    async def conversation(self, until: float) -> None:
        """One conversation, broken off at a moment (time.monotonic()). Raises what goes wrong."""
        if self._happens(BY_TEXT_MESSAGE):
            await self._by_text_message(until)
        else:
            await self._over_the_web(until)

    async def _by_text_message(self, until: float) -> None:
        phone = TextingPhone(self._http, self._servers, self._log)
        self._log.began()
        for text in self._chance.choice(_TEXTS):
            await self._pace.wait()
            if time.monotonic() > until:
                return
            await phone.say(text)

    async def _over_the_web(self, until: float) -> None:
        language = self._one_of(LANGUAGES)
        page = Page(self._http, self._servers, language, self._log)
        await page.begin()
        try:
            await self._talk(page, until)
        finally:
            await page.go_away()
        if self._happens(DELETES):
            await page.delete()

    async def _talk(self, page: Page, until: float) -> None:
        kind = self._one_of(KINDS)
        if self._happens(LISTENS):
            page.listen()
        if kind == "device check":
            await self._pace.wait()
            await page.send(check=self._device_check())
        texts = self._texts(kind)
        leaves = self._chance.randrange(len(texts)) if self._happens(LEAVES_EARLY) else -1
        for number, text in enumerate(texts):
            await self._pace.wait()
            if time.monotonic() > until:
                return
            await self._write(page, text)
            if number == leaves:
                await page.go_away()
        if self._happens(JUDGES):
            await page.judge(self._chance.choice(("up", "down")))
        if self._happens(READS_AGAIN):
            await page.read_again()

    async def _write(self, page: Page, text: str) -> None:
        if page.offered and self._happens(PRESSES):
            await page.send(press=self._chance.choice(page.offered))
        elif self._happens(IS_SILENT):
            await page.send(silence=True)
        elif self._happens(CHANGES_LANGUAGE):
            await page.send(language=self._one_of(LANGUAGES))
        else:
            await page.send(text=text)

    def _texts(self, kind: str) -> Sequence[str]:
        if kind == "questions":
            return next(self._questions)
        if kind == "nonsense":
            return ["".join(self._chance.choices(_LETTERS, k=30)).strip() or "x" for _ in range(4)]
        return self._chance.choice(SCRIPTS)

    def _device_check(self) -> dict[str, str]:
        pick = self._chance.choice
        return {
            "device": pick(("iphone", "android", "computer")),
            "system": "iOS 17.4",
            "browser": "Safari 17",
            "browser_fit": pick(("recommended", "usable", "not_recommended", "in_app")),
            "camera": pick(ACCESS_CODES),
            "microphone": pick(ACCESS_CODES),
            "sound_level": pick(("moving", "silent", "skipped")),
            "speaker": pick(("heard", "not_heard", "skipped")),
            "connection": pick(("good", "weak", "skipped")),
        }

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share

    def _one_of(self, weights: dict[str, int]) -> str:
        return self._chance.choices(list(weights), list(weights.values()))[0]


async def run_load(
    servers: Sequence[str],
    staff: Sequence[Staff],
    questions: Sequence[Sequence[str]],
    load: Load,
    log: Log,
    *,
    until: float,
) -> None:
    """The whole load on server processes until a moment (time.monotonic()).

    staff: who are logged in. questions: conversations of questions. What goes wrong is in the log.
    """
    timeout = aiohttp.ClientTimeout(total=120)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as http:
        patients = Patients(http, servers, questions, load, log)
        pages = itertools.cycle(STAFF_PAGES)
        turns = itertools.cycle(staff)

        async def staff_page() -> None:
            page, who = next(pages), next(turns)
            with log.timed(f"staff {page}"):
                answer = await asyncio.to_thread(who.get, page)
                assert answer.status_code == 200, f"{answer.status_code}: {answer.text[:200]}"

        def get(path: str) -> Callable[[], Awaitable[None]]:
            async def ask() -> None:
                for server in servers:
                    with log.timed(path):
                        async with http.get(f"{server}{path}") as answer:
                            assert answer.status == 200, f"{answer.status}: {await answer.text()}"

            return ask

        await asyncio.gather(
            *(patients.one_after_the_other(until) for _ in range(load.patients)),
            _every(STAFF_EVERY, staff_page, until),
            _every(METRICS_EVERY, get("/metrics"), until),
            _every(HEALTH_EVERY, get("/health/ready"), until),
            _every(HEALTH_EVERY, get("/health/live"), until),
        )


async def _every(seconds: float, work: Callable[[], Awaitable[None]], until: float) -> None:
    while (left := until - time.monotonic()) > 0:
        with suppress(AssertionError, aiohttp.ClientError, httpx.HTTPError, asyncio.TimeoutError):
            await work()
        await asyncio.sleep(min(seconds, left))
