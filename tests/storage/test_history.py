"""How much of a conversation is read back: its latest session, bounded."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Restarted,
    SessionStarted,
    SlotSet,
)

from tests.storage.conversations import play, read, texts, turn_events
from videohjelp.storage.conversation_rows import ConversationRows
from videohjelp.storage.tracker_store import ConversationStore


class TestBoundedHistory:
    async def test_slots_and_the_active_form_are_kept_over_the_cut(
        self, store: ConversationStore
    ) -> None:
        await play(
            store,
            "a",
            "først",
            SlotSet("device", "computer"),
            SlotSet("tried", ["restart", "browser"]),
            ActiveLoop("cancellation_form"),
        )
        for number in range(30):
            await play(store, "a", f"melding {number}", SlotSet("misunderstood", float(number)))
        found = await read(store, "a")
        assert "først" not in texts(found)
        assert texts(found)[-4:] == [f"melding {number}" for number in range(26, 30)]
        assert found.current_slot_values() | {} == {
            **found.current_slot_values(),
            "device": "computer",
            "tried": ["restart", "browser"],
            "misunderstood": 29.0,
        }
        assert found.active_loop_name == "cancellation_form"
        assert found.latest_action_name == "action_listen"

    async def test_a_slot_that_was_emptied_stays_empty(self, store: ConversationStore) -> None:
        await play(store, "a", "x", SlotSet("device", "iphone"), ActiveLoop("cancellation_form"))
        await play(store, "a", "x", SlotSet("device", None), ActiveLoop(None))
        for _ in range(20):
            await play(store, "a", "x")
        found = await read(store, "a")
        assert found.get_slot("device") is None
        assert found.active_loop_name is None

    async def test_the_200th_message_reads_no_more_than_the_10th(
        self, store: ConversationStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows_read: list[int] = []
        original = ConversationRows.recent

        def counting(rows: ConversationRows, sender_id: str) -> tuple[list[dict[str, Any]], int]:
            events, position = original(rows, sender_id)
            rows_read.append(len(events))
            return events, position

        monkeypatch.setattr(ConversationRows, "recent", counting)
        events = []
        for number in range(200):
            tracker = await play(store, "a", f"melding {number}")
            events.append(len(tracker.events))
        per_turn, turns = 4, 2 * 4
        assert max(rows_read) <= per_turn * turns + len(store.domain.slots) + 3
        assert max(events) <= per_turn * (turns + 1) + len(store.domain.slots) + 3
        full = await store.retrieve_full_tracker("a")
        assert full is not None
        assert texts(full) == [f"melding {number}" for number in range(200)]

    async def test_a_conversation_written_at_once_is_bounded_too(
        self, store: ConversationStore
    ) -> None:
        tracker = await store.create_tracker("a")
        for number in range(50):
            slot = SlotSet("device", "android" if number == 0 else "iphone")
            for event in turn_events(f"melding {number}", slot):
                tracker.update(event, store.domain)
        await store.save(tracker)
        found = await read(store, "a")
        assert texts(found) == ["melding 46", "melding 47", "melding 48", "melding 49"]
        assert found.get_slot("device") == "iphone"


class TestSessions:
    async def test_a_session_start_begins_anew(self, store: ConversationStore) -> None:
        await play(store, "a", "i går", SlotSet("device", "iphone"))
        tracker = await read(store, "a")
        for event in (ActionExecuted("action_session_start"), SessionStarted()):
            tracker.update(event, store.domain)
        tracker.update(SlotSet("tried", ["x"]), store.domain)
        tracker.update(ActionExecuted("action_listen"), store.domain)
        await store.save(tracker)
        await play(store, "a", "i dag")

        found = await read(store, "a")
        assert texts(found) == ["i dag"]
        assert isinstance(found.events[0], SessionStarted)
        assert found.get_slot("device") is None
        assert found.get_slot("tried") == ["x"]

    async def test_the_full_tracker_spans_sessions(self, store: ConversationStore) -> None:
        for text in ("en", "to", "tre"):
            await play(store, "a", text, SessionStarted())
        full = await store.retrieve_full_tracker("a")
        assert full is not None
        assert texts(full) == ["en", "to", "tre"]

    async def test_a_session_after_a_cut_forgets_the_cuts_slots(
        self, store: ConversationStore
    ) -> None:
        await play(store, "a", "x", SlotSet("device", "iphone"))
        for _ in range(20):
            await play(store, "a", "x")
        await play(store, "a", "ny", SessionStarted())
        await play(store, "a", "nyere")
        found = await read(store, "a")
        assert found.get_slot("device") is None
        assert texts(found) == ["nyere"]

    async def test_restart_empties_slots_and_form(self, store: ConversationStore) -> None:
        await play(store, "a", "x", SlotSet("device", "iphone"), ActiveLoop("cancellation_form"))
        await play(store, "a", "/restart", Restarted())
        found = await read(store, "a")
        assert found.get_slot("device") is None
        assert found.active_loop_name is None
        await play(store, "a", "videre", SlotSet("device", "android"))
        for _ in range(20):
            await play(store, "a", "x")
        assert (await read(store, "a")).get_slot("device") == "android"
