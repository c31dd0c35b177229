"""Settings as a server for patients has them."""

from __future__ import annotations

import os

import pytest

from tests.security.production import PRODUCTION


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of a production server, without a fault, to be spoilt by a test."""
    for name in [name for name in os.environ if name.startswith("VIDEOHJELP_")]:
        monkeypatch.delenv(name)
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(f"VIDEOHJELP_{name}", value)
    return monkeypatch
