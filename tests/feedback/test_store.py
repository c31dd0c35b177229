from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from videohjelp.feedback.store import FeedbackStore, Opinion
from videohjelp.storage.schema import open_database

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=timezone.utc)


@pytest.fixture
def store(database_url: str) -> FeedbackStore:
    """A store on a new database."""
    return FeedbackStore(open_database(database_url))


def test_the_latest_opinion_of_an_answer_counts(store: FeedbackStore) -> None:
    store.save(Opinion("web-a", 3, "up", NOW))
    store.save(Opinion("web-a", 3, "down", NOW, comment="Nei", response="utter_payment"))
    store.save(Opinion("web-a", 9, "up", NOW))
    assert store.ratings("web-a") == {3: "down", 9: "up"}
    assert store.ratings("web-b") == {}


def test_it_is_taken_back(store: FeedbackStore) -> None:
    store.save(Opinion("web-a", 3, "up", NOW))
    store.save(Opinion("web-b", 3, "up", NOW))
    store.withdraw("web-a", 3)
    store.withdraw("web-a", 4)
    assert store.ratings("web-a") == {}
    assert store.ratings("web-b") == {3: "up"}


def test_old_ones_are_deleted(store: FeedbackStore) -> None:
    store.save(Opinion("web-a", 3, "up", NOW - timedelta(days=31)))
    store.save(Opinion("web-a", 4, "up", NOW - timedelta(days=29)))
    assert store.delete_before(NOW - timedelta(days=30)) == 1
    assert store.ratings("web-a") == {4: "up"}


def test_a_moment_without_a_zone_is_refused(store: FeedbackStore) -> None:
    with pytest.raises(Exception, match="time zone"):
        store.save(Opinion("web-a", 3, "up", datetime(2026, 11, 27)))
