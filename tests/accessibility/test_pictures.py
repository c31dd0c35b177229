"""The pictures of the README: taken in every run, replaced only with VIDEOHJELP_PICTURES=1."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.server_process import ROOT

from .views import View, seen
from .widget import NAME_QUESTION, Widget

PICTURES = ROOT / "docs" / "pictures"
LARGEST_BYTES = 200_000
WIDE, PHONE = View("wide", 1280, 800), View("phone", 390, 780)


def take(page: Page, folder: Path, name: str) -> None:
    """Takes a picture; puts it into docs/pictures when that is asked for."""
    picture = folder / name
    page.screenshot(path=picture, animations="disabled")
    assert 5_000 < picture.stat().st_size < LARGEST_BYTES
    if os.environ.get("VIDEOHJELP_PICTURES"):
        shutil.copy(picture, PICTURES / name)
    assert (PICTURES / name).is_file(), "take it with VIDEOHJELP_PICTURES=1"


def test_the_widget_on_a_page(browser: Browser, page_url: str, tmp_path: Path) -> None:
    with seen(browser, page_url, WIDE) as page:
        widget = Widget(page)
        widget.open()
        widget.start()
        widget.ask(NAME_QUESTION)
        take(page, tmp_path, "widget-demo.png")


def test_the_conversation_on_a_phone(browser: Browser, page_url: str, tmp_path: Path) -> None:
    with seen(browser, f"{page_url}/chat?language=nb", PHONE) as page:
        page.locator("#begin").click()
        expect(page.locator(".message.from-robot")).not_to_have_count(0)
        take(page, tmp_path, "chat-phone.png")


def test_the_device_check(browser: Browser, page_url: str, tmp_path: Path) -> None:
    with seen(browser, f"{page_url}/device-check?language=nb", PHONE) as page:
        expect(page.locator("h2").first).to_be_visible()
        take(page, tmp_path, "device-check.png")
