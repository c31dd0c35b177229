"""A hospital's website, the assistant that it has approved, and a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import chromium
from tests.server_process import running_server

from .hospital import Site, hospital_site, visitor


@pytest.fixture(scope="session")
def hospital(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A website whose origin the assistant under test has on its list.

    With VIDEOHJELP_TEST_URL the assistant is one already running, which must have approved
    localhost and 127.0.0.1 on VIDEOHJELP_TEST_HOSPITAL_PORT.
    """
    with hospital_site(int(os.environ.get("VIDEOHJELP_TEST_HOSPITAL_PORT", "0"))) as site:
        if running := os.environ.get("VIDEOHJELP_TEST_URL"):
            site.assistant = running.rstrip("/")
            yield site
            return
        approved = f'["{site.origin}", "{site.near}"]'
        request.getfixturevalue("model")
        folder = tmp_path_factory.mktemp("embedding")
        with running_server(folder, EMBED_ORIGINS=approved) as server:
            site.assistant = server.url
            yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Only for one module: while it runs, no asyncio test can."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, hospital: Site) -> Iterator[Page]:
    """A page of the hospital's with the widget, on a wide screen."""
    with visitor(browser) as opened:
        opened.goto(hospital.put("/"))
        yield opened
