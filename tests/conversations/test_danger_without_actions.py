"""Danger to life is answered though no action runs: none answers, or each of them breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.assistant import Assistant
from tests.conversations.test_safety import BEFORE, DANGERS, FORMS
from tests.conversations.walking import places
from tests.ports import free_port
from videohjelp.server.actions_endpoint import InProcessActions
from videohjelp.server.remote_actions import RemoteActions

WAYS = {
    **BEFORE,
    **{" ".join(way): way for way in FORMS},
    **{f"{one.guide} {one.step}": [f"/{one.guide}", *one.way] for one in places()},
}


class Broken:
    """Actions of which each one raises."""

    async def run(self, _call: dict[str, Any]) -> Any:
        raise RuntimeError("broken")


Break = Callable[[], None]


@pytest.fixture(params=["away", "broken"])
def without_actions(
    assistant: Assistant, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Break]:
    """From the call on, no action runs."""
    agent = assistant.agent
    endpoint: Any = RemoteActions(f"http://127.0.0.1:{free_port()}/webhook", agent.domain)
    if request.param == "broken":
        endpoint = InProcessActions(Broken(), agent.domain)
    # Printing a trace takes a second.
    with monkeypatch.context() as patch, capture_logs():
        yield lambda: patch.setattr(agent.processor, "action_endpoint", endpoint)


@pytest.mark.parametrize("message", DANGERS)
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_in_the_first_message(
    assistant: Assistant, without_actions: Break, channel: str, message: str
) -> None:
    without_actions()
    reply = assistant.conversation(channel).say(message)
    assert reply.responses == [f"utter_{DANGERS[message]}"]


@pytest.mark.parametrize("message", DANGERS)
@pytest.mark.parametrize("way", WAYS)
def test_wherever_the_conversation_is(
    assistant: Assistant, without_actions: Break, way: str, message: str
) -> None:
    conversation = assistant.conversation()
    for before in WAYS[way]:
        conversation.say(before)
    without_actions()
    for _ in range(2):
        assert conversation.say(message).responses == [f"utter_{DANGERS[message]}"]


@pytest.mark.parametrize("language", ["nn", "en"])
def test_in_the_language_that_was_chosen(
    assistant: Assistant, without_actions: Break, language: str
) -> None:
    conversation = assistant.conversation(language=language)
    spoken = conversation.say("/medical_emergency").text
    without_actions()
    assert conversation.say("/medical_emergency").text == spoken
