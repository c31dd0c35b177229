"""Every way in which camera or microphone can be refused: the advice, and the code reported."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect

from tests.chromium import wait_until
from tests.widget.check_page import (
    ALLOW,
    INSECURE_HOST,
    PATH,
    advice,
    another,
    at,
    chromium_with_devices,
    hear,
    opened,
    press,
    refuse_with,
    see_yourself,
    to_camera,
)
from videohjelp.device_check.report import read_report
from videohjelp.settings import ROOT

TEXTS: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "data" / "widget" / "device_check.yml").read_text(encoding="utf-8")
)["texts"]
LANGUAGES = ("nb", "nn", "en")
OPENER = """
  window.opener = { postMessage: (message, origin) => { window.sent = [message, origin]; } };
"""
#: DOMException -> the advice shown on a computer, and the code that the assistant gets.
OUTCOMES = [
    ("NotFoundError", "", "none", "none"),
    ("NotReadableError", "", "busy_computer", "busy"),
    ("OverconstrainedError", "", "over_constrained", "failed"),
    ("AbortError", "", "aborted", "failed"),
    ("SecurityError", "", "policy", "policy"),
    ("NotSupportedError", "", "unsupported", "unsupported"),
    ("UnknownError", "", "failed", "failed"),
    ("NotAllowedError", "Permission dismissed", "dismissed", "dismissed"),
    (
        "NotAllowedError",
        "Permission denied by system",
        "blocked_by_system_computer",
        "blocked_by_system",
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Without the flag that says yes: a question is a no until permission is given."""
    with chromium_with_devices("--autoplay-policy=no-user-gesture-required") as started:
        yield started


def text(key: str, part: str = "camera", language: str = "nb") -> str:
    return TEXTS[key][language].replace("{part}", TEXTS[f"check_the_{part}"][language])


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: " ".join(outcome[:2]))
def test_every_exception_has_its_advice_and_its_code(
    browser: Browser, server_url: str, outcome: tuple[str, str, str, str]
) -> None:
    name, message, key, code = outcome
    with opened(browser, server_url, refuse_with(name, message), OPENER) as page:
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_have_text(text(f"check_advice_{key}"))
        press(page, "Neste")
        press(page, "Slå på mikrofonen")
        expect(advice(page)).to_have_text(text(f"check_advice_{key}", "microphone"))
        press(page, "Neste")
        result = _finish(page)
    assert (result["camera"], result["microphone"]) == (code, code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_is_in_the_pages_language(
    browser: Browser, server_url: str, language: str
) -> None:
    path = f"/device-check?language={language}"
    with opened(browser, server_url, refuse_with("NotFoundError"), path=path) as page:
        for key in ("check_start", "check_next", "check_start_camera"):
            press(page, TEXTS[key][language])
        expect(advice(page)).to_have_text(text("check_advice_none", language=language))


def test_denied_by_the_browser_itself(browser: Browser, server_url: str) -> None:
    """No script is in between: Chromium's own refusal."""
    with opened(browser, server_url, OPENER) as page:
        page.context.grant_permissions([])
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_have_text(text("check_advice_denied_computer"))
        press(page, "Neste")
        press(page, "Hopp over")
        assert _finish(page)["camera"] == "denied"


def test_trying_again_after_permission_was_given(browser: Browser, server_url: str) -> None:
    with opened(browser, server_url, OPENER) as page:
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_be_visible()
        page.context.grant_permissions(["camera"])
        press(page, "Prøv igjen")
        expect(page.get_by_text("Ser du deg selv?")).to_be_visible()
        press(page, "Ja")
        press(page, "Hopp over")
        assert _finish(page)["camera"] == "works"


def test_no_device_at_all(browser: Browser, server_url: str) -> None:
    with (
        another(browser, ALLOW, "--use-fake-device-for-media-stream=device-count=0") as bare,
        opened(bare, server_url, OPENER) as page,
    ):
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_have_text(text("check_advice_none"))
        press(page, "Neste")
        press(page, "Hopp over")
        assert _finish(page)["camera"] == "none"


def test_a_page_that_is_not_secure(browser: Browser, server_url: str) -> None:
    insecure = server_url.replace("127.0.0.1", INSECURE_HOST)
    with opened(browser, insecure, OPENER) as page:
        assert page.evaluate("window.isSecureContext") is False
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_have_text(text("check_advice_insecure"))
        press(page, "Neste")
        press(page, "Hopp over")
        assert _finish(page)["camera"] == "insecure"


def test_a_browser_without_media_devices(browser: Browser, server_url: str) -> None:
    without = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"
    with opened(browser, server_url, without, OPENER) as page:
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_have_text(text("check_advice_unsupported"))
        press(page, "Neste")
        press(page, "Hopp over")
        press(page, "Spill prøvelyd")
        press(page, "Nei")
        press(page, "Hopp over")
        press(page, "Send resultatet til assistenten")
        wait_until(page, "window.sent")
        assert page.evaluate("window.sent[0].result.camera") == "unsupported"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
         "(KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1", "iphone"),
        ("Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Mobile Safari/537.36", "android"),
    ],
)  # fmt: skip
def test_the_advice_is_for_the_device_in_hand(
    browser: Browser, server_url: str, agent: str, device: str
) -> None:
    hide = "Object.defineProperty(navigator, 'userAgentData', { value: undefined });"
    with opened(
        browser, server_url, hide, refuse_with("NotReadableError"), user_agent=agent
    ) as page:
        to_camera(page)
        press(page, "Slå på kameraet")
        expect(advice(page)).to_have_text(text(f"check_advice_busy_{device}"))


# ---- inside another page


def frame_of(page: Page, url: str, allow: str) -> FrameLocator:
    """The check inside a page that allows it what `allow` says."""
    address = html.escape(PATH)
    body = (
        f'<iframe title="chat" src="{address}" allow="{allow}" width="600" height="800"></iframe>'
    )

    def serve(route: Route) -> None:
        route.fulfill(body=f"<!doctype html><title>Sykehus</title>{body}", content_type="text/html")

    page.route("**/embedding", serve)
    page.goto(f"{url}/embedding")
    return page.frame_locator("iframe[title=chat]")


FORBIDDEN = "camera 'none'; microphone 'none'"


def test_an_embedding_page_that_forbids_it(browser: Browser, server_url: str) -> None:
    with opened(browser, server_url) as page:
        frame = frame_of(page, server_url, FORBIDDEN)
        _to_camera_in(frame)
        expect(frame.locator(".check-refused")).to_have_text(text("check_advice_policy"))
        link = frame.get_by_role("link", name="Åpne sjekken i en egen fane")
        expect(link).to_have_attribute("href", PATH)
        expect(link).to_have_attribute("rel", "opener")


def test_the_result_of_the_tab_comes_back(browser: Browser, server_url: str) -> None:
    """The whole way: forbidden in the frame, done in a tab, the frame has the result."""
    with (
        another(browser, ALLOW, "--autoplay-policy=no-user-gesture-required") as allowing,
        opened(allowing, server_url) as page,
    ):
        frame = frame_of(page, server_url, FORBIDDEN)
        _to_camera_in(frame)
        with page.expect_popup() as popup:
            frame.get_by_role("link", name="Åpne sjekken i en egen fane").click()
        tab = popup.value
        to_camera(tab)
        see_yourself(tab)
        press(tab, "Hopp over")
        hear(tab)
        press(tab, "Hopp over")
        press(tab, "Send resultatet til assistenten")
        expect(tab.get_by_role("heading", name="Resultatet er sendt")).to_be_focused()
        # The frame's check is over too: it has the result, and its page shows that.
        expect(frame.locator(".device-check")).to_have_count(0)
        expect(
            frame.get_by_role("heading", name=re.compile("Resultatet|Sjekken er"))
        ).to_be_visible()


@pytest.mark.parametrize(
    "data",
    [
        "'device_check'",
        "{ videohjelp: 'device_check' }",
        "{ videohjelp: 'device_check', result: 'works' }",
        "{ videohjelp: 'device_check', result: null }",
        "null",
    ],
)
def test_another_message_is_no_result(browser: Browser, server_url: str, data: str) -> None:
    with opened(browser, server_url) as page:
        frame = frame_of(page, server_url, FORBIDDEN)
        _to_camera_in(frame)
        page.evaluate(f"document.querySelector('iframe').contentWindow.postMessage({data}, '*')")
        page.wait_for_timeout(300)
        expect(frame.locator(".check-refused")).to_be_visible()


def test_a_result_from_another_origin_is_not_taken(browser: Browser, server_url: str) -> None:
    with opened(browser, server_url) as page:
        frame = frame_of(page, server_url, FORBIDDEN)
        _to_camera_in(frame)
        # A frame of an opaque origin, such as a hostile page's.
        page.evaluate(
            """() => {
              const other = document.createElement("iframe");
              other.sandbox = "allow-scripts";
              other.srcdoc = `<script>parent.frames[0].postMessage(
                { videohjelp: "device_check", result: {} }, "*");</script>`;
              document.body.append(other);
            }"""
        )
        page.wait_for_timeout(500)
        expect(frame.locator(".check-refused")).to_be_visible()


def _to_camera_in(frame: FrameLocator) -> None:
    for name in ("Start sjekken", "Neste", "Slå på kameraet"):
        frame.get_by_role("button", name=name, exact=True).click()


def _finish(page: Page) -> dict[str, Any]:
    at(page, "Lyd")
    press(page, "Hopp over")
    press(page, "Hopp over")
    press(page, "Send resultatet til assistenten")
    wait_until(page, "window.sent")
    result: dict[str, Any] = page.evaluate("window.sent[0].result")
    read_report(result)
    return result
