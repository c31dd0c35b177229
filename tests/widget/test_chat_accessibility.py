"""The chat page by keyboard, with a screen reader, on small screens, and by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .accessibility import LISTEN, violations
from .chat_page import (
    LONGEST,
    MESSAGES,
    NAME_QUESTION,
    ask,
    choose,
    field,
    open_menu,
    own,
    robot,
    start,
    tab_to,
    write,
)


def test_whole_conversation_by_keyboard(page: Page) -> None:
    tab_to(page, page.locator("#languages").get_by_label("Bokmål"))
    tab_to(page, page.get_by_role("button", name="Start samtalen"))
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()

    choice = robot(page).first.get_by_role("button").first
    tab_to(page, choice, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(robot(page).nth(1)).to_be_visible()
    expect(page.get_by_role("button", name="(valgt)")).to_be_focused()

    tab_to(page, field(page))
    count = robot(page).count()
    page.keyboard.type(NAME_QUESTION)
    page.keyboard.press("Enter")
    expect(robot(page).nth(count)).to_be_visible()
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")

    menu = page.get_by_role("button", name="Meny")
    tab_to(page, menu, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Meny")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    for confirmed in (False, True):
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("button", name="Slett samtalen", exact=True))
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Vil du slette samtalen?")
        if not confirmed:
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_be_hidden()
            expect(menu).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Ja, slett samtalen"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Samtalen er slettet.")).to_be_focused()


def test_one_announcement_per_turn(page: Page) -> None:
    page.evaluate(LISTEN)
    start(page)
    ask(page, NAME_QUESTION)
    expect(robot(page).filter(has_text="join.nhn.no").last).to_be_visible()
    page.wait_for_timeout(1_000)  # it is said once the focus is where it goes
    heard = page.evaluate("window.heard")
    assert len(heard) == 2
    assert [children for _, children in heard] == [1, 1]
    assert all(text.startswith("Robot: ") for text, _ in heard)
    assert "join.nhn.no" in heard[1][0]
    assert not any(NAME_QUESTION in text for text, _ in heard)
    robot(page).last.get_by_role("button").or_(page.locator("#text")).first.focus()
    page.reload()
    page.evaluate(LISTEN)
    expect(robot(page).nth(1)).to_be_visible()
    assert page.evaluate("window.heard") == []


def test_announcements_are_taken_away_again(page: Page) -> None:
    page.clock.install()
    start(page)
    expect(page.locator("#announcer p")).to_have_count(1)
    page.clock.fast_forward(7_500)
    expect(page.locator("#announcer p")).to_have_count(0)


def test_typing_text_comes_after_a_while(page: Page) -> None:
    start(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(MESSAGES, hold)
    write(page, NAME_QUESTION)
    typing = page.get_by_role("status")
    assert typing.inner_text() == ""
    expect(typing).to_have_text("Roboten skriver …")
    held[0].continue_()
    expect(robot(page).filter(has_text="join.nhn.no").last).to_be_visible()
    expect(typing).to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844), (320, 256)])
def test_axe_finds_nothing(page: Page, scheme: str, width: int, height: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": height})
    expect(page.locator("#begin")).to_be_visible()
    assert violations(page) == [], "before the conversation"

    start(page)
    assert violations(page) == [], "welcome"
    robot(page).first.get_by_role("button").first.click()
    expect(robot(page).nth(1)).to_be_visible()
    ask(page, NAME_QUESTION)
    assert violations(page) == [], "conversation"

    page.route(MESSAGES, lambda route: route.abort())
    write(page, "hei")
    expect(own(page).last).to_contain_text("Ikke sendt")
    field(page).fill("a" * (LONGEST + 1))
    expect(page.locator("#error p")).to_be_visible()
    assert violations(page) == [], "errors"

    open_menu(page)
    assert violations(page) == [], "menu"
    page.get_by_role("button", name="Slett samtalen").click()
    assert violations(page) == [], "dialog"
    page.get_by_role("button", name="Avbryt").click()
    choose(page, "Telefon og åpningstider")
    expect(page.get_by_role("dialog").get_by_role("link", name="113")).to_be_visible()
    assert violations(page) == [], "telephones"


@pytest.mark.parametrize("height", [640, 256])
def test_no_sideways_scroll_at_320_pixels(page: Page, height: int) -> None:
    page.set_viewport_size({"width": 320, "height": height})
    widths = "[document.documentElement.scrollWidth, document.getElementById('log').scrollWidth]"
    expect(page.locator("#begin")).to_be_visible()
    assert max(page.evaluate(widths)) <= 320
    start(page)
    ask(page, NAME_QUESTION)
    field(page).fill("a" * (LONGEST + 20))
    assert max(page.evaluate(widths)) <= 320
    open_menu(page)
    box = page.locator("#menu").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert max(page.evaluate(widths)) <= 320


def test_nothing_sticks_on_a_low_screen(page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 320})
    start(page)
    stuck = """[...document.querySelectorAll('body, body *')].filter(element =>
      ['sticky', 'fixed'].includes(getComputedStyle(element).position)
      && element.checkVisibility()).length"""
    assert page.evaluate(stuck) == 0
    expect(page.get_by_role("log")).to_have_css("overflow-y", "visible")
    expect(robot(page).first.locator("p").first).to_be_in_viewport()


def test_targets_are_big_enough(page: Page) -> None:
    small = """[...document.querySelectorAll('button, summary, textarea, label:has(input)')]
      .map(element => [element.textContent, element.getBoundingClientRect()])
      .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 44))
      .map(([text]) => text)"""
    expect(page.locator("#begin")).to_be_visible()
    assert page.evaluate(small) == []
    start(page)
    open_menu(page)
    assert page.evaluate(small) == []


def test_touch_does_not_bring_up_the_keyboard(browser: Browser, page_url: str) -> None:
    context = browser.new_context(
        locale="nb-NO", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{page_url}/chat?language=nb")
    page.get_by_role("button", name="Start samtalen").tap()
    expect(page.get_by_role("log")).to_be_focused()
    context.close()
