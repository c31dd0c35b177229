"""The device check in a browser with made-up camera and microphone, for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import CHROMIUM, CHROMIUM_ARGS, chromium

#: A name that is not localhost: browsers then want https for camera and microphone.
INSECURE_HOST = "sykehuset.test"
_DEVICE_ARGS = (
    "--use-fake-device-for-media-stream",
    f"--host-resolver-rules=MAP {INSECURE_HOST} 127.0.0.1",
)
#: Says yes to every question about camera and microphone.
ALLOW = "--use-fake-ui-for-media-stream"
PATH = "/device-check?language=nb"

#: Remembers every stream, so that a test can see whether it was stopped.
WATCH_STREAMS = """
  window.streams = [];
  const ask = navigator.mediaDevices?.getUserMedia?.bind(navigator.mediaDevices);
  if (ask) navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.streams.push(stream);
    return stream;
  };
"""


def refuse_with(name: str, message: str = "") -> str:
    """A script with which every question for a device ends in that DOMException."""
    return (
        "navigator.mediaDevices.getUserMedia = async () => "
        f"{{ throw new DOMException({message!r}, {name!r}); }};"
    )


@contextmanager
def chromium_with_devices(*args: str) -> Iterator[Browser]:
    """Chromium with one made-up camera and microphones."""
    with chromium(*_DEVICE_ARGS, *args) as browser:
        yield browser


@contextmanager
def another(browser: Browser, *args: str) -> Iterator[Browser]:
    """A second Chromium beside one that runs, with other switches."""
    made = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, *_DEVICE_ARGS, *args]
    )
    yield made
    made.close()


@contextmanager
def opened(
    browser: Browser, url: str, *scripts: str, path: str = PATH, **context: Any
) -> Iterator[Page]:
    """A page in a fresh browser; a script error or a breach of the CSP fails the test.

    scripts: run before the page's own.
    """
    settings = {"locale": "nb-NO", "viewport": {"width": 1280, "height": 900}, **context}
    made = browser.new_context(base_url=url, **settings)
    for script in (WATCH_STREAMS, *scripts):
        made.add_init_script(script)
    page = made.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None,
    )
    page.goto(path)
    yield page
    made.close()
    assert errors == []


def press(page: Page | Locator, name: str) -> None:
    """Presses the button with that name."""
    page.get_by_role("button", name=name, exact=True).click()


def at(page: Page, heading: str) -> None:
    """Waits for a step; its heading has the focus then."""
    expect(page.get_by_role("heading", name=heading, level=2)).to_be_focused()


def to_camera(page: Page) -> None:
    """From the beginning to the step of the camera."""
    press(page, "Start sjekken")
    at(page, "Nettleser")
    press(page, "Neste")
    at(page, "Kamera")


def to_microphone(page: Page) -> None:
    """From the beginning to the step of the microphone, without a camera."""
    to_camera(page)
    press(page, "Hopp over")
    at(page, "Mikrofon")


def see_yourself(page: Page) -> None:
    """The step of the camera, all well."""
    press(page, "Slå på kameraet")
    expect(page.get_by_text("Ser du deg selv?")).to_be_visible()
    press(page, "Ja")


def be_heard(page: Page) -> None:
    """The step of the microphone, all well."""
    press(page, "Slå på mikrofonen")
    expect(status(page)).to_have_text("Mikrofonen hører deg.")
    press(page, "Neste")


def hear(page: Page) -> None:
    """The step of the sound, all well."""
    press(page, "Spill prøvelyd")
    press(page, "Ja")


def hold(page: Page) -> None:
    """The step of the connection, all well."""
    press(page, "Sjekk nettet")
    expect(status(page)).to_have_text("Forbindelsen er god.")
    press(page, "Neste")


def status(page: Page) -> Locator:
    """The check's live region."""
    return page.locator(".device-check [role=status]")


def advice(page: Page) -> Locator:
    """Why something does not work, and what to do."""
    return page.locator(".check-refused")


def running_tracks(page: Page) -> int:
    """How many tracks of cameras and microphones are on."""
    script = """() => window.streams.flatMap((stream) => stream.getTracks())
        .filter((track) => track.readyState === "live").length"""
    return int(page.evaluate(script))
