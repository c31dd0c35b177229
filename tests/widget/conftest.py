"""A browser for the tests of the chat page."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.channels.watched_page import watched_page
from tests.chromium import chromium


@pytest.fixture(scope="session")
def page_url(request: pytest.FixtureRequest) -> str:
    """The server under test, without a final slash: one already running, or the tests' own."""
    running = os.environ.get("VIDEOHJELP_TEST_URL")
    url: str = running or request.getfixturevalue("server_url")
    return url.rstrip("/")


@pytest.fixture(scope="module")
def browser(page_url: str) -> Iterator[Browser]:
    """Chromium. Only for one module: while it runs, no asyncio test can."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    """The chat page in a fresh browser, before the conversation; a script or CSP error fails."""
    with watched_page(browser, page_url, "/chat?language=nb") as opened:
        yield opened
