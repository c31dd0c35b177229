"""Plays turns of a conversation against a store, as Rasa's processor does."""

from __future__ import annotations

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from videohjelp.storage.tracker_store import ConversationStore


def turn_events(text: str, *extra: Event) -> list[Event]:
    """What one message leads to: the message, an action, an answer, waiting."""
    parse_data = {"text": text, "intent": {"name": "greet", "confidence": 1.0}, "entities": []}
    return [
        UserUttered(text, intent=parse_data["intent"], parse_data=parse_data, input_channel="web"),
        ActionExecuted("action_x"),
        *extra,
        BotUttered(f"svar på {len(text)} tegn"),
        ActionExecuted("action_listen"),
    ]


async def play(
    store: ConversationStore, sender_id: str, text: str, *extra: Event
) -> DialogueStateTracker:
    """One turn: the conversation is read, goes on, and is written."""
    tracker = await store.retrieve(sender_id) or await store.create_tracker(sender_id)
    for event in turn_events(text, *extra):
        tracker.update(event, store.domain)
    await store.save(tracker)
    return tracker


async def read(store: ConversationStore, sender_id: str) -> DialogueStateTracker:
    """A conversation that must be there."""
    tracker = await store.retrieve(sender_id)
    assert tracker is not None
    return tracker


def texts(tracker: DialogueStateTracker) -> list[str | None]:
    """What the patient wrote, in order."""
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]
