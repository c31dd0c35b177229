"""Nothing that identifies a patient reaches the disk: looked for in the files themselves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rasa.shared.core.events import BotUttered, SlotSet

from tests.storage.conversations import play, read, texts, turn_events
from videohjelp.storage.tracker_store import ConversationStore

SECRETS = {
    "fødselsnummeret er 151086 95088": b"95088",
    "ring meg på 400 12 345": b"400 12 345",
    "rom 123456": b"123456",
    "pin 4711": b"4711",
    "ola.nordmann@gmail.com": b"nordmann",
}


def on_disk(file: Path) -> bytes:
    """The database with its write-ahead log and whatever else lies beside it."""
    return b"".join(path.read_bytes() for path in sorted(file.parent.iterdir()))


def wal_size(file: Path) -> int:
    """The length of the write-ahead log, in bytes."""
    return file.with_name(file.name + "-wal").stat().st_size


@pytest.mark.parametrize("secret", SECRETS)
async def test_texts_and_slots_are_redacted_before_they_are_written(
    store: ConversationStore, file: Path, secret: str
) -> None:
    # A second reader keeps the write-ahead log from being folded into the file.
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("SELECT count(*) FROM conversation_events").fetchone()
        await play(store, "a", secret, SlotSet("device", secret), SlotSet("tried", [secret]))
        assert wal_size(file) > 0
        written = on_disk(file)
    assert b"action_listen" in written, "the events must be there to be looked into"
    assert SECRETS[secret] not in written
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT data FROM conversation_events").fetchall()
    assert len(rows) == 7
    assert not any(SECRETS[secret].decode() in data for (data,) in rows)
    assert "[" in str(texts(await read(store, "a"))[0])


async def test_slots_in_a_checkpoint_are_redacted_too(store: ConversationStore, file: Path) -> None:
    tracker = await store.create_tracker("a")
    for number in range(20):
        slots = [SlotSet("device", "rom 123456")] if number == 0 else []
        for event in turn_events(f"melding {number}", *slots):
            tracker.update(event, store.domain)
    await store.save(tracker)
    with sqlite3.connect(file) as connection:
        (state,) = connection.execute("SELECT state FROM conversation_checkpoints").fetchone()
    assert "[romnummer]" in state
    assert b"123456" not in on_disk(file)


async def test_what_the_assistant_said_is_kept_word_for_word(
    store: ConversationStore, file: Path
) -> None:
    await play(store, "a", "hjelp", BotUttered("Ring 55 97 65 51. Testrommet er 998112."))
    assert b"Ring 55 97 65 51. Testrommet er 998112." in on_disk(file)


async def test_own_words_around_are_kept(store: ConversationStore) -> None:
    await play(store, "a", "Timen 24.12.2026 kl. 10.30, pin 4711")
    assert texts(await read(store, "a")) == ["Timen 24.12.2026 kl. 10.30, pin [pin-kode]"]
