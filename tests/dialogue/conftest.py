"""Conversations in which everything happens that the assistant's rules know of."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import Event

from tests.assistant import Assistant

#: Guides, forms left and gone on with, danger, a second topic, a language, things not understood.
CONVERSATIONS = (
    ("kameraet virker ikke", "iPhone", "nei", "hva koster det?", "nei", "ja"),
    ("jeg må avlyse timen", "hva koster det?", "fredag", "klokka 10", "takk"),
    ("eg må avlysa", "ikkje lyd", "glem det", "eg må avlysa", "24. desember", "12.30"),
    ("qwerty asdf", "xyz", "hjelp", "jeg har brystsmerter", "det går bra"),
    ("English please", "what is the number for the radiology department?", "Haukeland"),
    ("begynn på nytt", "ingen lyd og hva koster det", "ja", "begynn på nytt", "hei"),
)


@pytest.fixture(scope="module", params=CONVERSATIONS, ids=lambda texts: texts[0])
def events(assistant: Assistant, request: pytest.FixtureRequest) -> list[Event]:
    """All events of a conversation."""
    conversation = assistant.conversation()
    for text in request.param:
        conversation.say(text)
    store = assistant.agent.tracker_store
    tracker = assistant.run(store.retrieve_full_tracker(conversation.sender_id))
    return list(tracker.events)
