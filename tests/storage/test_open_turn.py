"""A turn reads its conversation once, and knows what it has written there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from tests.storage.conversations import play, read, texts
from videohjelp.storage.open_turn import OpenTurn
from videohjelp.storage.tracker_store import ConversationStore
from videohjelp.storage.transcripts import Transcripts

ID = "web-1"


@contextmanager
def statements(store: ConversationStore) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    sa.event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(store.engine, "before_cursor_execute", note)


async def begun(store: ConversationStore) -> OpenTurn:
    """A turn in conversation "a", which is stored, of a message that is new."""
    turn = OpenTurn("a")
    assert await store.begin(turn, [ID]) == (True, None)
    return turn


async def said_now(store: ConversationStore, text: str = "nytt") -> None:
    """The rest of the turn, as Rasa's processor does it."""
    tracker = await read(store, "a")
    for event in (
        UserUttered(text, message_id=ID),
        ActionExecuted("action_x"),
        BotUttered("svar"),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event, store.domain)
    await store.save(tracker)


async def test_the_turn_reads_what_the_store_would_and_only_once(store: ConversationStore) -> None:
    await play(store, "a", "hei")
    expected = [event.as_dict() for event in (await read(store, "a")).events]
    await begun(store)
    with statements(store) as asked:
        assert [event.as_dict() for event in (await read(store, "a")).events] == expected
        assert asked == []
        await read(store, "a")
        assert len(asked) == 1


async def test_another_conversation_is_read_from_the_database(store: ConversationStore) -> None:
    await play(store, "a", "hei")
    await play(store, "b", "fra b")
    await begun(store)
    assert texts(await read(store, "b")) == ["fra b"]


async def test_another_task_has_no_part_in_the_turn(store: ConversationStore) -> None:
    await play(store, "a", "hei")
    turn = OpenTurn("a")
    await asyncio.create_task(store.begin(turn, [ID]))
    with statements(store) as asked:
        await read(store, "a")
    assert len(asked) == 1


async def test_what_was_written_is_what_is_stored(store: ConversationStore) -> None:
    await play(store, "a", "hei")
    transcripts = Transcripts(store.engine)
    before = await transcripts.said_after("a")
    turn = await begun(store)
    assert turn.said_after(before[-1].position) is None  # nothing was said yet
    # A lone surrogate cannot be stored: what is given has the question mark that was.
    await said_now(store, "nytt \ud800")
    stored = await transcripts.said_after("a", before[-1].position)
    assert [said.event["text"] for said in stored] == ["nytt ?", "svar"]
    assert turn.said_after(before[-1].position) == stored
    assert turn.said_after(stored[0].position) == stored[1:]
    assert turn.said_after(before[0].position) is None  # an answer from before the turn is missing


async def test_what_another_wrote_in_between_is_not_passed_over(store: ConversationStore) -> None:
    await play(store, "a", "hei")
    last = (await Transcripts(store.engine).said_after("a"))[-1].position
    turn = await begun(store)
    await read(store, "a")
    elsewhere = Context().run(asyncio.create_task, play(store, "a", "fra en annen"))
    await elsewhere
    await said_now(store)
    assert turn.said_after(last) is None


async def test_a_message_that_was_handled_begins_no_turn(store: ConversationStore) -> None:
    await play(store, "a", "hei")
    await begun(store)
    await said_now(store)
    place = await Transcripts(store.engine).turn("a", ID)
    turn = OpenTurn("a")
    assert await store.begin(turn, ["web-0", ID]) == (True, place)
    assert turn.take_read() is None


async def test_an_unknown_conversation(store: ConversationStore) -> None:
    turn = OpenTurn("nobody")
    assert await store.begin(turn, [ID]) == (False, None)
    assert await store.retrieve("nobody") is None


@pytest.mark.parametrize("turns", [1, 9])
async def test_also_behind_a_checkpoint(store: ConversationStore, turns: int) -> None:
    for number in range(turns):
        await play(store, "a", f"melding {number}")
    last = (await Transcripts(store.engine).said_after("a"))[-1].position
    turn = await begun(store)
    await said_now(store)
    assert turn.said_after(last) == await Transcripts(store.engine).said_after("a", last)


async def test_a_new_conversation_is_not_read_at_all(store: ConversationStore) -> None:
    turn = OpenTurn("a")
    turn.begin(([], 0))
    with statements(store) as asked:
        await play(store, "a", "hei", SlotSet("device", "iphone"))
        turn.go_on()
        await play(store, "a", "mer")
    assert [one for one in asked if "conversation_events.data" in one] == []
    found = await read(store, "a")
    assert texts(found) == ["hei", "mer"]
    assert found.get_slot("device") == "iphone"
    assert turn.said_after(-1) == await Transcripts(store.engine).said_after("a")


async def test_what_another_wrote_is_read_before_going_on(store: ConversationStore) -> None:
    await play(store, "a", "hei")
    turn = await begun(store)
    await read(store, "a")
    await Context().run(asyncio.create_task, play(store, "a", "fra en annen"))
    await said_now(store)
    turn.go_on()
    assert texts(await read(store, "a")) == ["hei", "fra en annen", "nytt"]
