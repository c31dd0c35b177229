"""One question to the assistant for each message, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import UserUttered
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.assistant import Assistant
from tests.channels.sms.in_process import NUMBER, InProcess
from videohjelp.channels.sms import conversation
from videohjelp.channels.sms.conversation import AssistantFailedError, Conversations
from videohjelp.sms.texts import sms_text

PROBLEM = "Jeg ser ikke meg selv på skjermen"


@pytest.fixture
def channel(assistant: Assistant, tmp_path: Path) -> Iterator[InProcess]:
    made = InProcess(assistant, tmp_path)
    yield made
    assistant.run(made.conversations.delete(made.ids.sender_id(NUMBER)))


def killed_before_the_answer_was_stored(channel: InProcess) -> None:
    """The next message is claimed and had its turn; nothing else."""
    message = channel.claim()
    session = channel.stores.sessions.load(message)
    channel.assistant.run(channel.conversations.ask(message, session, "nb"))


def test_a_turn_that_was_stored_is_not_asked_for_again(channel: InProcess) -> None:
    [expected] = channel.say(PROBLEM, "+4799887700")
    channel.receive(PROBLEM)
    killed_before_the_answer_was_stored(channel)

    [answered] = channel.handle(channel.claim(after=timedelta(minutes=1)))

    assert answered == expected, "the options are there as well"
    [conversation_id] = channel.conversation_ids()
    assert channel.written(conversation_id) == [PROBLEM]
    [next_one] = channel.say("1")
    assert next_one
    assert len(channel.written(conversation_id)) == 2


def test_nor_in_the_middle_of_a_conversation(channel: InProcess) -> None:
    channel.say(PROBLEM)
    channel.receive("Hva er personvern?")
    killed_before_the_answer_was_stored(channel)
    channel.handle(channel.claim(after=timedelta(minutes=1)))
    [conversation_id] = channel.conversation_ids()
    assert channel.written(conversation_id) == [PROBLEM, "Hva er personvern?"]


def test_a_turn_that_was_not_stored_is_asked_for(channel: InProcess) -> None:
    channel.receive(PROBLEM)
    channel.claim()
    [answered] = channel.handle(channel.claim(after=timedelta(minutes=1)))
    assert "Svar 1 eller 2" in answered


def test_a_stored_turn_in_which_nothing_was_said_gets_the_apology_once(
    channel: InProcess,
) -> None:
    """As when no action answers. It was asked for again and again, and refused as had before."""
    agent = channel.assistant.agent

    async def silent(message: UserMessage) -> Any:
        tracker = await agent.processor.fetch_tracker_with_initial_session(message.sender_id)
        tracker.update(UserUttered(message.text, message_id=message.message_id))
        await agent.tracker_store.save(tracker)

    working, channel.conversations = channel.conversations, Conversations(agent, silent)
    channel.receive(PROBLEM)
    with pytest.raises(AssistantFailedError):
        killed_before_the_answer_was_stored(channel)
    channel.conversations = working
    [apology] = channel.handle(channel.claim(after=timedelta(minutes=1)))
    assert "55 97 65 51" in apology
    [conversation_id] = channel.conversation_ids()
    assert channel.written(conversation_id) == [PROBLEM]
    assert "Svar 1 eller 2" in channel.say(PROBLEM)[0]


def test_an_assistant_that_fails(channel: InProcess) -> None:
    channel.say(PROBLEM)

    async def fails(_message: UserMessage) -> Any:
        raise RuntimeError(NUMBER)

    working = channel.conversations
    channel.conversations = Conversations(channel.assistant.agent, fails)
    [apology] = channel.say("2")
    assert "55 97 65 51" in apology
    channel.conversations = working
    assert "55 97 65 51" not in channel.say("2")[0], "the question is open as before"


def test_a_turn_that_another_process_had_meanwhile_is_its_answer(channel: InProcess) -> None:
    agent = channel.assistant.agent

    async def second(message: UserMessage) -> Any:
        """The store refuses the turn: this process was slow, and lost the message to another."""
        await agent.handle_message(message)
        raise IntegrityError("", {}, Exception())

    channel.conversations = Conversations(agent, second)
    [answered] = channel.say(PROBLEM)
    assert "Svar 1 eller 2" in answered
    [conversation_id] = channel.conversation_ids()
    assert channel.written(conversation_id) == [PROBLEM]


def test_a_turn_that_the_database_did_not_take_is_asked_for_again(channel: InProcess) -> None:
    working = channel.conversations

    async def away(_message: UserMessage) -> Any:
        raise OperationalError("", {}, Exception())

    channel.conversations = Conversations(channel.assistant.agent, away)
    channel.receive(PROBLEM)
    with pytest.raises(OperationalError):
        channel.handle(channel.claim())
    channel.conversations = working
    [answered] = channel.handle(channel.claim(after=timedelta(minutes=1)))
    assert "Svar 1 eller 2" in answered, "an apology alone would have ended it"


def test_a_slow_assistant_ends_its_turn_before_the_next(
    channel: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "PATIENCE", 1.0)
    agent = channel.assistant.agent
    quick = asyncio.Event()

    async def slow(message: UserMessage) -> Any:
        if not quick.is_set():
            quick.set()
            await asyncio.sleep(1.6)
        await agent.handle_message(message)

    channel.conversations = Conversations(agent, slow)
    [apology] = channel.say("Hva er personvern?")
    assert "55 97 65 51" in apology
    monkeypatch.setattr(conversation, "PATIENCE", 8.0)
    channel.say(PROBLEM)
    [conversation_id] = channel.conversation_ids()
    assert channel.written(conversation_id) == ["Hva er personvern?", PROBLEM]


def test_the_patience_is_one_for_a_late_turn_and_the_next(
    channel: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "PATIENCE", 2.0)

    async def hangs(_message: UserMessage) -> Any:
        await asyncio.sleep(6.0)

    channel.conversations = Conversations(channel.assistant.agent, hangs)
    channel.say("Hva er personvern?")
    begun = time.monotonic()
    [apology] = channel.say(PROBLEM)
    assert "55 97 65 51" in apology
    # Not two for the turn before and two for its own.
    assert time.monotonic() - begun < 3.5


def test_danger_that_cannot_be_looked_for_may_be_there(channel: InProcess) -> None:
    class Broken:
        async def parse_message(self, _text: str) -> Any:
            raise RuntimeError

    broken: Any = Broken()
    asking = Conversations(broken, channel.assistant.agent.handle_message)
    assert channel.assistant.run(asking.is_danger("hei"))


def test_what_is_danger(channel: InProcess) -> None:
    def found(text: str) -> bool:
        return bool(channel.assistant.run(channel.conversations.is_danger(text)))

    assert found("Jeg vil ikke leve lenger")
    assert not found("Jeg ser ikke meg selv på skjermen")
    assert not found(sms_text("stopped", "nb")[:20])
