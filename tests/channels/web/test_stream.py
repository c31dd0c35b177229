"""The stream of events, over HTTP, against a real server."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx

from tests.channels.web.api import Api


class TestStream:
    def test_what_was_said_comes_and_then_what_is_said(self, api: Api) -> None:
        api.say("hvilken nettleser?")
        events = Listener(api, after=0)
        events.wait_for(len(api.messages))
        api.say("hva koster det?")
        events.wait_for(len(api.messages))
        assert events.messages == api.messages
        assert events.ids == [str(one["seq"]) for one in api.messages]

    def test_after_a_break_it_goes_on_at_the_last_number(self, api: Api) -> None:
        last = api.last
        api.say("hvilken nettleser?")
        events = Listener(api, after=last)
        events.wait_for(1)
        assert events.messages[0]["text"] == "hvilken nettleser?"

    def test_a_deletion_is_told(self, api: Api) -> None:
        events = Listener(api, after=0)
        events.wait_for(1)
        api.ask("DELETE", "/conversation")
        events.wait_until_closed()
        assert events.names[-1] == "deleted"

    def test_a_conversation_has_a_few_listeners(self, api: Api) -> None:
        listeners = [Listener(api, after=0) for _ in range(4)]
        for listener in listeners:
            listener.wait_for(1)
        with api.listen() as fifth:
            assert fifth.status_code == httpx.codes.TOO_MANY_REQUESTS
            assert int(fifth.headers["retry-after"]) > 0

    def test_nobody_listens_to_a_conversation_that_is_not_theirs(self, server_url: str) -> None:
        stranger = Api(server_url)
        stranger.headers["Authorization"] = "Bearer x.y.z"
        with stranger.listen() as answer:
            assert answer.status_code == httpx.codes.UNAUTHORIZED


class Listener:
    """Reads a stream of events in the background."""

    def __init__(self, api: Api, after: int) -> None:
        self.messages: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self._came = threading.Condition()
        self._closed = threading.Event()
        threading.Thread(target=self._read, args=(api, after), daemon=True).start()

    def wait_for(self, count: int) -> None:
        """Waits until so many messages have come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.messages) >= count, timeout=20)

    def wait_until_closed(self) -> None:
        """Waits until the server has ended the stream."""
        assert self._closed.wait(timeout=20)

    def _read(self, api: Api, after: int) -> None:
        with api.listen(after) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            name = ""
            for line in answer.iter_lines():
                field, _, value = line.partition(": ")
                with self._came:
                    if field == "id":
                        self.ids.append(value)
                    elif field == "event":
                        name = value
                        self.names.append(name)
                    elif field == "data" and name == "message":
                        self.messages.append(json.loads(value))
                    self._came.notify_all()
        self._closed.set()
