from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.storage.conftest import StoreMaker
from tests.storage.conversations import play, read, texts, turn_events
from videohjelp.storage.conversation_rows import ConversationRows, StaleConversationError
from videohjelp.storage.stored_tracker import StoredTracker
from videohjelp.storage.tracker_store import ConversationStore


async def test_an_unknown_conversation_is_none(store: ConversationStore) -> None:
    assert await store.retrieve("nobody") is None
    assert await store.retrieve_full_tracker("nobody") is None


async def test_what_was_saved_comes_back(store: ConversationStore, make_store: StoreMaker) -> None:
    said = await play(store, "a", "kameraet virker ikke", SlotSet("device", "iphone"))
    found = await read(make_store(), "a")
    assert [event.as_dict() for event in found.events] == [e.as_dict() for e in said.events]
    assert found.get_slot("device") == "iphone"
    assert found.latest_message is not None
    assert found.latest_message.intent["name"] == "greet"


async def test_nothing_is_written_twice(store: ConversationStore) -> None:
    tracker = await play(store, "a", "hei")
    await store.save(tracker)
    await store.save(await read(store, "a"))
    await play(store, "a", "hei igjen")
    full = await store.retrieve_full_tracker("a")
    assert full is not None
    assert texts(full) == ["hei", "hei igjen"]
    assert len(full.events) == 1 + 4 + 4


async def test_one_tracker_can_be_saved_after_every_event(store: ConversationStore) -> None:
    tracker = await store.create_tracker("a")
    for event in turn_events("hei"):
        tracker.update(event, store.domain)
        await store.save(tracker)
    assert [e.as_dict() for e in (await read(store, "a")).events] == [
        e.as_dict() for e in tracker.events
    ]


async def test_a_tracker_of_rasas_own_kind_is_added_to_what_is_there(
    store: ConversationStore,
) -> None:
    await play(store, "a", "hei")
    foreign = DialogueStateTracker("a", store.domain.slots)
    for event in turn_events("hallo"):
        foreign.update(event, store.domain)
    await store.save(foreign)
    assert texts(await read(store, "a")) == ["hei", "hallo"]


async def test_conversations_do_not_mix(store: ConversationStore) -> None:
    await play(store, "a", "fra a", SlotSet("device", "android"))
    await play(store, "b", "fra b")
    assert texts(await read(store, "a")) == ["fra a"]
    assert texts(await read(store, "b")) == ["fra b"]
    assert (await read(store, "b")).get_slot("device") is None
    assert set(await store.keys()) == {"a", "b"}


async def test_a_new_tracker_waits_and_is_not_written_yet(store: ConversationStore) -> None:
    tracker = await store.create_tracker("a")
    assert isinstance(tracker, StoredTracker)
    assert tracker.latest_action_name == "action_listen"
    assert await store.retrieve("a") is None
    assert not (await store.create_tracker("a", append_action_listen=False)).events


async def test_two_processes_cannot_both_continue_a_conversation(make_store: StoreMaker) -> None:
    one, other = make_store(), make_store()
    await play(one, "a", "hei")
    first, second = await read(one, "a"), await read(other, "a")
    first.update(UserUttered("fra den første"))
    second.update(UserUttered("fra den andre"))
    await one.save(first)
    with pytest.raises(IntegrityError) as raised:
        await other.save(second)
    assert "fra den andre" not in str(raised.value), "errors end in logs"
    assert texts(await read(other, "a")) == ["hei", "fra den første"]


async def test_a_refused_write_leaves_nothing_half_written(make_store: StoreMaker) -> None:
    one, other = make_store(), make_store()
    await play(one, "a", "hei")
    late = await read(other, "a")
    await play(one, "a", "kort")
    for event in [*turn_events("lang"), *turn_events("lengre"), SessionStarted()]:
        late.update(event)
    with pytest.raises(IntegrityError):
        await other.save(late)
    assert texts(await read(one, "a")) == ["hei", "kort"]


async def test_a_deleted_conversation_is_not_continued(make_store: StoreMaker) -> None:
    one, other = make_store(), make_store()
    await play(one, "a", "hei")
    late = await read(other, "a")
    await one.delete("a")
    late.update(UserUttered("er du der?"))
    with pytest.raises(StaleConversationError):
        await other.save(late)
    assert await one.retrieve("a") is None


async def test_delete_takes_events_and_checkpoints(store: ConversationStore) -> None:
    for _ in range(12):
        await play(store, "a", "x", SlotSet("device", "iphone"))
    await play(store, "b", "y")
    assert await store.delete("a") == 1 + 12 * 5
    assert await store.retrieve("a") is None
    assert await store.retrieve_full_tracker("a") is None
    assert list(await store.keys()) == ["b"]
    assert await store.delete("a") == 0
    await play(store, "a", "ny")
    assert (await read(store, "a")).get_slot("device") is None


async def test_a_lone_surrogate_in_a_text_is_stored_as_a_question_mark(
    store: ConversationStore,
) -> None:
    await play(store, "a", "hei \ud83d der", SlotSet("device", "\udc00"))
    assert texts(await read(store, "a")) == ["hei ? der"]


async def test_a_null_byte_in_a_text_is_stored(store: ConversationStore) -> None:
    await play(store, "a", "hei\x00der")
    assert texts(await read(store, "a")) == ["hei\x00der"]


@pytest.mark.parametrize("sender_id", ["a\ud83d", "\udc00"])
async def test_a_lone_surrogate_in_an_id_is_an_ordinary_error(
    store: ConversationStore, sender_id: str
) -> None:
    # Rasa's own store ends the process here (SystemExit is no Exception).
    with pytest.raises(UnicodeEncodeError):
        await store.retrieve(sender_id)
    with pytest.raises(UnicodeEncodeError):
        await store.save(await _one_message(store, sender_id))
    await play(store, "a", "hei")
    assert list(await store.keys()) == ["a"]


async def test_ids_with_a_null_byte_are_told_apart_or_refused(store: ConversationStore) -> None:
    if store.engine.dialect.name == "postgresql":
        with pytest.raises(ValueError, match="NUL"):
            await store.retrieve("a\x00b")
        return
    await play(store, "a\x00b", "en")
    await play(store, "a", "to")
    assert texts(await read(store, "a\x00b")) == ["en"]
    assert texts(await read(store, "a")) == ["to"]


async def test_a_database_that_is_away_raises(make_store: StoreMaker, file: Path) -> None:
    store = make_store(url=f"sqlite:///{file}")
    await play(store, "a", "hei")
    tracker = await read(store, "a")
    tracker.update(UserUttered("er du der?"))
    store.engine.dispose()
    _put_a_folder_in_its_place(file)
    with pytest.raises(OperationalError):
        await store.retrieve("a")
    with pytest.raises(OperationalError):
        await store.save(tracker)
    with pytest.raises(OperationalError):
        await store.keys()


async def test_what_could_not_be_saved_is_saved_the_next_time(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = await play(store, "a", "hei")
    tracker.update(UserUttered("er du der?"))
    with monkeypatch.context() as away:
        away.setattr(ConversationRows, "append", _raise_operational_error)
        with pytest.raises(OperationalError):
            await store.save(tracker)
    await store.save(tracker)
    assert texts(await read(store, "a")) == ["hei", "er du der?"]


async def test_new_events_are_streamed_to_a_broker_once(store: ConversationStore) -> None:
    published: list[Any] = []

    class Broker(EventBroker):
        def publish(self, event: dict[str, Any]) -> None:
            published.append(event["event"])

    store.event_broker = Broker()
    await play(store, "a", "hei")
    assert published == ["action", "user", "action", "bot", "action"]
    await store.save(await read(store, "a"))
    assert len(published) == 5


async def test_the_environments_database_wins(
    make_store: StoreMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make = make_store
    monkeypatch.setenv("VIDEOHJELP_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    await play(make(), "a", "hei")
    assert (tmp_path / "other.db").is_file()


async def _one_message(store: ConversationStore, sender_id: str) -> DialogueStateTracker:
    tracker = await store.create_tracker(sender_id)
    tracker.update(UserUttered("hei"))
    return tracker


def _raise_operational_error(*_: object) -> None:
    raise OperationalError("INSERT", {}, Exception("away"))


def _put_a_folder_in_its_place(file: Path) -> None:
    for path in file.parent.iterdir():
        path.unlink()
    file.mkdir()


async def test_which_model_answered_stands_in_the_patients_messages_alone(
    store: ConversationStore,
) -> None:
    tracker = await store.create_tracker("a")
    tracker.model_id, tracker.assistant_id = "a model", "videohjelp"
    shown = BotUttered("svar", metadata={"utter_action": "utter_greet"})
    for event in [*turn_events("hei"), shown]:
        tracker.update(event, store.domain)
    await store.save(tracker)
    found = {type(event): event.metadata for event in (await read(store, "a")).events}
    assert found == {
        ActionExecuted: {},
        UserUttered: {"model_id": "a model", "assistant_id": "videohjelp"},
        BotUttered: {"utter_action": "utter_greet"},
    }
    # The conversation that goes on in memory is as Rasa made it.
    assert shown.metadata["model_id"] == "a model"


async def test_of_what_a_message_may_mean_the_likeliest_are_kept(store: ConversationStore) -> None:
    ranking = [{"name": f"topic_{place}", "confidence": 0.5 / place} for place in range(1, 11)]
    parsed = {"text": "hei", "intent": ranking[0], "entities": [], "intent_ranking": ranking}
    tracker = await store.create_tracker("a")
    asked = UserUttered("hei", ranking[0], [], parsed)
    tracker.update(asked, store.domain)
    await store.save(tracker)
    kept = (await read(store, "a")).latest_message
    assert kept is not None
    assert kept.parse_data["intent_ranking"] == ranking[:5]
    assert kept.intent == ranking[0]
    # The message that is being answered keeps all: corrections and suggestions look further.
    assert asked.parse_data["intent_ranking"] == ranking
