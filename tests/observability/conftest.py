"""One server for all of these tests; it has ended when they look at what it showed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.observability.watched import Watched, watch


@pytest.fixture(scope="session")
def watched(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """What a server showed while patients wrote, and while it stopped."""
    return watch(tmp_path_factory.mktemp("watched"))
