"""Loads the trained model into a Rasa agent with our store and our actions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain

from videohjelp.server.actions_endpoint import (
    InProcessActions,
    check_action_results_once,
    load_actions,
)
from videohjelp.server.measuring import measure_understanding
from videohjelp.server.nlg import ResponsesWithLanguage
from videohjelp.settings import ROOT, settings
from videohjelp.storage.tracker_store import ConversationStore


class AssistantError(RuntimeError):
    """The assistant cannot be loaded. The text says why and what to do."""


def load_assistant(model: Path, database_url: str | None = None) -> Agent:
    """An agent ready to answer.

    model: the trained model's file. database_url: overrides the setting (for tests).
    Raises AssistantError when the model is missing (Rasa would silently take another one).
    """
    if not model.is_file():
        raise AssistantError(f"{model} does not exist; run `make train`")
    check_action_results_once()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    store = ConversationStore(Domain.empty(), database_url=database_url or settings().database_url)
    agent = Agent.load(
        str(model),
        tracker_store=store,
        action_endpoint=endpoints.action,
        lock_store=None,
    )
    if not agent.is_ready():
        raise AssistantError(f"{model} could not be loaded; run `make train`")
    # Rasa wraps the store so that a lost database goes unnoticed; a patient must be told.
    store.domain = agent.domain
    agent.nlg = agent.processor.nlg = ResponsesWithLanguage(agent.domain.responses)
    agent.tracker_store = store
    agent.processor.tracker_store = store
    measure_understanding(agent)
    if settings().actions == "in_process":
        actions: Any = InProcessActions(load_actions(), agent.domain)
        agent.action_endpoint = actions
        agent.processor.action_endpoint = actions
    return agent
