"""A separate action server that is away, hangs, or fails: a real server on a free port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from tests.assistant_double import NoChannel
from tests.ports import free_port
from videohjelp.coordination import rest
from videohjelp.server import remote_actions
from videohjelp.server.remote_actions import RemoteActions

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots: {day: {type: text, mappings: [{type: custom}]}}
forms: {cancellation_form: {required_slots: [day]}}
actions: [action_x]
responses: {utter_action_failed: [{text: "Ring 55 97 65 51"}]}
"""
)
ENDED = [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("day", None)]


class Actions:
    """An action server. status, body: of its answers. seconds: until they come."""

    def __init__(self) -> None:
        self.status, self.seconds, self.calls = 200, 0.0, 0
        self.body: dict[str, Any] = {"events": [], "responses": [{"text": "Hei"}]}

    async def answer(self, _request: web.Request) -> web.Response:
        self.calls += 1
        await asyncio.sleep(self.seconds)
        text = json.dumps(self.body)
        return web.Response(status=self.status, text=text, content_type="application/json")


@asynccontextmanager
async def listening(actions: Actions) -> AsyncIterator[str]:
    """Its address."""
    app = web.Application()
    app.router.add_post("/webhook", actions.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}/webhook"
    await runner.cleanup()


async def run(endpoint: RemoteActions, tracker: DialogueStateTracker | None = None) -> list[Any]:
    """Runs an action as Rasa does."""
    nlg = TemplatedNaturalLanguageGenerator(DOMAIN.responses)
    tracker = tracker or DialogueStateTracker("kari", DOMAIN.slots)
    action = RemoteAction("action_x", endpoint)
    events: list[Any] = await action.run(NoChannel(), nlg, tracker, DOMAIN)
    return events


async def test_what_it_says_is_said() -> None:
    async with listening(Actions()) as url:
        [said] = await run(RemoteActions(url, DOMAIN))
    assert said.text == "Hei"


async def test_one_that_is_away_or_fails_ends_in_the_apology_and_the_form() -> None:
    failing = Actions()
    failing.status = 500
    async with listening(failing) as url:
        for address in (url, f"http://127.0.0.1:{free_port()}/webhook"):
            said, *events = await run(RemoteActions(address, DOMAIN))
            assert said.text == "Ring 55 97 65 51"
            assert events == ENDED


async def test_one_that_hangs_is_waited_for_once_and_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote_actions, "PATIENCE", 0.2)
    monkeypatch.setattr(rest, "REST", 60.0)
    actions = Actions()
    actions.seconds = 5.0
    async with listening(actions) as url:
        endpoint = RemoteActions(url, DOMAIN)
        for _ in range(3):
            said, *_events = await run(endpoint)
            assert said.text == "Ring 55 97 65 51"
        assert actions.calls == 1
        actions.seconds = 0.0
        monkeypatch.setattr(rest, "REST", 0.0)
        monkeypatch.setattr(remote_actions, "PATIENCE", 20.0)
        [said] = await run(endpoint)
        assert said.text == "Hei"


async def test_a_turn_of_several_actions_apologises_once() -> None:
    endpoint = RemoteActions(f"http://127.0.0.1:{free_port()}/webhook", DOMAIN)
    tracker = DialogueStateTracker("kari", DOMAIN.slots)
    told = []
    for _ in range(2):
        for event in await run(endpoint, tracker):
            tracker.update(event)
            told += [event] if isinstance(event, BotUttered) else []
    assert [one.text for one in told] == ["Ring 55 97 65 51"]


async def test_a_rejection_is_rasas_own() -> None:
    actions = Actions()
    actions.status = 400
    actions.body = {"action_name": "action_x", "error": "another one, please"}
    async with listening(actions) as url:
        with pytest.raises(ActionExecutionRejection, match="another one, please"):
            await run(RemoteActions(url, DOMAIN))
