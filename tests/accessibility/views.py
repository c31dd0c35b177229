"""How patients look at the page: wide, narrow, enlarged, dark, in their own colours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, Page

# A camera and a microphone made up by Chromium, and no question whether they may be used.
FAKE_DEVICES = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@dataclass(frozen=True)
class View:
    """A window: its size in CSS pixels, how much it is enlarged, and the patient's own choices."""

    name: str
    width: int
    height: int
    scale: float = 1
    dark: bool = False
    forced_colours: bool = False
    language: Literal["nb", "nn", "en"] = "nb"


# Enlarging 1280 x 1024 to 400 % leaves 320 x 256 CSS pixels, as WCAG 1.4.10 counts.
VIEWS = (
    View("wide", 1280, 900),
    View("320 px", 320, 640),
    View("200 %", 640, 450, scale=2),
    View("400 %", 320, 256, scale=4),
    View("dark", 1280, 900, dark=True),
    View("dark phone", 390, 844, dark=True),
    View("forced colours", 1280, 900, forced_colours=True),
)


@contextmanager
def seen(browser: Browser, url: str, view: View) -> Iterator[Page]:
    """The page at an address as it looks in a view, in a fresh browser; a script error fails."""
    context = browser.new_context(
        locale={"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[view.language],
        viewport={"width": view.width, "height": view.height},
        device_scale_factor=view.scale,
        color_scheme="dark" if view.dark else "light",
        forced_colors="active" if view.forced_colours else "none",
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    yield page
    context.close()
    assert errors == []
