"""Runs the custom actions in the server's own process, behind Rasa's action-endpoint interface."""

from __future__ import annotations

import copy
import functools
import itertools
from typing import Any

import structlog
from jsonschema.validators import validator_for
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as RejectedInAction

from actions.danger import DANGER
from actions.session import begin_session
from videohjelp.language.danger import DANGERS

log = structlog.get_logger("videohjelp.actions")

#: The response that apologises.
FAILED = "utter_action_failed"
#: What the names of actions that validate a form's values begin with.
_VALIDATION = "validate_"


class InProcessActions(EndpointConfig):
    """Rasa calls `request()` as it would call an action server; nothing leaves the process.

    executor: holds the actions. domain: sent to the actions that ask for it.
    """

    def __init__(self, executor: ActionExecutor, domain: Domain) -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = executor
        self._domain = domain.as_dict()
        self._apology = Apology(domain)

    async def request(self, *_: Any, json: dict[str, Any] | None = None, **__: Any) -> Any:
        """Runs one action. Gives its events and responses; an apology when it raises.

        Raises ActionExecutionRejection when the action says that another one should run.
        """
        call = {"domain": self._domain, **(json or {})}
        try:
            return await self._executor.run(call)
        except RejectedInAction as rejection:
            raise ActionExecutionRejection(rejection.action_name, rejection.message) from rejection
        except Exception:
            # The log carries the trace and the action's name, never the conversation.
            log.exception("action_failed", action=call.get("next_action"))
            return self._apology.after(call)


class Apology:
    """What an action gives when it failed: the patient is told what to do instead.

    A form that cannot be validated ends, and what it was told is forgotten: stock Rasa would go on
    and confirm values that were never given.
    """

    def __init__(self, domain: Domain) -> None:
        """Takes the domain of the model."""
        forms = domain.forms
        slots = [slot for form in forms for slot in domain.required_slots_for_form(form)]
        self._events = [{"event": "active_loop", "timestamp": None, "name": None}] + [
            {"event": "slot", "timestamp": None, "name": slot, "value": None}
            for slot in ("requested_slot", *slots)
        ]

    def after(self, call: dict[str, Any]) -> dict[str, Any]:
        """The answer to Rasa's call of an action; a turn of several actions apologises once.

        Whoever was told what to do in danger hears of nothing else. A session begins all the same,
        without a word: else no rule, nor that of danger, would hold for the first message. Raises
        ActionExecutionRejection for danger in a form, as the form's own validation does: else the
        form would take the message.
        """
        action, tracker = str(call.get("next_action")), call.get("tracker") or {}
        if action == ACTION_SESSION_START_NAME:
            return {"events": begin_session(Tracker.from_dict(tracker)), "responses": []}
        intent = ((tracker.get("latest_message") or {}).get("intent") or {}).get("name")
        if action.startswith(_VALIDATION) and intent in DANGERS:
            raise ActionExecutionRejection(action, "danger")
        told = _told_in_turn(tracker.get("events") or [])
        responses = [] if told & {FAILED, *DANGER} else [{"response": FAILED}]
        return {"events": copy.deepcopy(self._events), "responses": responses}


def _told_in_turn(events: list[dict[str, Any]]) -> set[str]:
    """The names of the responses that were said since the patient's last message."""
    since = itertools.takewhile(lambda one: one["event"] != "user", reversed(events))
    return {str((one.get("metadata") or {}).get("utter_action")) for one in since}


def load_actions(package: str = "actions") -> ActionExecutor:
    """An executor that holds every action of the package."""
    executor = ActionExecutor()
    executor.register_package(package)
    return executor


def look_up_event_classes_once() -> None:
    """Makes Rasa remember the class of an event's name: it looks through all of them for each."""
    if not hasattr(Event.resolve_by_type, "cache_info"):
        remembered = functools.lru_cache(maxsize=64)(Event.resolve_by_type)
        Event.resolve_by_type = staticmethod(remembered)


def check_action_results_once() -> None:
    """Replaces Rasa's check of an action's answer by the same check, prepared once.

    Rasa re-reads the answer's JSON schema against the metaschema at every call: about 20 ms, half
    of a message's cost. The schema and the errors stay the same. What our own actions give in this
    process comes from rasa_sdk's own classes and is not checked: another 2 ms.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validate(action: RemoteAction, result: Any) -> bool:
        if not isinstance(action.action_endpoint, InProcessActions):
            validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
