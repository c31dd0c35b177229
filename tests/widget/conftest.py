"""A browser for the tests of the chat page."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.channels.watched_page import watched_page

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
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
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    """The chat page in a fresh browser, before the conversation; a script or CSP error fails."""
    with watched_page(browser, page_url, "/chat?language=nb") as opened:
        yield opened
