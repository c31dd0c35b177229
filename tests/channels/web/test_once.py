"""A message counts once, and the messages of a conversation are answered in order."""

from __future__ import annotations

import threading
from typing import Any

import httpx

from tests.channels.web.api import Api


class TestOnce:
    def test_a_message_sent_twice_is_handled_once(self, api: Api) -> None:
        first = api.sending(message_id="message-1", after=api.last, text="kameraet virker ikke")
        again = api.sending(message_id="message-1", after=api.last, text="kameraet virker ikke")
        assert first.json()["messages"] == again.json()["messages"]
        assert [one["text"] for one in api.history()].count("kameraet virker ikke") == 1

    def test_also_when_it_is_old(self, api: Api) -> None:
        first = api.sending(message_id="message-1", text="hvilken nettleser?")
        for number in range(15):
            api.send(text="hva koster det?", message_id=f"message-2-{number}")
        before = len(api.history())
        again = api.sending(message_id="message-1", after=api.last, text="hvilken nettleser?")
        assert again.json()["messages"] == []
        assert len(api.history()) == before
        assert first.json()["messages"]

    def test_also_at_the_same_time(self, api: Api) -> None:
        answers: list[httpx.Response] = []

        def send() -> None:
            answers.append(
                api.sending(message_id="message-1", after=api.last, text="hva koster det?")
            )

        together(send, send, send, send)
        bodies = [answer.json()["messages"] for answer in answers]
        assert len(bodies) == 4
        assert all(body == bodies[0] for body in bodies)
        assert len(api.history()) == 1 + len(bodies[0])

    def test_messages_at_the_same_time_are_answered_one_after_the_other(self, api: Api) -> None:
        def send(number: int) -> Any:
            return lambda: api.sending(message_id=f"message-{number}", text="hva koster det?")

        together(*(send(number) for number in range(6)))
        speakers = [one["from"] for one in api.history()[1:]]
        assert speakers.count("user") == 6
        turns = "".join("u" if one == "user" else "a" for one in speakers).split("u")[1:]
        assert len(turns) == 6
        assert "" not in turns

    def test_conversations_are_not_mixed(self, server_url: str) -> None:
        pages = [Api(server_url) for _ in range(6)]

        def talk(page: Api, topic: str) -> Any:
            def run() -> None:
                page.start()
                for _ in range(3):
                    page.say(topic)

            return run

        topics = ["hva koster det?", "hvilken nettleser?"]
        together(*(talk(page, topics[number % 2]) for number, page in enumerate(pages)))
        for number, page in enumerate(pages):
            written = [one["text"] for one in page.history() if one["from"] == "user"]
            assert written == [topics[number % 2]] * 3


def together(*work: Any) -> None:
    """Does all at the same time, and waits until all is done."""
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
