"""One browser and one server for all tests of accessibility."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.widget.conftest import ANSWER_TIMEOUT_MS, CHROMIUM, CHROMIUM_ARGS, page_url

from .views import FAKE_DEVICES

__all__ = ["browser", "page_url"]


@pytest.fixture(scope="module")
def browser(page_url: str) -> Iterator[Browser]:
    """Chromium. Only for one module: while it runs, no asyncio test can."""
    expect.set_options(timeout=ANSWER_TIMEOUT_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[*CHROMIUM_ARGS, *FAKE_DEVICES],
        )
        yield started
        started.close()
