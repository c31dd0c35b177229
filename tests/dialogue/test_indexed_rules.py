"""The indexed rules predict what Rasa's own RulePolicy does, at every point of conversations."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

from tests.assistant import Assistant
from videohjelp.dialogue.indexed_rules import IndexedRulePolicy
from videohjelp.dialogue.recent_states import RecentStates


@pytest.fixture(scope="module")
def indexed(assistant: Assistant) -> IndexedRulePolicy:
    nodes = assistant.agent.processor.graph_runner._instantiated_nodes.values()
    return next(one._component for one in nodes if isinstance(one._component, IndexedRulePolicy))


@pytest.fixture(scope="module")
def stock(indexed: IndexedRulePolicy) -> RulePolicy:
    """Rasa's own policy with the same rules."""
    policy = copy.copy(indexed)
    policy.__class__ = RulePolicy
    return policy


def test_they_predict_the_same(
    assistant: Assistant, indexed: IndexedRulePolicy, stock: RulePolicy, events: list[Event]
) -> None:
    domain = assistant.agent.domain
    compared = 0
    for tracker in growing(events, assistant):
        expected, reason = stock._predict(tracker, domain)
        found, own_reason = indexed._predict(tracker, domain)
        assert (found.probabilities, own_reason) == (expected.probabilities, reason)
        assert found.events == expected.events
        compared += 1
    assert compared > 5


def test_the_states_are_rasas(assistant: Assistant, events: list[Event]) -> None:
    domain, recent = assistant.agent.domain, RecentStates(4)
    for tracker in growing(events, assistant):
        states = tracker.past_states(domain)
        assert recent.states(tracker, domain) == list(states)[-4:]


def growing(events: Sequence[Event], assistant: Assistant) -> Iterator[DialogueStateTracker]:
    """One tracker, at each point where an action is predicted."""
    tracker = DialogueStateTracker("growing", assistant.agent.domain.slots)
    for event in events:
        if isinstance(event, ActionExecuted) and tracker.events:
            yield tracker
        tracker.update(event, assistant.agent.domain)
