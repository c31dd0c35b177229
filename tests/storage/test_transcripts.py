"""What was said, read by its places in the conversation."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from tests.storage.conversations import play
from videohjelp.storage.tracker_store import ConversationStore
from videohjelp.storage.transcripts import Transcripts


@pytest.fixture
def transcripts(store: ConversationStore) -> Transcripts:
    """The transcripts of the store's database."""
    return Transcripts(store.engine)


async def say(store: ConversationStore, sender_id: str, text: str, message_id: str) -> None:
    """One turn with an id."""
    tracker = await store.retrieve(sender_id) or await store.create_tracker(sender_id)
    for event in (
        UserUttered(text, message_id=message_id),
        BotUttered("svar"),
        ActionExecuted("x"),
    ):
        tracker.update(event)
    await store.save(tracker)


async def test_only_what_was_said_is_given_with_places_that_stay(
    store: ConversationStore, transcripts: Transcripts
) -> None:
    await play(store, "web-a", "hei")
    first = await transcripts.said_after("web-a")
    assert [one.by_assistant for one in first] == [False, True]
    await play(store, "web-a", "mer")
    everything = await transcripts.said_after("web-a")
    assert everything[:2] == first
    assert await transcripts.said_after("web-a", first[-1].position) == everything[2:]
    assert await transcripts.said_after("web-b") == []


async def test_one_place(store: ConversationStore, transcripts: Transcripts) -> None:
    await play(store, "web-a", "hei")
    for said in await transcripts.said_after("web-a"):
        assert await transcripts.said_at("web-a", said.position) == said
    assert await transcripts.said_at("web-a", 0) is None  # Rasa's own event
    assert await transcripts.said_at("web-a", 999) is None


async def test_the_place_of_a_message(store: ConversationStore, transcripts: Transcripts) -> None:
    await say(store, "web-a", "hei", "web-1")
    await say(store, "web-a", "hei", "web-2")
    first, second = (
        await transcripts.turn("web-a", "web-1"),
        await transcripts.turn("web-a", "web-2"),
    )
    assert first is not None
    assert second is not None
    assert first < second
    for conversation, message in (("web-a", "web-3"), ("web-b", "web-1")):
        assert await transcripts.turn(conversation, message) is None


async def test_a_conversation_and_a_message_are_found_at_once(
    store: ConversationStore, transcripts: Transcripts
) -> None:
    await say(store, "web-a", "hei", "web-1")
    place = await transcripts.turn("web-a", "web-1")
    assert await transcripts.find("web-a", ["web-0", "web-1"]) == (True, place)
    assert await transcripts.find("web-a", ["web-0"]) == (True, None)
    assert await transcripts.find("web-b", ["web-1"]) == (False, None)


async def test_a_message_is_stored_once(store: ConversationStore, transcripts: Transcripts) -> None:
    await say(store, "web-a", "hei", "web-1")
    before = await transcripts.said_after("web-a")
    with pytest.raises(sa.exc.IntegrityError):
        await say(store, "web-a", "hei", "web-1")
    assert await transcripts.said_after("web-a") == before


async def test_after_a_deletion_nothing_is_left(
    store: ConversationStore, transcripts: Transcripts
) -> None:
    await say(store, "web-a", "hei", "web-1")
    assert await transcripts.exists("web-a")
    await store.delete("web-a")
    assert not await transcripts.exists("web-a")
    assert await transcripts.turn("web-a", "web-1") is None
