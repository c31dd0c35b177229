"""The hospital's page with the widget, closed and open, by axe, in every view."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.widget.accessibility import violations

from .hospital import Site, launcher, open_chat, visitor

#: name -> (viewport, pixels per CSS pixel, colour scheme, forced colours)
VIEWS = {
    "wide": ((1280, 900), 1.0, "light", "none"),
    "320": ((320, 640), 1.0, "light", "none"),
    "200 %": ((640, 450), 2.0, "light", "none"),
    "400 %": ((320, 256), 4.0, "light", "none"),
    "dark": ((1280, 900), 1.0, "dark", "none"),
    "forced colours": ((1280, 900), 1.0, "light", "active"),
}


@pytest.mark.parametrize("view", VIEWS)
def test_axe_and_reflow_of_the_demonstration_page(
    browser: Browser, hospital: Site, view: str
) -> None:
    (width, height), scale, scheme, forced = VIEWS[view]
    size = {"width": width, "height": height}
    with visitor(browser, size, scale, color_scheme=scheme, forced_colors=forced) as page:
        page.goto(hospital.assistant)
        expect(launcher(page)).to_be_visible()
        assert violations(page) == []
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(sideways) == 0
        open_chat(page)
        assert violations(page) == []
        assert page.evaluate(sideways) == 0


@pytest.mark.parametrize("view", ["wide", "320", "400 %"])
def test_the_launcher_never_hides_what_has_the_focus(
    browser: Browser, hospital: Site, view: str
) -> None:
    """WCAG 2.2, 2.4.11 and 2.4.12, on a page with room at its end as docs/widget.md advises."""
    (width, height), scale, _, _ = VIEWS[view]
    covered = """() => {
      const one = document.activeElement;
      if (one === document.body || one.localName === "videohjelp-chat") return null;
      const { shadowRoot } = document.querySelector("videohjelp-chat");
      const button = shadowRoot.querySelector(".launcher");
      const [a, b] = [one.getBoundingClientRect(), button.getBoundingClientRect()];
      const beside = a.right <= b.left || a.left >= b.right;
      const apart = beside || a.bottom <= b.top || a.top >= b.bottom;
      return apart ? null : one.outerHTML;
    }"""
    with visitor(browser, {"width": width, "height": height}, scale) as page:
        page.goto(hospital.assistant)
        expect(launcher(page)).to_be_visible()
        for _ in range(20):
            page.keyboard.press("Tab")
            assert page.evaluate(covered) is None


def test_keyboard_only(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.goto(hospital.assistant)
        expect(launcher(page)).to_be_visible()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        frame = page.frame_locator("videohjelp-chat iframe")
        expect(frame.locator("#title")).to_be_focused()
        page.keyboard.press("Escape")
        # The frame tells the page to close it: the focus is not there at once.
        expect(launcher(page)).to_be_focused()
        page.keyboard.press("Enter")
        expect(launcher(page)).to_have_attribute("aria-expanded", "true")
        outline = "one => getComputedStyle(one).outlineStyle"
        page.keyboard.press("Escape")
        assert launcher(page).evaluate(outline) == "solid"
