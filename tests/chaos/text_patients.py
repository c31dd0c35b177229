"""Patients who write text messages, through the simulator's provider (console)."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Callable, Iterator, Sequence

import httpx

from tests.channels.sms.phone import new_number
from tests.chaos.judging import Message, Tally, judge
from tests.chaos.steady_clock import now
from tests.chaos.stored_texts import StoredTexts
from tests.scale.patients import AGAIN, HEARD_WITHIN, LONGEST, SCRIPTS, TIMEOUT, without_code

#: How many of the accepted messages the provider brings once more.
TWICE = 0.3
#: Seconds between two looks at the telephone.
LOOK = 0.2

#: Seconds since a moment, without those in which nothing could be stored.
Patience = Callable[[float], float]


class TextPatient:
    """One patient with a number of their own. Each message waits for the answer to the last."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        servers: Iterator[str],
        stored: StoredTexts,
        number: int,
        tally: Tally,
    ) -> None:
        self._client = client
        self._servers = servers
        self._stored = stored
        self._tally = tally
        self.who = f"telephone {number}"
        self.number = new_number()
        self.script = SCRIPTS[number % len(SCRIPTS)]
        self.accepted: list[Message] = []

    async def write(self, text: str, chance: random.Random, patience: Patience) -> None:
        """Brings a message until it is accepted, as providers do, and waits for its answer."""
        message = Message(f"chaos-{uuid.uuid4()}", text)
        self._tally.sent += 1
        begun = now()
        while not await self._bring(message):
            self._tally.sent_again += 1
            if patience(begun) > LONGEST:
                raise AssertionError(f"{self.who}: '{text}' was not accepted")
            await asyncio.sleep(AGAIN)
        self.accepted.append(message)
        accepted = now()
        if chance.random() < TWICE:
            await self._bring(message)
        while len(self._stored.replies(self.number)) < len(self.accepted):
            if patience(accepted) > LONGEST:
                raise AssertionError(f"{self.who}: '{text}' was accepted and not answered")
            await asyncio.sleep(LOOK)
        waited = patience(accepted)
        self._tally.answered += 1
        self._tally.slowest_text = max(self._tally.slowest_text, waited)
        if waited > HEARD_WITHIN:
            self._tally.late.append(f"{self.who}: heard nothing for {waited:.1f} s")

    async def _bring(self, message: Message) -> bool:
        body = {"id": message.id, "number": self.number, "text": message.text}
        url = f"{next(self._servers)}/webhooks/sms/console"
        try:
            answer = await self._client.post(url, json=body, timeout=TIMEOUT)
        except httpx.TransportError:
            self._tally.no_connection += 1
        else:
            if answer.status_code == httpx.codes.ACCEPTED:
                return True
        self._tally.troubles.append(now())
        return False


async def write_until(
    ended: asyncio.Event,
    servers: Iterator[str],
    number: int,
    *,
    stored: StoredTexts,
    tally: Tally,
    chance: random.Random,
    patience: Patience,
) -> list[TextPatient]:
    """Writes conversation after conversation, each with a new number; gives all of them."""
    patients = []
    async with httpx.AsyncClient() as client:
        while not ended.is_set():
            patient = TextPatient(client, servers, stored, number, tally)
            patients.append(patient)
            tally.conversations += 1
            try:
                for text in patient.script:
                    await asyncio.sleep(chance.uniform(0.2, 2.0))
                    await patient.write(text, chance, patience)
            except AssertionError as error:
                tally.lost.append(str(error))
    return patients


def judge_texts(
    patients: Sequence[TextPatient],
    stored: StoredTexts,
    tally: Tally,
    expected: Sequence[Sequence[str]] | None,
) -> None:
    """Compares what each telephone has got, and what is stored of its conversation, with what was
    written there."""
    for patient in patients:
        replies = [without_code(one) for one in stored.replies(patient.number)]
        surplus = len(replies) - len(patient.accepted)
        if surplus > 0:
            tally.doubled.append(f"{patient.who}: {surplus} answers too many")
        answered = [
            Message(message.id, message.text, reply)
            for message, reply in zip(patient.accepted, replies, strict=False)
        ]
        wanted = None if expected is None else expected[SCRIPTS.index(patient.script)]
        judge(tally, patient.who, patient.accepted, answered, wanted)
        # The channel's own apology is not part of the conversation: some may be missing there.
        turns = stored.turns(patient.number)
        rest = iter(one.text.lower() for one in patient.accepted)
        # "nei" chooses the option "Nei".
        if not all(text.lower() in rest for text in turns):
            tally.mixed.append(f"{patient.who}: stored {turns}")
    for error in stored.not_sent():
        tally.lost.append(f"a telephone: {error}")


async def expected_texts(servers: Iterator[str], stored: StoredTexts) -> list[list[str]]:
    """What the assistant answers to each script when nothing fails."""
    found = []
    tally, chance = Tally(), random.Random(0)  # noqa: S311
    async with httpx.AsyncClient() as client:
        for number, script in enumerate(SCRIPTS):
            patient = TextPatient(client, servers, stored, number, tally)
            for text in script:
                await patient.write(text, chance, lambda since: now() - since)
            found.append([without_code(one) for one in stored.replies(patient.number)])
    return found
