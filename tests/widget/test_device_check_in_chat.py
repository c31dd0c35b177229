"""The device check from the conversation: offered, opened, its result in the assistant's answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import wait_until
from tests.server_process import Server, running_server
from tests.widget.chat_page import ask, choose, robot, start
from tests.widget.check_page import (
    ALLOW,
    be_heard,
    chromium_with_devices,
    hear,
    hold,
    opened,
    press,
    refuse_with,
    running_tracks,
    see_yourself,
    status,
)

CHAT = "/chat?language=nb"
CHECK = "Sjekk kamera og lyd"
CLOSE_PROGRAMS = "Lukk andre programmer og apper"


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose database can be looked into."""
    with running_server(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="module")
def browser(server: Server) -> Iterator[Browser]:
    with chromium_with_devices(ALLOW, "--autoplay-policy=no-user-gesture-required") as started:
        yield started


def test_offered_with_the_first_step_and_all_works(browser: Browser, server: Server) -> None:
    with opened(browser, server.url, path=CHAT) as page:
        start(page)
        ask(page, "kameraet mitt virker ikke")
        _open_from_button(page)
        see_yourself(page)
        be_heard(page)
        hear(page)
        hold(page)
        before = robot(page).count()
        press(page, "Send resultatet til assistenten")
        expect(robot(page).nth(before)).to_contain_text("Alt virket i sjekken")
        expect(page.locator("#check")).to_be_hidden()
        # The guide goes on with what the check cannot see, and no longer with the device itself.
        expect(robot(page).last).to_contain_text("Hjalp det?")
        press(page.locator("#log"), "Nei")
        expect(robot(page).last).to_contain_text("Hjalp det?")
        expect(page.locator("#log")).not_to_contain_text(CLOSE_PROGRAMS)
        assert running_tracks(page) == 0


def test_what_fails_changes_the_guide_and_reaches_the_case(
    browser: Browser, server: Server
) -> None:
    with opened(browser, server.url, refuse_with("NotReadableError"), path=CHAT) as page:
        start(page)
        choose(page, CHECK)
        _skip_to_camera(page)
        press(page, "Slå på kameraet")
        expect(page.locator(".check-refused")).to_contain_text("Noe annet bruker kameraet")
        press(page, "Neste")
        for _ in range(3):
            press(page, "Hopp over")
        press(page, "Send resultatet til assistenten")
        expect(page.locator("#log")).to_contain_text("Kameraet er opptatt")
        expect(page.locator("#log")).to_contain_text(CLOSE_PROGRAMS)
        ask(page, "jeg vil ha nummeret til brukerstøtte på IKT")
        expect(page.locator("#log")).to_contain_text("55 97 65 51")
    case = sqlite3.connect(server.folder / "server.db").execute(
        "select device_check, device, browser from handoff_cases"
    )
    (found,) = case.fetchall()
    assert '"camera": "busy"' in found[0]
    assert found[1] == "computer"
    assert found[2].startswith("Chrome ")


def test_left_with_escape_the_camera_is_off_and_nothing_is_sent(
    browser: Browser, server: Server
) -> None:
    with opened(browser, server.url, path=CHAT) as page:
        start(page)
        choose(page, CHECK)
        _skip_to_camera(page)
        press(page, "Slå på kameraet")
        expect(status(page)).to_have_text("Kameraet er på.")
        assert running_tracks(page) == 1
        before = robot(page).count()
        page.keyboard.press("Escape")
        expect(page.locator("#check")).to_be_hidden()
        wait_until(page, "window.streams[0].getTracks()[0].readyState === 'ended'")
        assert robot(page).count() == before


def _open_from_button(page: Page) -> None:
    press(page.locator("#log"), CHECK)
    _skip_to_camera(page)


def _skip_to_camera(page: Page) -> None:
    press(page, "Start sjekken")
    press(page, "Neste")
