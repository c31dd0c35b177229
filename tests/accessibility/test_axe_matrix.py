"""axe in every state of the widget and every view: nothing found, AAA and best practices too."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import TAGS, Violation, prepare, violations
from .views import VIEWS, View, seen
from .widget import GUIDE_QUESTION, MESSAGES, NAME_QUESTION, TOO_LONG, Widget


class Findings:
    """What was found in which state."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.found: dict[str, list[Violation]] = {}
        self.states: list[str] = []

    def look(self, state: str) -> None:
        """Lets axe look at the present state."""
        self.states.append(state)
        if found := violations(self._page):
            self.found[state] = found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_nothing_is_found_in_any_state(browser: Browser, page_url: str, view: View) -> None:
    with seen(browser, page_url, view) as page:
        widget, findings = Widget(page), Findings(page)
        expect(widget.launcher).to_be_visible()
        findings.look("closed")
        widget.open()
        findings.look("open")
        widget.start()
        findings.look("welcome")
        widget.ask(NAME_QUESTION)
        findings.look("conversation")
        widget.ask(GUIDE_QUESTION)
        widget.reply()
        findings.look("flow")
        widget.menu()
        findings.look("menu")
        widget.close_menu()
        page.route(MESSAGES, lambda route: route.abort())
        widget.write("hei")
        widget.field.fill(TOO_LONG)
        expect(widget.chat.locator("#error p")).to_be_visible()
        expect(widget.chat.locator("#connection")).to_be_visible()
        findings.look("errors")
        widget.chat.locator("#minimise").click()
        expect(widget.launcher).to_be_visible()
        findings.look("closed again")
    assert findings.found == {}
    assert len(findings.states) == 8


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_nothing_is_found_in_the_device_check(browser: Browser, page_url: str, view: View) -> None:
    with seen(browser, f"{page_url}/device-check?language=nb", view) as page:
        findings = Findings(page)
        expect(page.get_by_role("heading").first).to_be_visible()
        findings.look("before the check")
        page.get_by_role("button").first.click()
        page.wait_for_timeout(1500)
        findings.look("in the check")
    assert findings.found == {}


@pytest.mark.parametrize("language", ["nn", "en"])
@pytest.mark.parametrize("path", ["chat", "device-check"])
def test_nothing_is_found_in_the_other_languages(
    browser: Browser, page_url: str, path: str, language: str
) -> None:
    view = View("wide", 1280, 900)
    with seen(browser, f"{page_url}/{path}?language={language}", view) as page:
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert violations(page) == []


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("button-name", "document.querySelector('#begin').textContent = ''"),
        ("color-contrast", "document.querySelector('.lead').style.color = '#999'"),
        ("color-contrast-enhanced", "document.querySelector('.lead').style.color = '#666'"),
        ("heading-order", "document.querySelector('h2').setAttribute('aria-level', '5')"),
        ("valid-lang", "document.querySelector('label[lang]').lang = 'norsk'"),
    ],
)
def test_a_fault_in_the_frame_is_found(
    browser: Browser, page_url: str, rule: str, fault: str
) -> None:
    with seen(browser, page_url, VIEWS[0]) as page:
        widget = Widget(page)
        widget.open()
        assert rule not in {found[0] for found in violations(page)}
        widget.chat.locator("body").evaluate(f"() => {{ {fault} }}")
        assert rule in {found[0] for found in violations(page)}


def test_the_tags_are_those_of_axe(browser: Browser, page_url: str) -> None:
    with seen(browser, f"{page_url}/chat", VIEWS[0]) as page:
        prepare(page)
        rules: list[dict[str, Any]] = page.evaluate("axe.getRules()")
    known = {tag for rule in rules for tag in rule["tags"]}
    assert set(TAGS) <= known
    levels = {tag for tag in known if tag.startswith("wcag2") and not tag[-1].isdigit()}
    assert {tag for tag in levels if not tag.endswith("-obsolete")} <= set(TAGS)
