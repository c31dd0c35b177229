"""Services in place of the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions import services
from tests.actions.samples import GUIDES
from videohjelp.handoff.store import CaseStore
from videohjelp.storage.schema import open_database


@pytest.fixture
def sample_guides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guides of samples.py instead of the data's."""
    monkeypatch.setattr(services, "guides", lambda: GUIDES)


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[CaseStore]:
    """A case store on a database of its own."""
    engine = open_database(f"sqlite:///{tmp_path / 'cases.db'}")
    store = CaseStore(engine)
    monkeypatch.setattr(services, "cases", lambda: store)
    yield store
    engine.dispose()
