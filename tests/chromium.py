"""Debian's Chromium for the tests that need a browser: where it is, and how it is started."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ANSWER_TIMEOUT_MS = 15_000
_LOOK_MS = 50


def wait_until(page: Page, expression: str, arg: Any = None) -> None:
    """Waits until JavaScript in the page is true, 15 s at most; then fails with the expression.

    Playwright's own `wait_for_function` evaluates a text within the page from its second look on,
    which our pages forbid (Content-Security-Policy).
    """
    end = time.monotonic() + ANSWER_TIMEOUT_MS / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"not true after {ANSWER_TIMEOUT_MS} ms: {expression}"
        page.wait_for_timeout(_LOOK_MS)


@contextmanager
def chromium(*args: str) -> Iterator[Browser]:
    """Chromium with more switches. Only for one module: while it runs, no asyncio test can."""
    expect.set_options(timeout=ANSWER_TIMEOUT_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, *args])
        yield started
        started.close()
