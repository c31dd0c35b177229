"""From page to page in one tab: only after the patient has started, and never over a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import wait_until

from .hospital import (
    PHONE,
    Site,
    chat_frame,
    dialog,
    launcher,
    open_chat,
    start_conversation,
    visitor,
)


@pytest.fixture
def page(browser: Browser, hospital: Site) -> Iterator[Page]:
    """A page of the same site as the assistant: the browser then lets the frame store something."""
    with visitor(browser) as opened:
        hospital.put("/")
        opened.goto(hospital.near)
        yield opened


def _next_page(hospital: Site) -> str:
    hospital.put("/other")
    return f"{hospital.near}/other"


def test_open_without_a_conversation_is_not_remembered(page: Page, hospital: Site) -> None:
    open_chat(page)
    page.goto(_next_page(hospital))
    expect(launcher(page)).to_be_visible()
    expect(dialog(page)).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0


def test_an_open_conversation_is_open_on_the_next_page(page: Page, hospital: Site) -> None:
    said = start_conversation(page).locator("#log .bubble").all_inner_texts()
    page.goto(_next_page(hospital))
    expect(dialog(page)).to_be_visible()
    frame = chat_frame(page)
    expect(frame.locator("#log .bubble")).to_have_count(len(said))
    assert frame.locator("#log .bubble").all_inner_texts() == said
    # The patient reads the new page: the focus is not taken from it.
    assert page.evaluate("document.activeElement === document.body")
    expect(launcher(page)).to_have_attribute("aria-expanded", "true")


def test_a_minimised_conversation_stays_so_and_counts(page: Page, hospital: Site) -> None:
    start_conversation(page).locator("#minimise").click()
    expect(dialog(page)).to_be_hidden()
    page.goto(_next_page(hospital))
    wait_until(
        page,
        "document.querySelector('videohjelp-chat').shadowRoot.querySelector('iframe') !== null",
    )
    expect(dialog(page)).to_be_hidden()
    expect(launcher(page)).to_be_visible()


def test_on_a_phone_the_new_page_is_not_covered(browser: Browser, hospital: Site) -> None:
    with visitor(browser, PHONE) as page:
        hospital.put("/")
        page.goto(hospital.near)
        start_conversation(page)
        page.goto(_next_page(hospital))
        expect(launcher(page)).to_be_visible()
        page.wait_for_timeout(500)
        expect(dialog(page)).to_be_hidden()
        frame = open_chat(page)
        expect(frame.locator("#log")).to_be_visible()


def test_the_end_of_the_conversation_is_the_end_of_remembering(page: Page, hospital: Site) -> None:
    frame = start_conversation(page)
    assert page.evaluate("sessionStorage.length") == 1
    frame.evaluate("parent.postMessage({ videohjelp: 'ended' }, '*')")
    wait_until(page, "sessionStorage.length === 0")


def test_another_tab_knows_nothing(page: Page, hospital: Site) -> None:
    start_conversation(page)
    other = page.context.new_page()
    other.goto(_next_page(hospital))
    expect(launcher(other)).to_be_visible()
    expect(dialog(other)).to_be_hidden()


def test_forbidden_storage_is_no_obstacle(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.add_init_script("""
          if (self === top) {
            Object.defineProperty(window, "sessionStorage", {
              get() { throw new DOMException("no", "SecurityError"); },
            });
          }
        """)
        page.goto(hospital.put("/"))
        start_conversation(page)


def test_where_the_frame_may_store_nothing_the_next_page_begins_anew(
    browser: Browser, hospital: Site
) -> None:
    """Chromium with third-party storage off, for a hospital on another site."""
    with visitor(browser) as page:
        page.goto(hospital.put("/"))
        frame = start_conversation(page)
        denied = "(() => { try { sessionStorage; return false; } catch { return true; } })()"
        assert frame.evaluate(denied)
        page.goto(hospital.put("/other"))
        wait_until(page, "sessionStorage.length === 0")
        expect(dialog(page)).to_be_hidden()
        expect(launcher(page)).to_be_visible()
