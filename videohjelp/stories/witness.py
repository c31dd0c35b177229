"""Sees what the assistant does in a turn and the tracker does not say: actions run, errors."""

from __future__ import annotations

from typing import Any, TypedDict

from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

from videohjelp.stories.failures import listen
from videohjelp.stories.results import Failure


class Seen(TypedDict):
    """What was seen since the last look."""

    ran: tuple[str, ...]
    failures: tuple[Failure, ...]


class Witness:
    """Stands between the assistant and its actions, and hears its log, which goes nowhere else."""

    def __init__(self, agent: Agent) -> None:
        """Takes the loaded assistant and changes it."""
        self._failures = listen()
        self._actions = _SeenActions(agent.action_endpoint)
        agent.action_endpoint = self._actions
        agent.processor.action_endpoint = self._actions  # type: ignore[union-attr]

    def take(self) -> Seen:
        """What was done since the last look."""
        ran, self._actions.ran = tuple(self._actions.ran), []
        return Seen(ran=ran, failures=self._failures.take())


class _SeenActions(EndpointConfig):
    def __init__(self, actions: EndpointConfig) -> None:
        super().__init__(url=actions.url, enable_selective_domain=True)
        self._actions = actions
        self.ran: list[str] = []

    async def request(self, *arguments: Any, json: Any = None, **named: Any) -> Any:
        self.ran.append(str((json or {}).get("next_action")))
        return await self._actions.request(*arguments, json=json, **named)
