"""What axe cannot see: reflow, spacing, focus, sizes, motion, colour and languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from .views import VIEWS, View, seen
from .widget import NAME_QUESTION, TOO_LONG, Widget

WIDE, NARROW, _, ENLARGED = VIEWS[:4]
# In every frame: how far it can be scrolled sideways.
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The spacing of WCAG 1.4.12, for every element.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# Texts that do not fit into the element they stand in.
CUT = """() => [...document.querySelectorAll("button, p, h1, h2, label, li, legend, a")]
  .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden"))
  .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflow))
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent)"""
SMALL = """() => [...document.querySelectorAll("button, summary, textarea, label:has(input)")]
  .map((one) => [one.textContent.trim() || one.id, one.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
  .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
# The focused element: where it is, whether a ring is drawn, and whether something lies over it.
FOCUSED = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const ringed = [one, one.parentElement].some((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  });
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  const inside = box.bottom > 0 && box.top < innerHeight;
  const free = top !== null && (one.contains(top) || top.contains(one) || top.labels !== undefined);
  return { name: one.textContent.trim().slice(0, 40) || one.id, ringed, seen: inside && free };
}"""


def chat_frame(page: Page) -> Page:
    """Waits until the conversation page, here on an address of its own, is ready."""
    expect(page.locator("#begin")).to_be_visible()
    return page


def start(page: Page) -> None:
    """Starts a conversation there and asks a question."""
    page.locator("#begin").click()
    expect(page.locator(".message.from-robot")).not_to_have_count(0)
    before = page.locator(".message.from-robot").count()
    page.locator("#text").fill(NAME_QUESTION)
    page.locator("#text").press("Enter")
    expect(page.locator(".message.from-robot").nth(before)).to_be_visible()


@pytest.mark.parametrize("view", [NARROW, ENLARGED], ids=lambda view: view.name)
def test_nothing_scrolls_sideways(browser: Browser, page_url: str, view: View) -> None:
    with seen(browser, page_url, view) as page:
        widget = Widget(page)

        def sideways() -> list[int]:
            return [frame.evaluate(SIDEWAYS) for frame in page.frames]

        assert max(sideways()) <= 0
        widget.open()
        assert max(sideways()) <= 0
        widget.start()
        widget.ask(NAME_QUESTION)
        widget.field.fill(TOO_LONG)
        assert max(sideways()) <= 0
        assert widget.chat.locator("#log").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        widget.menu()
        assert max(sideways()) <= 0
        widget.chat.locator("body").evaluate("body => { body.style.minWidth = '400px' }")
        assert max(sideways()) > 0, "this test would not see it"


@pytest.mark.parametrize("view", [WIDE, NARROW], ids=lambda view: view.name)
def test_wide_text_spacing_cuts_nothing(browser: Browser, page_url: str, view: View) -> None:
    with seen(browser, f"{page_url}/chat", view) as page:
        chat_frame(page).evaluate(SPACING)
        assert page.evaluate(CUT) == []
        start(page)
        assert page.evaluate(CUT) == []
        assert page.evaluate(SIDEWAYS) <= 0
        page.locator("#menu-open").click()
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("view", [WIDE, ENLARGED], ids=lambda view: view.name)
def test_focus_is_seen_and_not_covered(browser: Browser, page_url: str, view: View) -> None:
    with seen(browser, f"{page_url}/chat", view) as page:
        start(chat_frame(page))
        page.locator("h1").focus()
        names = []
        for _ in range(8):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if not focused["name"] or not page.evaluate("document.hasFocus()"):
                break
            names.append(focused["name"])
            assert focused["ringed"], focused
            assert focused["seen"], focused
        assert len(names) >= 4


def test_targets_are_big_enough(browser: Browser, page_url: str) -> None:
    with seen(browser, f"{page_url}/chat", NARROW) as page:
        assert chat_frame(page).evaluate(SMALL) == []
        start(page)
        assert page.evaluate(SMALL) == []
        page.locator("#menu-open").click()
        assert page.evaluate(SMALL) == []


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, page_url: str) -> None:
    with seen(browser, f"{page_url}/chat", WIDE) as page:
        page.emulate_media(reduced_motion="reduce")
        start(chat_frame(page))
        moving = """() => document.getAnimations().filter((one) =>
          one.effect.getComputedTiming().duration > 10).length"""
        assert page.evaluate(moving) == 0
        page.locator("#menu-open").click()
        assert page.evaluate(moving) == 0


def test_nothing_by_colour_alone(browser: Browser, page_url: str) -> None:
    with seen(browser, f"{page_url}/chat", WIDE) as page:
        start(chat_frame(page))
        expect(page.locator(".message.from-user").first).to_contain_text("Du")
        expect(page.locator(".message.from-robot").first).to_contain_text("Robot")
        reply = page.locator(".message .choices button").first
        reply.click()
        expect(page.get_by_role("button", name="(valgt)")).to_be_visible()
        plain = """() => [...document.querySelectorAll("main a")]
          .filter((one) => one.checkVisibility())
          .map((one) => getComputedStyle(one).textDecorationLine)
          .filter((line) => !line.includes("underline")).length"""
        assert page.evaluate(plain) == 0


def test_text_in_another_language_says_so(browser: Browser, page_url: str) -> None:
    with seen(browser, f"{page_url}/chat?language=nb", WIDE) as page:
        chat_frame(page)
        assert page.locator("#languages label:has-text('English')").get_attribute("lang") == "en"
        start(page)
        expect(page.locator(".message.from-robot").first).to_have_attribute("lang", "nb")
        page.locator("#menu-open").click()
        page.locator("#menu-languages").get_by_text("English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator(".message.from-robot").first).to_have_attribute("lang", "nb")
