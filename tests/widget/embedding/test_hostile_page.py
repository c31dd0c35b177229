"""A page whose style sheet spoils everything: the widget looks and works as on any other."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from .hospital import Site, chat_frame, dialog, launcher, open_chat, visitor

HOSTILE = """
  <style>
    * { all: unset !important; }
    html { font-size: 62.5% !important; }
    button { display: none !important; }
    dialog, iframe, div, span { display: none !important; visibility: hidden !important; }
    videohjelp-chat { opacity: 0 !important; font-size: 3px !important; color: red !important; }
    :root { --button: red; --on: red; --surface: red; --text: red; }
  </style>
"""

LOOK = """() => {
  const { shadowRoot } = document.querySelector("videohjelp-chat");
  const names = ["display", "visibility", "opacity", "position", "fontSize", "fontFamily", "color",
    "backgroundColor", "borderTopWidth", "borderTopLeftRadius", "cursor", "width", "height"];
  return [".launcher", "dialog", "iframe"].map((selector) => {
    const one = shadowRoot.querySelector(selector);
    const style = one ? getComputedStyle(one) : {};
    return Object.fromEntries(names.map((name) => [name, style[name]]));
  });
}"""


def _looks(page: Page) -> Any:
    closed = page.evaluate(LOOK)
    open_chat(page)
    # The button goes a moment after the chat is there; a quick page is open before that.
    launcher(page).wait_for(state="hidden")
    return closed, page.evaluate(LOOK)


def test_a_hostile_style_sheet_changes_nothing(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.goto(hospital.put("/plain"))
        plain = _looks(page)
    with visitor(browser) as page:
        page.goto(hospital.put("/hostile", HOSTILE + hospital.embed()))
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px"
        hostile = _looks(page)
        chat_frame(page).locator("#minimise").click()
        dialog(page).wait_for(state="hidden")
        assert launcher(page).is_visible()
    assert hostile == plain


def test_a_larger_text_of_the_browser_is_followed(browser: Browser, hospital: Site) -> None:
    """62.5 % does not shrink the button, but whoever needs larger text gets it."""
    with visitor(browser) as page:
        page.goto(hospital.put("/", "<style>html { font-size: 24px; }</style>" + hospital.embed()))
        assert launcher(page).evaluate("one => getComputedStyle(one).fontSize") == "27px"
