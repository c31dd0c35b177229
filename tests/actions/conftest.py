"""Services in place of the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from actions import services
from tests.actions.samples import GUIDES
from videohjelp.handoff.store import CaseStore


@pytest.fixture
def sample_guides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guides of samples.py instead of the data's."""
    monkeypatch.setattr(services, "guides", lambda: GUIDES)


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[CaseStore]:
    """A case store on a database of its own."""
    # The actions store in a thread of their own.
    engine = sa.create_engine(
        f"sqlite:///{tmp_path / 'cases.db'}", connect_args={"check_same_thread": False}
    )
    store = CaseStore(engine)
    monkeypatch.setattr(services, "cases", lambda: store)
    yield store
    engine.dispose()
