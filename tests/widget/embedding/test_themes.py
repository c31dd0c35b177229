"""The hospitals' colours: readable in both schemes, and shown as they stand in the data."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from videohjelp.settings import ROOT

from .hospital import Site, launcher, open_chat, visitor

THEMES: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
    (ROOT / "data" / "widget" / "themes.yml").read_text(encoding="utf-8")
)["themes"]
#: What the pages are drawn on: Designsystemet's neutral background and tinted surface.
GROUNDS = {"light": ("#ffffff", "#e9eaec"), "dark": ("#17181a", "#2c2e31")}
SCHEMES = [(name, scheme) for name in THEMES for scheme in ("light", "dark")]


def _channels(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def contrast(one: str, other: str) -> float:
    """The contrast of two #rrggbb colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""

    def luminance(colour: str) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("name", "scheme"), SCHEMES)
def test_contrast(name: str, scheme: str) -> None:
    colours = THEMES[name][scheme]
    for button in ("button", "buttonHover", "buttonActive"):
        assert contrast(colours["onButton"], colours[button]) >= 7
    for ground in GROUNDS[scheme]:
        assert contrast(colours["link"], ground) >= 7
        assert contrast(colours["button"], ground) >= 3


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(round(c * 255)) for c in _channels(colour))})"


@pytest.mark.parametrize(("name", "scheme"), [*SCHEMES, ("unknown", "light"), ("unknown", "dark")])
def test_shown_as_in_the_data(browser: Browser, hospital: Site, name: str, scheme: str) -> None:
    colours: Any = THEMES.get(name, THEMES["standard"])[scheme]
    wanted = [_rgb(colours["button"]), _rgb(colours["onButton"])]
    look = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    with visitor(browser, color_scheme=scheme) as page:
        page.goto(hospital.put("/", hospital.embed(f'data-theme="{name}"')))
        assert launcher(page).evaluate(look) == wanted
        frame = open_chat(page)
        assert frame.locator("#begin").evaluate(look) == wanted
