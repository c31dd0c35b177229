"""The page's texts: none is missing, none is left over, and some are there without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "widget" / "src"
#: Keys that the code puts together, by what they begin with.
PUT_TOGETHER = ("warning_", "rate_up", "rate_down", "open", "closed")
#: Of the loader, which has tests of its own.
LOADER = "launcher_"
USES = (
    r"\bt\(\s*\"(\w+)\"",
    r"\? \"(\w+)\" : \"\w+\"",
    r"\? \"\w+\" : \"(\w+)\"",
    r"data-(?:text|label)=\"(\w+)\"",
    r"\{\{ texts\.(\w+)",
)


def texts() -> dict[str, dict[str, str]]:
    content = yaml.safe_load((ROOT / "data" / "widget" / "texts.yml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = content["texts"]
    return found


def test_every_text_is_used_and_every_used_one_exists() -> None:
    files = [path for path in (SOURCES / "chat").iterdir() if ".test." not in path.name]
    files += [SOURCES / "shared" / "links.ts"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = {key for pattern in USES for key in re.findall(pattern, code)}
    ours = {key for key in texts() if not key.startswith(LOADER)}
    asked = {key for pattern in (USES[0], *USES[3:]) for key in re.findall(pattern, code)}
    assert asked - ours == set()
    assert {key for key in ours - used if not key.startswith(PUT_TOGETHER)} == set()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_without_script(browser: Browser, page_url: str, language: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{page_url}/chat?language={language}")
    expect(plain.locator("html")).to_have_attribute("lang", language)
    expect(plain.get_by_text(texts()["intro"][language])).to_be_visible()
    # Playwright's own search for texts passes over <noscript>.
    told = plain.locator("noscript p")
    assert texts()["no_script"][language] in (told.text_content() or "")
    expect(told).to_be_visible()
    expect(plain.get_by_role("link", name="55 97 65 51")).to_have_attribute(
        "href", "tel:+4755976551"
    )
    expect(plain.locator("#begin")).to_be_hidden()
    context.close()
