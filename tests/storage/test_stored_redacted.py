"""Nothing that identifies a patient reaches the disk: looked for in the files themselves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rasa.shared.core.events import BotUttered, EntitiesAdded, SlotSet, UserUttered

from tests.privacy.chance_digits import without_chance_digits
from tests.storage.conversations import play, read, texts, turn_events
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.directory.store import DirectoryFile
from videohjelp.language.appointment_entities import AppointmentTimeExtractor
from videohjelp.language.place_entities import PlaceExtractor
from videohjelp.privacy.redaction import redact
from videohjelp.settings import ROOT
from videohjelp.storage.tracker_store import ConversationStore

SECRETS = {
    "fødselsnummeret er 151086 95088": b"95088",
    "ring meg på 400 12 345": b"400 12 345",
    "rom 123456": b"123456",
    "pin 4711": b"4711",
    "ola.nordmann@gmail.com": b"nordmann",
}


@pytest.fixture
def database_url(file: Path) -> str:
    """A file that can be looked into."""
    return f"sqlite:///{file}"


def on_disk(file: Path) -> bytes:
    """The database with its write-ahead log and whatever lies beside it, less digits of chance."""
    content = b"".join(path.read_bytes() for path in sorted(file.parent.iterdir()))
    return without_chance_digits(content)


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


async def test_entities_are_redacted_too(store: ConversationStore, file: Path) -> None:
    """Whatever an extractor should take for one: the message's and those of its parse data."""
    number = "151086 95088"
    entities = [{"entity": "date", "value": number, "start": 0, "end": 12}]
    parsed = {"text": "hei", "intent": {"name": "greet"}, "entities": entities}
    tracker = await store.create_tracker("a")
    tracker.update(UserUttered("hei", parsed["intent"], entities, parsed), store.domain)
    tracker.update(EntitiesAdded(entities), store.domain)
    await store.save(tracker)
    assert b"95088" not in on_disk(file)
    assert b"[f\xc3\xb8dselsnummer]" in on_disk(file)


async def test_a_message_that_was_not_redacted_leaves_nothing_through_its_entities(
    store: ConversationStore, file: Path
) -> None:
    text = "fødselsnummer 24.12.70 12345, time på Haukeland torsdag 24.12.2026 kl 10.30"
    numbers = DirectoryFile(ROOT / "data" / "directory" / "departments.csv")
    places = PlaceExtractor(lambda: numbers.directory)
    entities = [*AppointmentTimeExtractor().find(text), *places.find(text)]
    assert [one["value"] for one in entities] == ["2026-12-24", "10:30", "haukeland"]
    tracker = await store.create_tracker("a")
    parsed = {"text": text, "intent": {"name": "greet"}, "entities": entities}
    tracker.update(UserUttered(text, parsed["intent"], entities, parsed), store.domain)
    await store.save(tracker)
    kept = (await read(store, "a")).latest_message
    assert kept is not None
    assert kept.entities == entities, "days, hours and ids are kept as they are"
    written = on_disk(file)
    assert not any(part in written for part in (b"12.70", b"1970", b"2070", b"12345"))


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


def test_no_id_of_the_directory_looks_like_a_number_that_is_taken_out() -> None:
    directory = DirectoryFile(ROOT / "data" / "directory" / "departments.csv").directory
    ids = [one.id for one in directory.hospitals] + [one.id for one in directory.entries]
    assert ids
    assert [id_ for id_ in ids if redact(id_, own_numbers()) != id_] == []
