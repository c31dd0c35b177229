"""The chat page's modules one by one: links, identity numbers, strings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .chat_page import BORN_1860, D_NUMBER


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BORN_1860, True),
        (f"jeg heter Kari, {BORN_1860[:6]} {BORN_1860[6:]}.", True),
        (f"{BORN_1860[:2]}.{BORN_1860[2:4]}.{BORN_1860[4:6]}-{BORN_1860[6:]}", True),
        (D_NUMBER, True),
        (f"rom 998112 {D_NUMBER}", True),
        (BORN_1860[:-1] + str((int(BORN_1860[-1]) + 1) % 10), False),
        ("ring meg på 55 97 65 51", False),
        ("romnummer 998112, pin 1234", False),
        ("timen er 24.12.2026 kl. 10.30", False),
    ],
)
def test_identity_numbers_are_recognised(page: Page, text: str, found: bool) -> None:
    script = "async text => (await import('/static/identity.js')).hasIdentityNumber(text)"
    assert page.evaluate(script, text) is found


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Åpne https://join.nhn.no.", [["https://join.nhn.no", "https://join.nhn.no/"]]),
        ("Logg inn på helsenorge.no, og se.", [["helsenorge.no", "https://helsenorge.no/"]]),
        ("(www.helsenorge.no)", [["www.helsenorge.no", "https://www.helsenorge.no/"]]),
        ("Åpne join.nhn.no 5 minutter før", [["join.nhn.no", "https://join.nhn.no/"]]),
        ("Ring 55 97 65 51.", [["55 97 65 51", "tel:+4755976551"]]),
        ("Ring +47 55 97 65 51.", [["+47 55 97 65 51", "tel:+4755976551"]]),
        ("Ring 401 80 815!", [["401 80 815", "tel:+4740180815"]]),
        ("Ring 113 nå, eller 116 117.", [["113", "tel:113"], ["116 117", "tel:116117"]]),
        (
            "- 116 123: Mental Helse\n- 116 111: barn",
            [["116 123", "tel:116123"], ["116 111", "tel:116111"]],
        ),
        ("kl. 08.00–15.30, rom 998112, pin 1134, 24.12.2026", []),
        ("https://example.com/join.nhn.no og https://join.nhn.no.example.com", []),
        ("https://join.nhn.no@example.com", []),
        ("https://evil@join.nhn.no", []),
        ("http://join.nhn.no og min-join.nhn.no og join.nhn.no.example.com", []),
        ("1.113 og 11 113 og 113 24 55", []),
    ],
)
def test_links(page: Page, text: str, links: list[list[str]]) -> None:
    script = """async text => {
      const pieces = (await import('/static/links.js')).withLinks(text);
      return [pieces.filter(piece => typeof piece !== 'string')
                    .map(link => [link.firstChild.textContent, link.href]),
              pieces.map(piece => piece.firstChild?.textContent ?? piece).join('')];
    }"""
    assert page.evaluate(script, text) == [links, text]


def test_strings_have_equal_keys(page: Page) -> None:
    script = "async () => (await import('/static/strings.js')).STRINGS"
    strings: dict[str, dict[str, str]] = page.evaluate(script)
    assert list(strings) == ["nb", "nn", "en"]
    for language in ("nn", "en"):
        assert list(strings[language]) == list(strings["nb"])
        for key, text in strings[language].items():
            assert text.strip()
            assert set(re.findall(r"\{\w+\}", text)) == set(
                re.findall(r"\{\w+\}", strings["nb"][key])
            )


def test_without_script_the_texts_are_the_same(browser: Browser, page: Page, page_url: str) -> None:
    """index.html repeats the bokmål texts; they must not drift from strings.js."""
    script = "async () => (await import('/static/strings.js')).STRINGS.nb"
    bokmaal: dict[str, str] = page.evaluate(script)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page_url)
    shown = plain.locator("[data-text]")
    assert shown.count() > 10
    for index in range(shown.count()):
        key = shown.nth(index).get_attribute("data-text") or ""
        assert shown.nth(index).text_content() == bokmaal[key]
    assert plain.locator("#emergency").text_content() == bokmaal["privacyEmergency"]
    expect(plain.get_by_role("link", name="55 97 65 51")).to_be_visible()
    expect(plain.locator("#begin")).to_be_hidden()
    context.close()
