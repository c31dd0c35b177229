"""Patients on the web page: conversation after conversation, until they are told to end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import httpx

from tests.chaos.judging import Message, Tally, judge
from tests.scale.patients import HEARD_WITHIN, SCRIPTS, Patient, spoken


async def talk_until(
    ended: asyncio.Event,
    servers: Sequence[str],
    number: int,
    *,
    tally: Tally,
    expected: Sequence[Sequence[str]] | None,
    chance: random.Random,
) -> None:
    """Talks through whole conversations; the one that is under way at the end is finished.

    servers: their addresses; each request goes to the next one. expected: by script.
    """
    async with httpx.AsyncClient() as client:
        while not ended.is_set():
            patient = Patient(client, servers, number, tally)
            tally.conversations += 1
            try:
                await _converse(patient, chance)
                answers = None if expected is None else expected[number % len(SCRIPTS)]
                await _judge(patient, tally, answers)
            except AssertionError as error:
                tally.lost.append(str(error))


async def _converse(patient: Patient, chance: random.Random) -> None:
    await patient.start()
    for text in patient.script:
        await asyncio.sleep(chance.uniform(0.2, 2.0))
        await patient.say(text)


async def _judge(patient: Patient, tally: Tally, expected: Sequence[str] | None) -> None:
    messages = await patient.history()
    own = [one for one in messages if one["from"] == "user"]
    greeting, *answers = spoken(messages)
    if not greeting:
        tally.lost.append(f"patient {patient.number}: no greeting")
    stored = [
        Message(str(one.get("id")), one["text"], answer)
        for one, answer in zip(own, answers, strict=True)
    ]
    accepted = [Message(*one) for one in zip(patient.ids, patient.said, strict=True)]
    # The first of the expected answers is the greeting.
    wanted = None if expected is None else expected[1:]
    judge(tally, f"patient {patient.number}", accepted, stored, wanted)


def sort_mistakes(tally: Tally) -> None:
    """Puts what the patients have noted themselves where it belongs."""
    for mistake in tally.mistakes:
        is_late = "heard nothing" in mistake
        (tally.late if is_late else tally.lost).append(mistake)
    tally.mistakes.clear()
    assert tally.slowest_word <= HEARD_WITHIN or tally.late, "a late word must be noted"
