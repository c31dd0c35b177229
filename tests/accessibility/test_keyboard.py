"""The main path by keyboard alone, from the hospital's page and back to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .views import VIEWS, View, seen
from .widget import NAME_QUESTION, Widget

MOST_PRESSES = 40


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    for _ in range(MOST_PRESSES):
        if target.evaluate("element => element.matches(':focus')"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not reach {target}")


@pytest.mark.parametrize("view", [VIEWS[0], VIEWS[1]], ids=lambda view: view.name)
def test_main_path_by_keyboard_alone(browser: Browser, page_url: str, view: View) -> None:
    with seen(browser, page_url, view) as page:
        widget = Widget(page)
        reach(page, widget.launcher)
        expect(widget.dialog).to_be_hidden()
        page.keyboard.press("Enter")
        expect(widget.begin).to_be_visible()
        expect(widget.chat.locator("#title")).to_be_focused()
        reach(page, widget.begin)
        expect(widget.robot).to_have_count(0)
        page.keyboard.press("Enter")
        expect(widget.robot).not_to_have_count(0)

        first = widget.replies.first
        reach(page, first, "Shift+Tab" if view is VIEWS[0] else "Tab")
        answer = widget.next_answer()
        page.keyboard.press("Enter")
        expect(answer).to_be_visible()
        reach(page, widget.field)
        answer = widget.next_answer()
        page.keyboard.type(NAME_QUESTION)
        expect(answer).to_be_hidden()
        page.keyboard.press("Enter")
        expect(answer).to_be_visible()
        expect(widget.field).to_be_focused()

        page.keyboard.press("Escape")
        expect(widget.dialog).to_be_hidden()
        expect(widget.launcher).to_be_focused()
