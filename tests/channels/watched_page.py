"""A page in a fresh browser, on which a script error or a breach of the CSP fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page


@contextmanager
def watched_page(browser: Browser, base_url: str, path: str) -> Iterator[Page]:
    """The page at a path of the server."""
    context = browser.new_context(
        base_url=base_url, locale="nb-NO", viewport={"width": 1280, "height": 900}
    )
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None,
    )
    opened.goto(path)
    yield opened
    context.close()
    assert errors == []
