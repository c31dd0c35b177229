"""The device check on a page of its own, in Chromium with a made-up camera and microphone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import wait_until
from tests.widget.check_page import (
    ALLOW,
    another,
    at,
    be_heard,
    chromium_with_devices,
    hear,
    hold,
    opened,
    press,
    running_tracks,
    see_yourself,
    status,
    to_camera,
    to_microphone,
)
from videohjelp.device_check.report import read_report

#: Keeps what the page would send to the page that opened it.
OPENER = """
  window.opener = { postMessage: (message, origin) => { window.sent = [message, origin]; } };
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium_with_devices(ALLOW, "--autoplay-policy=no-user-gesture-required") as started:
        yield started


@pytest.fixture
def page(browser: Browser, server_url: str) -> Iterator[Page]:
    with opened(browser, server_url) as shown:
        yield shown


def test_all_works_and_nothing_but_codes_is_sent(browser: Browser, server_url: str) -> None:
    requests: list[str] = []
    with opened(browser, server_url, OPENER) as page:
        page.on("request", lambda request: requests.append(f"{request.method} {request.url}"))
        to_camera(page)
        see_yourself(page)
        be_heard(page)
        hear(page)
        hold(page)
        at(page, "Resultat")
        assert page.locator(".check-results li[data-state=fine]").count() == 5
        press(page, "Send resultatet til assistenten")
        expect(page.get_by_role("heading", name="Resultatet er sendt")).to_be_focused()
        message, origin = page.evaluate("window.sent")
        assert origin == server_url
        report = read_report(message["result"])
        assert report.browser.startswith("Chrome ")
        assert report.to_entity() | {"browser": "", "browser_fit": ""} == {
            "device": "computer",
            "system": "Linux",
            "browser": "",
            "browser_fit": "",
            "camera": "works",
            "microphone": "works",
            "sound_level": "moving",
            "speaker": "heard",
            "connection": "good",
        }
    # Nothing left the browser but empty questions for the connection.
    assert len(requests) > 5
    assert all(line.startswith(f"GET {server_url}/api/chat/ping?") for line in requests), requests


def test_nothing_is_on_before_the_press_and_all_is_off_afterwards(page: Page) -> None:
    to_camera(page)
    assert page.evaluate("window.streams.length") == 0
    press(page, "Slå på kameraet")
    expect(page.get_by_text("Ser du deg selv?")).to_be_visible()
    assert running_tracks(page) == 1
    press(page, "Ja")
    at(page, "Mikrofon")
    assert running_tracks(page) == 0
    press(page, "Slå på mikrofonen")
    expect(page.get_by_role("meter", name="Lydnivå")).to_be_visible()
    assert running_tracks(page) == 1
    press(page, "Avslutt sjekken")
    expect(page.get_by_role("heading", name="Sjekken er avsluttet")).to_be_focused()
    assert running_tracks(page) == 0


def test_the_own_picture_moves_and_is_mirrored(page: Page) -> None:
    to_camera(page)
    press(page, "Slå på kameraet")
    picture = page.get_by_label("Bildet fra kameraet ditt")
    expect(picture).to_be_visible()
    wait_until(page, "document.querySelector('video').currentTime > 0")
    assert picture.evaluate("video => getComputedStyle(video).transform").startswith("matrix(-1")


def test_who_does_not_see_themselves(browser: Browser, server_url: str) -> None:
    result = _result_of(browser, server_url, "Slå på kameraet", "Nei")
    assert result["camera"] == "not_seen"


def test_another_camera_and_microphone(browser: Browser, server_url: str) -> None:
    two_cameras = "--use-fake-device-for-media-stream=device-count=2"
    with another(browser, ALLOW, two_cameras) as two, opened(two, server_url) as page:
        to_camera(page)
        press(page, "Slå på kameraet")
        choice = page.get_by_label("Velg kamera")
        expect(choice.locator("option")).to_have_count(2)
        other = choice.locator("option").nth(1).get_attribute("value")
        choice.select_option(index=1)
        wait_until(
            page,
            "id => window.streams.at(-1).getTracks()[0].getSettings().deviceId === id",
            arg=other,
        )
        expect(page.get_by_label("Velg kamera")).to_be_focused()
        expect(page.get_by_label("Velg kamera")).to_have_value(other or "")
        assert running_tracks(page) == 1
        press(page, "Ja")
        press(page, "Slå på mikrofonen")
        expect(page.get_by_label("Velg mikrofon")).to_be_visible()


def test_a_silent_microphone_gets_a_hint_and_is_reported(browser: Browser, server_url: str) -> None:
    silence = """
      navigator.mediaDevices.getUserMedia = async () => {
        const stream = new AudioContext().createMediaStreamDestination().stream;
        window.streams.push(stream);
        return stream;
      };
    """
    with opened(browser, server_url, silence, OPENER) as page:
        to_microphone(page)
        press(page, "Slå på mikrofonen")
        expect(status(page)).to_contain_text("Vi hører ikke noe ennå")
        press(page, "Neste")
        result = _finish(page)
    assert (result["microphone"], result["sound_level"]) == ("works", "silent")


def test_the_level_is_announced_once_and_not_at_every_change(page: Page) -> None:
    to_microphone(page)
    page.evaluate(
        """() => {
          window.said = [];
          new MutationObserver(() => {
            const text = document.querySelector(".device-check [role=status]").textContent;
            if (text) window.said.push(text);
          }).observe(document.querySelector(".device-check"), { subtree: true, childList: true });
        }"""
    )
    press(page, "Slå på mikrofonen")
    expect(status(page)).to_have_text("Mikrofonen hører deg.")
    page.wait_for_timeout(1500)
    assert page.evaluate("[...new Set(window.said)]") == [
        "Venter på svar fra nettleseren …",
        "Mikrofonen hører deg.",
    ]


def test_the_tone_is_heard_by_the_page_and_can_be_played_again(
    browser: Browser, server_url: str
) -> None:
    watch = """
      window.tones = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) {
        window.tones++;
        start.apply(this, when);
      };
    """
    with opened(browser, server_url, watch, OPENER) as page:
        to_microphone(page)
        press(page, "Hopp over")
        press(page, "Spill prøvelyd")
        wait_until(page, "window.tones === 3")
        press(page, "Spill en gang til")
        wait_until(page, "window.tones === 6")
        press(page, "Nei")
        press(page, "Hopp over")
        press(page, "Send resultatet til assistenten")
        wait_until(page, "window.sent")
        assert page.evaluate("window.sent[0].result.speaker") in ("not_heard", "none")


@pytest.mark.parametrize(
    ("failing", "said", "code"),
    [
        (lambda number: True, "Vi fikk ikke kontakt", "none"),
        (lambda number: number % 2 == 0, "Forbindelsen er svak", "weak"),
    ],
)
def test_a_connection_that_fails(
    browser: Browser, server_url: str, failing: Any, said: str, code: str
) -> None:
    with opened(browser, server_url, OPENER) as page:
        asked = [0]

        def answer(route: Any) -> None:
            asked[0] += 1
            if failing(asked[0]):
                route.abort()
            else:
                route.continue_()

        page.route("**/api/chat/ping*", answer)
        to_microphone(page)
        press(page, "Hopp over")
        press(page, "Hopp over")
        press(page, "Sjekk nettet")
        expect(status(page)).to_contain_text(said)
        press(page, "Neste")
        press(page, "Send resultatet til assistenten")
        wait_until(page, "window.sent")
        assert page.evaluate("window.sent[0].result.connection") == code


def test_measuring_can_be_skipped(page: Page) -> None:
    to_microphone(page)
    press(page, "Hopp over")
    press(page, "Hopp over")
    press(page, "Sjekk nettet")
    expect(page.get_by_role("progressbar", name="Sjekker nettet …")).to_be_visible()
    press(page, "Hopp over")
    at(page, "Resultat")
    expect(page.locator(".check-results li").last).to_have_text("Nett: ikke sjekket")


def test_once_more_begins_with_nothing_known(page: Page) -> None:
    to_camera(page)
    see_yourself(page)
    press(page, "Hopp over")
    press(page, "Hopp over")
    press(page, "Hopp over")
    at(page, "Resultat")
    press(page, "Ta sjekken på nytt")
    at(page, "Nettleser")
    press(page, "Neste")
    for _ in range(4):
        press(page, "Hopp over")
    at(page, "Resultat")
    expect(page.locator(".check-results li").nth(1)).to_have_text("Kamera: ikke sjekket")


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
            ["Du bruker Safari 17 på iOS 17.4.", "Det er nettleseren sykehuset anbefaler."],
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/465.0]",
            ["Du bruker Facebook på iOS 17.4.", "Åpne den i Safari."],
        ),
    ],
)
def test_browser_and_system(browser: Browser, server_url: str, agent: str, said: list[str]) -> None:
    hide = "Object.defineProperty(navigator, 'userAgentData', { value: undefined });"
    with opened(browser, server_url, hide, user_agent=agent) as page:
        press(page, "Start sjekken")
        for text in said:
            expect(page.locator(".check-body")).to_contain_text(text)


@pytest.mark.parametrize(
    ("language", "start"), [("nn", "Start sjekken"), ("en", "Start the check")]
)
def test_in_the_other_languages(
    browser: Browser, server_url: str, language: str, start: str
) -> None:
    with opened(browser, server_url, path=f"/device-check?language={language}") as page:
        expect(page.locator("html")).to_have_attribute("lang", language)
        press(page, start)
        expect(page.locator(".device-check h2")).to_be_focused()


def test_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    for heading in ("Nettleser", "Kamera"):
        page.keyboard.press("Enter")
        at(page, heading)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ser du deg selv?")).to_be_visible()


def _result_of(browser: Browser, url: str, *presses: str) -> dict[str, str]:
    with opened(browser, url, OPENER) as page:
        to_camera(page)
        for name in presses:
            press(page, name)
        press(page, "Hopp over")
        return _finish(page)


def _finish(page: Page) -> dict[str, str]:
    """Skips sound and connection and gives what is sent."""
    press(page, "Hopp over")
    press(page, "Hopp over")
    press(page, "Send resultatet til assistenten")
    wait_until(page, "window.sent")
    result: dict[str, str] = page.evaluate("window.sent[0].result")
    read_report(result)
    return result
