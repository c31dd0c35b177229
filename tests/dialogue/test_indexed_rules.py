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

#: Guides, forms left and gone on with, danger, a second topic, a language, things not understood.
CONVERSATIONS = (
    ("kameraet virker ikke", "iPhone", "nei", "hva koster det?", "nei", "ja"),
    ("jeg må avlyse timen", "hva koster det?", "fredag", "klokka 10", "takk"),
    ("eg må avlysa", "ikkje lyd", "glem det", "eg må avlysa", "24. desember", "12.30"),
    ("qwerty asdf", "xyz", "hjelp", "jeg har brystsmerter", "det går bra"),
    ("English please", "what is the number for the radiology department?", "Haukeland"),
    ("begynn på nytt", "ingen lyd og hva koster det", "ja", "begynn på nytt", "hei"),
)


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


@pytest.fixture(scope="module", params=CONVERSATIONS, ids=lambda texts: texts[0])
def events(assistant: Assistant, request: pytest.FixtureRequest) -> list[Event]:
    """All events of a conversation."""
    conversation = assistant.conversation()
    for text in request.param:
        conversation.say(text)
    store = assistant.agent.tracker_store
    tracker = assistant.run(store.retrieve_full_tracker(conversation.sender_id))
    return list(tracker.events)


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
