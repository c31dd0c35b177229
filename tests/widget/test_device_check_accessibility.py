"""The device check by axe, on small screens and in forced colours, in each of its states."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.widget.accessibility import violations
from tests.widget.check_page import (
    ALLOW,
    advice,
    at,
    be_heard,
    chromium_with_devices,
    hear,
    opened,
    press,
    refuse_with,
    status,
    to_camera,
    to_microphone,
)

MAIN_CONTROL_PX = 44


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_with_devices(ALLOW, "--autoplay-policy=no-user-gesture-required") as started:
        yield started


def states(page: Page) -> Iterator[str]:
    """Leads through the whole check and stops at each state."""
    expect(page.locator(".device-check h2")).to_be_focused()
    yield "introduction"
    press(page, "Start sjekken")
    at(page, "Nettleser")
    yield "browser"
    press(page, "Neste")
    at(page, "Kamera")
    yield "camera, before"
    press(page, "Slå på kameraet")
    expect(page.get_by_text("Ser du deg selv?")).to_be_visible()
    yield "camera, own picture"
    press(page, "Nei")
    press(page, "Slå på mikrofonen")
    expect(page.get_by_role("meter", name="Lydnivå")).to_be_visible()
    yield "microphone, listening"
    expect(status(page)).to_have_text("Mikrofonen hører deg.")
    press(page, "Neste")
    press(page, "Spill prøvelyd")
    yield "sound, question"
    press(page, "Ja")
    page.route("**/api/chat/ping*", lambda route: route.abort())
    press(page, "Sjekk nettet")
    yield "connection, measuring"
    expect(status(page)).to_contain_text("Vi fikk ikke kontakt")
    yield "connection, none"
    press(page, "Neste")
    at(page, "Resultat")
    yield "result"
    press(page, "Ferdig")
    expect(page.get_by_role("heading", name="Sjekken er avsluttet")).to_be_focused()
    yield "end"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 844), (320, 256)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, server_url: str, scheme: str, size: tuple[int, int]
) -> None:
    viewport = {"width": size[0], "height": size[1]}
    with opened(browser, server_url, viewport=viewport, color_scheme=scheme) as page:
        for state in states(page):
            assert violations(page) == [], state
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size[0], state


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_when_refused(browser: Browser, server_url: str, scheme: str) -> None:
    refused = refuse_with("NotFoundError")
    with opened(browser, server_url, refused, color_scheme=scheme) as page:
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_be_visible()
        assert violations(page) == []


def test_forced_colours(browser: Browser, server_url: str) -> None:
    with opened(browser, server_url, forced_colors="active") as page:
        for state in states(page):
            assert violations(page) == [], state


def test_main_controls_are_large_enough(browser: Browser, server_url: str) -> None:
    with opened(browser, server_url, viewport={"width": 320, "height": 640}) as page:
        for state in states(page):
            for button in page.locator(".device-check button").all():
                box = button.bounding_box()
                assert box is not None
                assert min(box["width"], box["height"]) >= MAIN_CONTROL_PX, (state, button)


def test_each_step_takes_the_focus_and_there_is_one_live_region(
    browser: Browser, server_url: str
) -> None:
    with opened(browser, server_url) as page:
        for state in states(page):
            regions = page.locator("[role=status], [role=alert], [aria-live]").count()
            assert regions == (0 if state == "end" else 1), state
            focused = page.evaluate("document.activeElement.tagName")
            assert focused in ("H2", "BODY"), state


def test_text_twice_as_large(browser: Browser, server_url: str) -> None:
    larger = "document.documentElement.style.fontSize = '200%'"
    with opened(browser, server_url, viewport={"width": 640, "height": 800}) as page:
        page.evaluate(larger)
        to_microphone(page)
        be_heard(page)
        hear(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
