"""Loads the trained model into a Rasa agent with our store and our actions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain

from videohjelp.dialogue.graph_in_order import GraphInOrder
from videohjelp.rollout.models import DAMAGED
from videohjelp.server.actions_endpoint import (
    InProcessActions,
    check_action_results_once,
    load_actions,
    look_up_event_classes_once,
)
from videohjelp.server.fitting import missing_in
from videohjelp.server.measuring import watch_vectors
from videohjelp.server.model_file import QuickProcessor
from videohjelp.server.nlg import ResponsesWithLanguage
from videohjelp.server.remote_actions import RemoteActions
from videohjelp.settings import ROOT, settings
from videohjelp.storage.tracker_store import ConversationStore


class AssistantError(RuntimeError):
    """The assistant cannot be loaded. The text says why and what to do."""


def load_assistant(model: Path, database_url: str | None = None) -> Agent:
    """An agent ready to answer.

    model: the trained model's file. database_url: overrides the setting (for tests).
    Raises AssistantError when the model is missing (Rasa would silently take another one), is
    damaged, or does not go with the guides and actions that lie here.
    """
    url = database_url or settings().database_url
    return load_with_store(model, ConversationStore(Domain.empty(), database_url=url))


def load_with_store(model: Path, store: ConversationStore) -> Agent:
    """The same on the database of a store, which stays as it is.

    May be called outside the event loop's thread. Raises AssistantError.
    """
    if not model.is_file():
        raise AssistantError(f"{model} does not exist; run `make train`")
    check_action_results_once()
    look_up_event_classes_once()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    # A view of its own: Rasa sets the domain of what it is given, and others may be answered.
    view = store.for_domain(Domain.empty())
    agent = Agent(tracker_store=view, action_endpoint=endpoints.action)
    try:
        processor: Any = QuickProcessor(model, view, agent.lock_store, agent.nlg, endpoints.action)
    except (*DAMAGED, KeyError) as error:
        raise AssistantError(
            f"{model} could not be read ({type(error).__name__}: {error}); copy the file again, or "
            "run `make train`"
        ) from error
    domain = processor.domain
    if missing := missing_in(domain):
        raise AssistantError(
            f"{model.name} does not go with the files that lie here: {'; '.join(missing)}. "
            "Deploy a model with the commit that it was trained from, or run `make train`"
        )
    processor.graph_runner = GraphInOrder(processor.graph_runner)
    agent.processor, agent.domain = processor, domain
    agent.nlg = processor.nlg = ResponsesWithLanguage(domain.responses)
    # Rasa wraps the store so that a lost database goes unnoticed; a patient must be told.
    view.domain = domain
    agent.tracker_store = processor.tracker_store = view
    watch_vectors()
    if settings().actions == "in_process":
        actions: Any = InProcessActions(load_actions(), domain)
    else:
        address = settings().actions_url or endpoints.action.url
        actions = RemoteActions(address, domain)
    agent.action_endpoint = processor.action_endpoint = actions
    return agent
