"""One browser and one server for all tests of accessibility."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from .views import FAKE_DEVICES

CHROMIUM = "/usr/bin/chromium"
ANSWER_TIMEOUT_MS = 15_000


@pytest.fixture(scope="session")
def page_url(request: pytest.FixtureRequest) -> str:
    """The server under test, without a final slash: one already running, or the tests' own."""
    running = os.environ.get("VIDEOHJELP_TEST_URL")
    url: str = running or request.getfixturevalue("server_url")
    return url.rstrip("/")


@pytest.fixture(scope="module")
def browser(page_url: str) -> Iterator[Browser]:
    """Chromium. Only for one module: while it runs, no asyncio test can."""
    expect.set_options(timeout=ANSWER_TIMEOUT_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", *FAKE_DEVICES],
        )
        yield started
        started.close()
