"""Patients whose messages go now to this server process, now to that one."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from videohjelp.channels.web.channel import API

#: What patients write. Each script walks through a guide or a form, and its answers differ.
SCRIPTS: tuple[tuple[str, ...], ...] = (
    ("kameraet virker ikke", "iphone", "det hjalp ikke", "det hjalp ikke", "takk"),
    ("jeg hører ingen lyd", "android", "nei", "nei", "hvor lenge varer timen?"),
    ("jeg vil avbestille timen", "24. juni klokka 10", "Haukeland", "hva koster det?", "ha det"),
    ("kameraet virker ikke", "pc", "nei", "hva er en videokonsultasjon?", "nei"),
)
#: Seconds after which a patient gives up on one request.
TIMEOUT = 15.0
#: Seconds until the same message is sent again.
AGAIN = 0.5
#: Seconds after which a patient who gets no answer gives up for good.
LONGEST = 90.0
#: Within so many seconds a patient must hear something: an answer, or whom to phone.
HEARD_WITHIN = 10.0
PHONE = re.compile(r"\b\d\d \d\d \d\d \d\d\b")
_CODE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{4}\b")


@dataclass
class Counts:
    """What happened to all patients together."""

    sent: int = 0
    answered: int = 0
    sent_again: int = 0
    apologies: int = 0
    no_connection: int = 0
    slowest_word: float = 0.0
    slowest_answer: float = 0.0
    #: When requests failed or were late, by the clock.
    troubles: list[float] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic


class Patient:
    """One patient. servers: their addresses; each request goes to the next one."""

    def __init__(
        self, client: httpx.AsyncClient, servers: Sequence[str], number: int, counts: Counts
    ) -> None:
        self._client = client
        self._servers = servers
        self._next = number
        self._headers = {"Accept-Language": "nb"}
        self._counts = counts
        self.number = number
        self.script = SCRIPTS[number % len(SCRIPTS)]
        self.said: list[str] = []
        #: The ids of what was said, in the same order.
        self.ids: list[str] = []

    async def start(self) -> None:
        """Begins the conversation; tried until a server answers."""

        async def once() -> httpx.Response:
            return await self._ask("POST", "/conversations", {"language": "nb"})

        answer = await self._until_answered(once, httpx.codes.CREATED)
        self._headers["Authorization"] = f"Bearer {answer.json()['token']}"

    async def say(self, text: str) -> None:
        """Sends a message, and again with the same id until it is answered, as the page does."""
        body = {"id": str(uuid.uuid4()), "text": text}
        self._counts.sent += 1

        async def once() -> httpx.Response:
            return await self._ask("POST", "/messages", body)

        answer = await self._until_answered(once, httpx.codes.OK)
        self._counts.answered += 1
        self.said.append(text)
        self.ids.append(body["id"])
        if not any(one["from"] == "assistant" for one in answer.json()["messages"]):
            self._mistake(f"no answer to '{text}'")

    async def history(self) -> list[dict[str, Any]]:
        """The conversation as it is stored."""

        async def once() -> httpx.Response:
            return await self._ask("GET", "/messages", None)

        answer = await self._until_answered(once, httpx.codes.OK)
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def check(self, expected: Sequence[str] | None) -> None:
        """Notes what is wrong with the stored conversation.

        expected: what the assistant says to this script; None while faults may have broken a turn,
        which then has the apology instead.
        """
        messages = await self.history()
        own = [one["text"] for one in messages if one["from"] == "user"]
        if own != self.said:
            self._mistake(f"stored {own} instead of {self.said}")
        answers = spoken(messages)
        if len(answers) != len(self.said) + 1 or not all(answers):
            self._mistake(f"{len(answers)} answers to {len(self.said)} messages and the start")
        elif expected is not None and answers != list(expected):
            self._mistake(f"said {answers} instead of {list(expected)}")

    async def talk(self, expected: Sequence[str] | None, pause: float = 0.0) -> None:
        """The whole conversation."""
        await self.start()
        for text in self.script:
            await self.say(text)
            await asyncio.sleep(pause)
        await self.check(expected)

    def _mistake(self, what: str) -> None:
        self._counts.mistakes.append(f"patient {self.number}: {what}")

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> httpx.Response:
        self._next += 1
        server = self._servers[self._next % len(self._servers)]
        return await self._client.request(
            method, f"{server}{API}{path}", json=body, headers=self._headers, timeout=TIMEOUT
        )

    async def _until_answered(self, once: Callable[[], Any], wanted: int) -> httpx.Response:
        begun = self._counts.clock()
        heard: float | None = None
        while True:
            answer: httpx.Response | None = None
            try:
                answer = await once()
            except httpx.TransportError:
                # A proxy or the page goes to another process at once.
                self._counts.no_connection += 1
                self._counts.troubles.append(self._counts.clock())
            now = self._counts.clock() - begun
            if answer is not None:
                if heard is None and (answer.status_code == wanted or _has_phone(answer)):
                    heard = now
                    self._counts.slowest_word = max(self._counts.slowest_word, now)
                    if now > HEARD_WITHIN:
                        self._mistake(f"heard nothing for {now:.1f} s")
                if answer.status_code == wanted:
                    self._counts.slowest_answer = max(self._counts.slowest_answer, now)
                    return answer
                self._counts.apologies += 1
                self._counts.troubles.append(self._counts.clock())
                if answer.status_code not in (202, 503):
                    self._mistake(f"status {answer.status_code}: {answer.text[:100]}")
            if now > LONGEST:
                raise AssertionError(f"patient {self.number} was not answered for {now:.0f} s")
            self._counts.sent_again += 1
            await asyncio.sleep(AGAIN)


def spoken(messages: Sequence[dict[str, Any]]) -> list[str]:
    """What the assistant said at the start, and to each message; a case's code is left out."""
    answers = [""]
    for one in messages:
        if one["from"] == "user":
            answers.append("")
        else:
            answers[-1] += without_code(one["text"]) + "\n"
    return answers


def without_code(text: str) -> str:
    """A text in which a case's code, which is another each time, is left out."""
    return _CODE.sub("KODE", text)


async def expected_answers(server: str) -> list[list[str]]:
    """What the assistant says to each script when one process handles all of it."""
    found = []
    async with httpx.AsyncClient() as client:
        for number in range(len(SCRIPTS)):
            patient = Patient(client, [server], number, Counts())
            await patient.talk(None)
            found.append(spoken(await patient.history()))
    return found


def _has_phone(answer: httpx.Response) -> bool:
    try:
        return PHONE.search(answer.json().get("message", "")) is not None
    except ValueError:
        return False
