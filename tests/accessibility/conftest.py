"""One browser and one server for all tests of accessibility."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium
from tests.widget.conftest import page_url

from .views import FAKE_DEVICES

__all__ = ["browser", "page_url"]


@pytest.fixture(scope="module")
def browser(page_url: str) -> Iterator[Browser]:
    """Chromium. Only for one module: while it runs, no asyncio test can."""
    with chromium(*FAKE_DEVICES) as started:
        yield started
