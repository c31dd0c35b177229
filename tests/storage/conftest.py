"""A real database of each kind, and a small domain, for the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain

from videohjelp.storage.tracker_store import ConversationStore

DOMAIN = """
version: "3.1"
intents: [greet]
entities: [device]
slots:
  device: {type: text, mappings: [{type: custom}]}
  tried: {type: list, mappings: [{type: custom}]}
  misunderstood: {type: float, initial_value: 0, mappings: [{type: custom}]}
forms:
  cancellation_form: {required_slots: [device]}
actions: [action_x]
"""

StoreMaker = Callable[..., ConversationStore]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a SQLite database may be; its folder does not exist yet."""
    return tmp_path / "var" / "conversations.db"


@pytest.fixture
def make_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreMaker]:
    """Makes stores on the same database."""
    monkeypatch.delenv("VIDEOHJELP_DATABASE_URL", raising=False)
    domain = Domain.from_yaml(DOMAIN)

    made: list[ConversationStore] = []

    def make(history_turns: int = 4, url: str = database_url) -> ConversationStore:
        made.append(ConversationStore(domain, database_url=url, history_turns=history_turns))
        return made[-1]

    yield make
    for store in made:
        store.engine.dispose()


@pytest.fixture
def store(make_store: StoreMaker) -> ConversationStore:
    """A store that reads back four of the patient's messages."""
    return make_store()
