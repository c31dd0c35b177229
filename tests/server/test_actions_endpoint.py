from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection as RejectedInAction
from structlog.testing import capture_logs

from tests.assistant_double import NoChannel
from videohjelp.server.actions_endpoint import (
    InProcessActions,
    check_action_results_once,
    load_actions,
)

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots:
  device: {type: text, mappings: [{type: custom}]}
  day: {type: text, mappings: [{type: custom}]}
forms: {cancellation_form: {required_slots: [day]}}
actions: [action_answers, action_fails, action_rejects, action_nothing]
responses:
  utter_hei: [{text: "Hei {name}"}]
  utter_action_failed: [{text: "Ring 55 97 65 51"}]
"""
)


Events = list[dict[str, Any]]


# Functions, not subclasses of Action: those would be loaded as actions of the assistant too.
def answers(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    dispatcher.utter_message(response="utter_hei", name=tracker.sender_id)
    assert "utter_hei" in domain["responses"]
    return [{"event": "slot", "name": "device", "value": "iphone"}]


def fails(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    raise KeyError("something")


def rejects(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    raise RejectedInAction("action_rejects", "another one, please")


def nothing(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> None:
    return None


@pytest.fixture
def endpoint() -> InProcessActions:
    """An endpoint with four actions."""
    executor = ActionExecutor()
    for action in (answers, fails, rejects, nothing):
        executor.register_function(f"action_{action.__name__}", action)
    return InProcessActions(executor, DOMAIN)


Run = Callable[[str], Any]


@pytest.fixture
def run(endpoint: InProcessActions) -> Run:
    """Runs an action as Rasa does, through its own RemoteAction."""
    nlg = TemplatedNaturalLanguageGenerator(DOMAIN.responses)

    async def run_action(name: str) -> list[Any]:
        tracker = DialogueStateTracker("kari", DOMAIN.slots)
        action = RemoteAction(name, endpoint)
        events: list[Any] = await action.run(NoChannel(), nlg, tracker, DOMAIN)
        return events

    return run_action


async def test_an_actions_responses_and_events_reach_rasa(run: Run) -> None:
    said, slot = await run("action_answers")
    assert isinstance(said, BotUttered)
    assert said.text == "Hei kari"
    assert slot == SlotSet("device", "iphone")


async def test_an_action_may_do_nothing(run: Run) -> None:
    assert await run("action_nothing") == []


async def test_an_action_that_fails_says_so_and_ends_the_form(run: Run) -> None:
    said, *events = await run("action_fails")
    assert said.text == "Ring 55 97 65 51"
    # What the form was told goes too: it was never checked.
    assert events == [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("day", None)]


async def test_failing_twice_says_it_twice(run: Run) -> None:
    first = await run("action_fails")
    second = await run("action_fails")
    assert [type(event) for event in first] == [BotUttered, ActiveLoop, SlotSet, SlotSet]
    assert [type(event) for event in second] == [type(event) for event in first]
    assert second[0].text == "Ring 55 97 65 51"


async def test_an_action_that_does_not_exist_fails_in_the_same_way(
    endpoint: InProcessActions,
) -> None:
    answer = await endpoint.request(json={"next_action": "gone", "tracker": {}})
    assert answer["responses"] == [{"response": "utter_action_failed"}]


async def test_the_log_names_the_action_and_not_the_conversation(
    endpoint: InProcessActions,
) -> None:
    tracker = {"sender_id": "kari", "latest_message": {"text": "mor er syk"}}
    with capture_logs() as logged:
        await endpoint.request(json={"next_action": "action_fails", "tracker": tracker})
    (line,) = logged
    assert line["event"] == "action_failed"
    assert line["action"] == "action_fails"
    assert "mor er syk" not in str(line)


async def test_a_rejection_is_rasas_own(run: Run) -> None:
    with pytest.raises(ActionExecutionRejection, match="another one, please"):
        await run("action_rejects")


def test_every_action_of_the_domain_is_loaded() -> None:
    domain = Domain.load("domain.yml")
    loaded = set(load_actions().actions)
    ours = {action for action in domain.user_actions if action.startswith(("action_", "validate_"))}
    assert ours <= loaded


class TestResultCheck:
    @pytest.fixture
    def stock_then_ours(self) -> Iterator[tuple[Callable[..., bool], Callable[..., bool]]]:
        stock = RemoteAction._validate_action_result
        check_action_results_once()
        ours = RemoteAction._validate_action_result
        yield stock, ours
        RemoteAction._validate_action_result = stock

    @pytest.mark.parametrize(
        "result",
        [
            {},
            {"events": [], "responses": []},
            {"events": [{"event": "slot", "name": "x", "value": None}]},
            {"responses": [{"text": "hei", "buttons": [{"title": "a", "payload": "b"}]}]},
        ],
    )
    def test_what_rasa_takes_is_taken(self, stock_then_ours: Any, result: Any) -> None:
        action = RemoteAction("action_x", None)
        assert [check(action, result) for check in stock_then_ours] == [True, True]

    @pytest.mark.parametrize(
        "result",
        [
            None,
            [],
            "hei",
            {"events": {}},
            {"events": [{}]},
            {"events": ["slot"]},
            {"events": [{"event": 7}]},
            {"responses": "hei"},
            {"responses": ["hei"]},
        ],
    )
    def test_what_rasa_refuses_is_refused(self, stock_then_ours: Any, result: Any) -> None:
        action = RemoteAction("action_x", None)
        for check in stock_then_ours:
            with pytest.raises(ValidationError):
                check(action, result)
