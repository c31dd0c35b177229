"""What a hospital must allow, and what it is safe from: CSP, Trusted Types, SRI, foreign frames."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from .hospital import (
    CONTENT,
    Site,
    dialog,
    hospital_site,
    launcher,
    open_chat,
    start_conversation,
    visitor,
)


def _policy(assistant: str) -> dict[str, str]:
    """The strictest policy with which the widget works: docs/widget.md tells it to hospitals."""
    directives = [
        "default-src 'none'",
        f"script-src {assistant}",
        f"frame-src {assistant}",
        "img-src data:",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return {"Content-Security-Policy": "; ".join(directives)}


def test_strict_policy_of_the_hospital(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.goto(hospital.put("/strict", headers=_policy(hospital.assistant)))
        look = "one => [getComputedStyle(one).position, getComputedStyle(one).backgroundColor]"
        assert launcher(page).evaluate(look) == ["fixed", "rgb(0, 61, 117)"]
        start_conversation(page)


def test_a_policy_that_forbids_the_frame_is_noticed_by_the_test(
    browser: Browser, hospital: Site
) -> None:
    policy = _policy(hospital.assistant)
    policy = {name: value.replace("frame-src", "font-src") for name, value in policy.items()}
    with pytest.raises(AssertionError, match="Content Security Policy"), visitor(browser) as page:
        page.goto(hospital.put("/strict", headers=policy))
        launcher(page).click()
        page.wait_for_timeout(500)


def test_nonce_and_strict_dynamic(browser: Browser, hospital: Site) -> None:
    policy = (
        "script-src 'nonce-abc' 'strict-dynamic'; object-src 'none'; base-uri 'none'; "
        f"frame-src {hospital.assistant}"
    )
    head = hospital.embed('nonce="abc" data-language="nb"')
    with visitor(browser) as page:
        page.goto(hospital.put("/nonce", head, {"Content-Security-Policy": policy}))
        open_chat(page)


def test_subresource_integrity(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        files = page.request.get(f"{hospital.assistant}/widget.js")
        assert files.ok
        manifest = json.loads(_manifest())
        loader = manifest["loader"]
        attributes = f'integrity="{loader["integrity"]}" crossorigin="anonymous"'
        page.goto(hospital.put("/sri", hospital.embed(attributes, loader["file"])))
        open_chat(page)
        wrong = attributes.replace("sha384-", "sha384-AAAA")
        page.goto(hospital.put("/wrong", hospital.embed(wrong, loader["file"])))
        page.wait_for_load_state()
        assert page.locator("videohjelp-chat").count() == 0


def _manifest() -> str:
    from videohjelp.channels.web.pages import STATIC

    return (STATIC / "manifest.json").read_text(encoding="utf-8")


def test_no_request_to_anybody_else_and_no_cookie(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        hosts: set[str] = set()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.goto(hospital.put("/"))
        start_conversation(page)
        ours = {urlsplit(url).netloc for url in (hospital.origin, hospital.assistant)}
        assert hosts - {""} == ours
        assert page.context.cookies() == []


def test_the_frame_is_out_of_reach_of_the_page(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.goto(hospital.put("/"))
        open_chat(page)
        frame = "document.querySelector('videohjelp-chat').shadowRoot.querySelector('iframe')"
        assert page.evaluate(f"{frame}.contentDocument") is None
        assert page.evaluate(f"{frame}.allow") == "camera; microphone; autoplay"


def test_a_website_that_is_not_approved_gets_no_conversation(
    browser: Browser, hospital: Site
) -> None:
    with hospital_site() as stranger:
        head = hospital.embed()
        with browser.new_context() as window:
            page = window.new_page()
            refused: list[str] = []
            page.on("console", lambda line: refused.append(line.text))
            page.goto(stranger.put("/", head))
            page.clock.install()
            launcher(page).click()
            page.wait_for_timeout(1500)
            assert any("frame-ancestors" in text for text in refused)
            page.clock.fast_forward(11_000)
            expect(dialog(page).get_by_role("alert")).to_contain_text("55 97 65 51")


def test_embedding_twice_draws_one_button(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.goto(hospital.put("/twice", hospital.embed() * 2))
        expect(launcher(page)).to_have_count(1)


def test_the_page_itself_is_left_alone(browser: Browser, hospital: Site) -> None:
    with visitor(browser) as page:
        page.goto(hospital.put("/"))
        open_chat(page)
        added = page.evaluate("[...document.body.children].map(one => one.localName)")
        assert added == ["main", "videohjelp-chat"]
        assert page.evaluate("document.documentElement.getAttributeNames()") == ["lang"]
        assert page.evaluate("document.querySelector('main').outerHTML").split() == CONTENT.split()
