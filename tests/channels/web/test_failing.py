"""What the patient gets when the assistant is slow, broken, killed, or has lost its database."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import UserUttered

from tests.assistant import Assistant
from tests.channels.web.api import Api
from tests.server_process import running_server, start_server
from videohjelp.channels.web.conversations import Conversations
from videohjelp.channels.web.requests import Incoming
from videohjelp.channels.web.turns import LateError

IKT = "55 97 65 51"


def conversations(assistant: Assistant, hear: Any, patience: float = 20.0) -> Conversations:
    """The conversations of an assistant to which messages come through `hear`."""
    return Conversations(assistant.agent, hear, patience)


def begun(assistant: Assistant) -> str:
    """A conversation that has begun as it should."""
    name = f"web-{uuid.uuid4().hex}"
    sound = conversations(assistant, assistant.agent.handle_message)
    assistant.run(sound.start(name, "nb"))
    return name


class TestBroken:
    @pytest.mark.parametrize("stored", [False, True])
    def test_the_patient_gets_an_apology_that_is_kept(
        self, assistant: Assistant, stored: bool
    ) -> None:
        async def breaks(message: UserMessage) -> None:
            if stored:
                await assistant.agent.handle_message(message)
            raise RuntimeError("broken")

        name, broken = begun(assistant), conversations(assistant, breaks)
        sending = Incoming("message-1", after=0, text="hva koster det?")
        messages = assistant.run(broken.send(name, sending, "nb"))
        assert messages[-2]["text"] == "hva koster det?" or stored
        assert (IKT in messages[-1]["text"]) is not stored
        assert assistant.run(broken.send(name, sending, "nb")) == messages
        assert assistant.run(broken.messages(name, "nb")) == messages

    def test_the_conversation_goes_on_afterwards(self, assistant: Assistant) -> None:
        async def breaks(message: UserMessage) -> None:
            raise RuntimeError("broken")

        name = begun(assistant)
        sound = conversations(assistant, assistant.agent.handle_message)
        assistant.run(sound.send(name, Incoming("message-1", text="kameraet virker ikke"), "nb"))
        broken = conversations(assistant, breaks)
        assistant.run(broken.send(name, Incoming("message-2", text="nei"), "nb"))
        again = assistant.run(sound.send(name, Incoming("message-3", text="nei"), "nb"))
        assert again
        assert IKT not in again[0]["text"]

    def test_silence_of_the_assistant_is_an_apology(self, assistant: Assistant) -> None:
        async def says_nothing(message: UserMessage) -> None:
            return

        name, silent = begun(assistant), conversations(assistant, says_nothing)
        (answer,) = assistant.run(silent.send(name, Incoming("message-1", text="hei"), "nb"))
        assert IKT in answer["text"]

    def test_a_stored_message_without_an_answer_gets_one(self, assistant: Assistant) -> None:
        async def only_hears(message: UserMessage) -> None:
            store = assistant.agent.tracker_store
            tracker = await store.retrieve(message.sender_id)
            assert tracker is not None
            tracker.update(UserUttered(message.text, message_id=message.message_id))
            await store.save(tracker)

        name, deaf = begun(assistant), conversations(assistant, only_hears)
        (answer,) = assistant.run(deaf.send(name, Incoming("message-1", text="hei"), "nb"))
        assert IKT in answer["text"]


class TestSlow:
    def test_a_late_answer_is_said_to_be_late_and_comes(self, assistant: Assistant) -> None:
        async def slowly(message: UserMessage) -> None:
            await asyncio.sleep(0.3)
            await assistant.agent.handle_message(message)

        async def scenario() -> None:
            slow = conversations(assistant, slowly, patience=0.1)
            sending = Incoming("message-1", after=0, text="hva koster det?")
            with slow.updates.listen(name) as heard:
                with pytest.raises(LateError):
                    await slow.send(name, sending, "nb")
                before = await slow.messages(name, "nb")
                await asyncio.wait_for(heard.wait(), 20)
            came = await slow.messages(name, "nb")
            assert len(came) > len(before)
            assert await slow.send(name, sending, "nb") == came

        name = begun(assistant)
        assistant.run(scenario())

    def test_the_apology_carries_the_phone_number(self, assistant: Assistant) -> None:
        slow = conversations(assistant, assistant.agent.handle_message)
        for language in ("nb", "nn", "en"):
            assert IKT in slow.apology(language)


class TestDatabase:
    def test_without_it_there_is_an_apology_and_afterwards_an_answer(
        self, model: Path, tmp_path: Path
    ) -> None:
        with running_server(tmp_path) as server:
            api = Api(server.url)
            api.start()
            with sqlite3.connect(tmp_path / "server.db") as database:
                database.execute("ALTER TABLE conversation_events RENAME TO away")
            answer = api.sending(message_id="message-1", after=api.last, text="hva koster det?")
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
            assert IKT in answer.json()["message"]
            assert api.ask("GET", "/messages").status_code == httpx.codes.SERVICE_UNAVAILABLE
            started = Api(server.url).ask("POST", "/conversations", json={})
            assert started.status_code == httpx.codes.SERVICE_UNAVAILABLE
            with sqlite3.connect(tmp_path / "server.db") as database:
                database.execute("ALTER TABLE away RENAME TO conversation_events")
            came = api.send(message_id="message-1", text="hva koster det?")
            assert [one["from"] for one in came][:2] == ["user", "assistant"]


class TestKilled:
    def test_nothing_is_lost_or_doubled_when_the_server_is_killed(
        self, model: Path, tmp_path: Path
    ) -> None:
        """The page sends again, with the same id, until it has an answer; the server is killed
        in the middle of it, again and again."""
        kills, server = 4, start_server(tmp_path)
        try:
            api = Api(server.url)
            api.start()
            token, sent = api.headers["Authorization"], 0
            for kill in range(kills):
                killer = threading.Timer(0.02 + 0.06 * kill, server.kill)
                killer.start()
                unanswered: list[str] = []
                while not unanswered:
                    message_id = f"message-{sent}"
                    sent += 1
                    try:
                        api.send(message_id=message_id, text=f"hva koster det? {sent}")
                    except httpx.TransportError:
                        unanswered.append(message_id)
                killer.join()
                server = start_server(tmp_path)
                again = Api(server.url)
                again.headers["Authorization"], again.last = token, api.last
                again.messages = api.messages
                api = again
                api.send(message_id=unanswered[0], text=f"hva koster det? {sent}")
            history = api.history()
            assert api.messages == history
            own = [one["text"] for one in history if one["from"] == "user"]
            assert own == [f"hva koster det? {number}" for number in range(1, sent + 1)]
        finally:
            server.stop()


def test_open_streams_do_not_keep_the_server_from_stopping(model: Path, tmp_path: Path) -> None:
    server = start_server(tmp_path)
    api = Api(server.url)
    api.start()
    closed = threading.Event()
    listening = threading.Event()

    def listen() -> None:
        with api.listen() as answer:
            for _ in answer.iter_lines():
                listening.set()
        closed.set()

    threading.Thread(target=listen, daemon=True).start()
    assert listening.wait(timeout=20)
    time.sleep(0.2)
    server.stop()
    assert closed.wait(timeout=20)
    assert server.process.returncode == 0
