"""Websites of hospitals that embed the widget, served from another origin than the assistant's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, Frame, Locator, Page, expect

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 667}

CONTENT = """
  <main>
    <h1>Videokonsultasjon</h1>
    <p><a id="first" href="/other">En annen side</a></p>
    <p><a class="ask" href="/contact">Spør oss</a></p>
    <p><button type="button" id="last">Knapp</button></p>
  </main>
"""


@dataclass
class Site:
    """A hospital's website. pages: path -> (HTML, headers)."""

    port: int
    assistant: str = ""
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """By a name that is not the assistant's: another site to the browser."""
        return f"http://localhost:{self.port}"

    @property
    def near(self) -> str:
        """By the assistant's own name: another origin of the same site, as a subdomain would be."""
        return f"http://127.0.0.1:{self.port}"

    def embed(self, attributes: str = 'data-language="nb"', file: str = "widget.js") -> str:
        """The line a hospital puts into its pages."""
        return f'<script type="module" src="{self.assistant}/{file}" {attributes}></script>'

    def put(
        self,
        path: str,
        head: str | None = None,
        headers: dict[str, str] | None = None,
        language: str = "nb",
    ) -> str:
        """A page with this in its head (the embedding line when None); gives its address."""
        html = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<title>Sykehuset</title><link rel="icon" href="data:,">'
            f"{self.embed() if head is None else head}</head><body>{CONTENT}</body></html>"
        )
        self.pages[path] = (html, headers or {})
        return self.origin + path


@contextmanager
def hospital_site(port: int = 0) -> Iterator[Site]:
    """A website on a port (0: a free one), until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, headers = site.pages.get(self.path, ("", {}))
            self.send_response(200 if html else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    site = Site(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def visitor(
    browser: Browser, size: dict[str, int] = WIDE, scale: float = 1, **context: str | bool
) -> Iterator[Page]:
    """A patient's browser window; a script error or a breach of the CSP in it fails the test."""
    window = browser.new_context(
        locale="nb-NO",
        viewport={"width": size["width"], "height": size["height"]},
        device_scale_factor=scale,
        **context,  # type: ignore[arg-type]
    )
    page = window.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None,
    )
    yield page
    window.close()
    assert errors == [], errors


def launcher(page: Page) -> Locator:
    """The button, by its place: its name changes with language and unread answers."""
    return page.locator("videohjelp-chat button.launcher")


def dialog(page: Page) -> Locator:
    """The dialog with the conversation."""
    return page.locator("videohjelp-chat dialog")


def chat_frame(page: Page) -> Frame:
    """The conversation page in its frame, once it has come."""
    title = page.frame_locator("videohjelp-chat iframe").locator("#title")
    expect(title).to_be_attached()
    return next(frame for frame in page.frames if "/chat?" in frame.url)


def open_chat(page: Page) -> Frame:
    """Opens by the launcher and waits for the conversation page."""
    launcher(page).click()
    frame = chat_frame(page)
    expect(page.locator("videohjelp-chat .waiting")).to_be_hidden()
    return frame


def start_conversation(page: Page) -> Frame:
    """Opens, starts, and waits for the welcome."""
    frame = open_chat(page)
    frame.locator("#begin").click()
    expect(frame.locator(".message.from-robot").first).to_be_visible()
    return frame


def has_focus(locator: Locator) -> bool:
    """Whether the element has the focus in its own document or shadow root."""
    return bool(locator.evaluate("one => one.getRootNode().activeElement === one"))
