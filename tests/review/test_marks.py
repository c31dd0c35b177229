"""Marks of staff on patients' messages, in a real database file."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from videohjelp.review.marks import MarkError, MarkStore
from videohjelp.storage.schema import open_database

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone.utc)
TOPICS = ("no_sound", "camera_not_working", "out_of_scope")


@pytest.fixture
def store(database_url: str) -> MarkStore:
    """An empty store."""
    return MarkStore(open_database(database_url), TOPICS, {"55976551"})


def test_a_mark_is_kept(store: MarkStore) -> None:
    store.add("eg høyre ingenting", "no_sound", "dialect", NOW)
    (mark,) = store.all()
    assert (mark.text, mark.topic, mark.variety) == ("eg høyre ingenting", "no_sound", "dialect")
    assert mark.marked_at == NOW


def test_the_last_mark_of_a_text_counts(store: MarkStore) -> None:
    store.add("alt er svart", "no_sound", "bokmaal", NOW)
    store.add("alt er svart", "camera_not_working", "bokmaal", NOW)
    assert [mark.topic for mark in store.all()] == ["camera_not_working"]


def test_numbers_of_a_person_are_taken_out(store: MarkStore) -> None:
    store.add("ring meg på 911 22 333, ikke 55 97 65 51", "no_sound", "bokmaal", NOW)
    (mark,) = store.all()
    assert "911" not in mark.text
    assert "55 97 65 51" in mark.text


@pytest.mark.parametrize(
    ("topic", "variety", "kind", "named"),
    [
        ("no_sond", "bokmaal", "", "no_sond"),
        ("no_sound", "dansk", "", "dansk"),
        ("no_sound", "bokmaal", "odd", "odd"),
    ],
)
def test_what_is_not_known_is_refused(
    store: MarkStore, topic: str, variety: str, kind: str, named: str
) -> None:
    with pytest.raises(MarkError, match=named):
        store.add("lyden er borte", topic, variety, NOW, kind)
    assert store.all() == ()


def test_an_empty_message_is_refused(store: MarkStore) -> None:
    with pytest.raises(MarkError, match="empty"):
        store.add("   ", "no_sound", "bokmaal", NOW)


def test_a_mark_can_be_taken_away(store: MarkStore) -> None:
    store.add("lyden er borte", "no_sound", "bokmaal", NOW)
    assert store.remove("lyden er borte")
    assert not store.remove("lyden er borte")
    assert store.all() == ()
