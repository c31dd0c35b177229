"""An action that fails, as the server runs it: an apology, nothing half done, no words logged."""

from __future__ import annotations

import copy
import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import pytest
import structlog
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from tests.actions.case import DOMAIN, create_tracker, ends_form, said, served, slots_set
from videohjelp.server import actions_endpoint
from videohjelp.server.actions_endpoint import InProcessActions, load_actions
from videohjelp.server.logs import configure_logs

WORDS = "Eg heiter Kari Nordmann 13097248022 og kjem ikkje inn"


def endpoint(action: Callable[..., Any]) -> InProcessActions:
    """An endpoint that knows one action."""
    executor = ActionExecutor()
    executor.register_function("action_sample", action)
    return InProcessActions(executor, Domain.empty())


async def request(server: InProcessActions, tracker: Tracker) -> dict[str, Any]:
    call = {"next_action": "action_sample", "tracker": tracker.current_state()}
    answer: dict[str, Any] = await server.request(json=call)
    return answer


def failing(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> NoReturn:
    dispatcher.utter_message(response="utter_solved")
    raise RuntimeError("the back end is away")


def quoting(dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> NoReturn:
    """Like datetime.fromisoformat, which quotes what it was given."""
    raise ValueError(f"Invalid isoformat string: {tracker.latest_message['text']!r}")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The server's log, as it is configured when the server runs."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = structlog.get_config()
    configure_logs()
    written = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(written)
    monkeypatch.setattr(actions_endpoint, "log", structlog.get_logger("videohjelp.actions"))
    yield written
    structlog.configure(**before)
    root.handlers, root.level = handlers, level


# --- the apology --------------------------------------------------------------------------------


async def test_an_action_that_works_is_passed_on() -> None:
    outcome = await served("action_leave_flow", create_tracker("hadet", "goodbye"))
    assert (outcome.messages, outcome.events) == ([], [])


async def test_a_failing_action_gives_the_apology_alone() -> None:
    answer = await request(endpoint(failing), create_tracker(WORDS))
    assert answer["responses"] == [{"response": "utter_action_failed"}], "nothing half said"
    assert all(event.get("value") is None for event in answer["events"])


async def test_the_form_ends_so_that_it_confirms_nothing() -> None:
    tracker = create_tracker(WORDS, form="cancellation_form", requested="appointment_date")
    answer = await request(endpoint(failing), tracker)
    assert {"event": "active_loop", "timestamp": None, "name": None} in answer["events"]


async def test_what_a_form_was_told_is_forgotten_with_it() -> None:
    """Else the form is full when it begins again, and is never asked anew."""
    tracker = create_tracker("", slots={"appointment_date": "no date at all"})
    outcome = await served("action_cancellation_advice", tracker)
    assert said(outcome) == ["utter_action_failed"]
    assert ends_form(outcome)
    done = slots_set(outcome)
    for name in ("appointment_date", "appointment_time", "department_place"):
        assert done.get(name, "kept") is None, name


async def test_an_action_nobody_knows_gives_the_apology() -> None:
    outcome = await served("action_of_another_assistant", create_tracker("hei"))
    assert said(outcome) == ["utter_action_failed"]


@pytest.mark.parametrize(
    "call", [{"next_action": "action_repeat"}, {"next_action": "action_repeat", "tracker": None}]
)
async def test_a_call_without_a_conversation_gives_the_apology(call: dict[str, Any]) -> None:
    server = InProcessActions(load_actions(), Domain.empty())
    answer = await server.request(json=call)
    assert answer["responses"] == [{"response": "utter_action_failed"}]


async def test_the_apology_of_one_conversation_is_not_anothers() -> None:
    server = endpoint(failing)
    first = await request(server, create_tracker(WORDS))
    untouched = copy.deepcopy(first)
    first["responses"][0]["text"] = "said to Kari only"
    first["events"].append({"event": "slot", "name": "language", "value": "en"})
    assert await request(server, create_tracker("hei")) == untouched


async def test_rasa_accepts_the_apology() -> None:
    schema = RemoteAction.action_response_format_spec()
    apology = await request(endpoint(failing), create_tracker(WORDS))
    validator_for(schema)(schema).validate(apology)


def test_every_action_of_the_domain_can_be_run() -> None:
    named = {one if isinstance(one, str) else next(iter(one)) for one in DOMAIN["actions"]}
    assert named <= set(load_actions().actions)


# --- the log ------------------------------------------------------------------------------------


async def test_the_log_says_which_action_failed_and_where(log: io.StringIO) -> None:
    await request(endpoint(failing), create_tracker(WORDS))
    (line,) = log.getvalue().splitlines()
    entry = json.loads(line)
    assert (entry["event"], entry["action"]) == ("action_failed", "action_sample")
    assert "in failing" in entry["exception"]


@pytest.mark.parametrize("action", [failing, quoting])
async def test_the_log_holds_nothing_of_the_conversation(
    log: io.StringIO, action: Callable[..., Any]
) -> None:
    await request(endpoint(action), create_tracker(WORDS, slots={"guide": "no_sound"}))
    for word in ("Kari", "Nordmann", "13097248022", "kjem ikkje"):
        assert word not in log.getvalue()
