"""The network breaks at every step of a conversation: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.server_process import Server, start_server

from .accessibility import LISTEN
from .chat_page import ask, field, own, robot, start, write
from .cut import Network, network

FIRST = "jeg har ikke lyd"
SECOND = "hvordan kobler jeg meg til?"
TAKE_UP_MS = 60_000


@pytest.fixture
def line(page_url: str) -> Iterator[Network]:
    """The network between the page and the server."""
    with network(page_url) as between:
        yield between


@pytest.fixture
def cut_page(browser: Browser, line: Network) -> Iterator[Page]:
    """The chat page, reached over a network that can be cut."""
    context = browser.new_context(base_url=line.url, locale="nb-NO")
    page = context.new_page()
    page.goto("/chat?language=nb")
    yield page
    context.close()


def stored(page: Page, url: str) -> list[dict[str, object]]:
    """The conversation as the store has it."""
    token = page.evaluate("sessionStorage.getItem('videohjelp-token')")
    headers = {"Authorization": f"Bearer {token}"}
    answer = httpx.get(f"{url}/api/chat/messages", headers=headers, timeout=30)
    messages: list[dict[str, object]] = answer.json()["messages"]
    return messages


def shown(page: Page) -> list[list[str]]:
    """Who said what, as the page shows it."""
    script = """shown => shown.map(one => [
      one.classList.contains("from-user") ? "user" : "assistant",
      [...one.querySelectorAll(".bubble > p:not(.progress)")]
        .map(p => { const copy = p.cloneNode(true);
                    copy.querySelectorAll(".visually-hidden").forEach(hidden => hidden.remove());
                    return copy.textContent; }).join("\\n\\n")])"""
    said: list[list[str]] = page.locator(".message").evaluate_all(script)
    return said


def assert_same(page: Page, url: str) -> None:
    """Fails unless the page shows exactly what the store has, and nothing waits."""
    expect(page.locator(".failure")).to_have_count(0, timeout=TAKE_UP_MS)
    waiting = "JSON.parse(sessionStorage.getItem('videohjelp-outbox') ?? '[]').length"
    deadline = time.monotonic() + TAKE_UP_MS / 1_000
    while page.evaluate(waiting) > 0 and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    assert page.evaluate(waiting) == 0, "something was never sent"
    expected = [[str(one["from"]), str(one["text"]).strip()] for one in stored(page, url)]
    # The rest of a turn that broke off comes with the next stream.
    while shown(page) != expected and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    assert shown(page) == expected
    texts = [text for who, text in expected if who == "user"]
    assert len(texts) == len(set(texts)), "a message was handled twice"


def before_sending(line: Network, page: Page) -> None:
    line.cut()
    write(page, FIRST)
    expect(own(page)).to_contain_text("Venter på nett")
    write(page, SECOND)
    expect(own(page)).to_have_count(2)
    line.mend()


def while_sending(line: Network, page: Page) -> None:
    write(page, FIRST)
    line.break_all()


def after_sending(line: Network, page: Page) -> None:
    line.cut_in_answer(1)
    write(page, FIRST)
    expect(page.locator("#connection")).to_be_visible(timeout=TAKE_UP_MS)
    line.mend()


def while_receiving(line: Network, page: Page) -> None:
    line.cut_in_answer(700)
    write(page, FIRST)
    expect(page.locator("#connection")).to_be_visible(timeout=TAKE_UP_MS)
    line.mend()


def between_messages(line: Network, page: Page) -> None:
    ask(page, FIRST)
    line.cut()
    expect(page.locator("#connection")).to_be_visible(timeout=TAKE_UP_MS)
    line.mend()
    expect(page.locator("#connection")).to_be_hidden(timeout=TAKE_UP_MS)
    ask(page, SECOND)


def reloaded_while_waiting(line: Network, page: Page) -> None:
    line.cut()
    write(page, FIRST)
    expect(own(page)).to_contain_text("Venter på nett")
    line.mend()
    page.reload()


@pytest.mark.parametrize(
    "breaks",
    [
        before_sending,
        while_sending,
        after_sending,
        while_receiving,
        between_messages,
        reloaded_while_waiting,
    ],
)
def test_a_break(
    cut_page: Page, line: Network, page_url: str, breaks: Callable[[Network, Page], None]
) -> None:
    start(cut_page)
    breaks(line, cut_page)
    expect(robot(cut_page).nth(1)).to_be_visible(timeout=TAKE_UP_MS)
    assert_same(cut_page, page_url)
    ask(cut_page, "takk")
    assert_same(cut_page, page_url)


def test_each_turn_is_announced_once_after_a_break(
    cut_page: Page, line: Network, page_url: str
) -> None:
    start(cut_page)
    cut_page.wait_for_timeout(1_000)  # the greeting is said once the focus is where it goes
    cut_page.evaluate(LISTEN)
    after_sending(line, cut_page)
    expect(robot(cut_page).nth(1)).to_be_visible(timeout=TAKE_UP_MS)
    assert_same(cut_page, page_url)
    cut_page.wait_for_timeout(3_000)
    turns = [text for text, _ in cut_page.evaluate("window.heard") if text.startswith("Robot: ")]
    assert len(turns) == 1


def test_the_server_is_restarted(browser: Browser, tmp_path: Path, model: Path) -> None:
    server: Server = start_server(tmp_path)
    with network(server.url) as line:
        context = browser.new_context(base_url=line.url, locale="nb-NO")
        page = context.new_page()
        try:
            page.goto("/chat?language=nb")
            start(page)
            ask(page, FIRST)
            server.kill()
            write(page, SECOND)
            expect(own(page).last).to_contain_text("Venter på nett", timeout=TAKE_UP_MS)
            server = start_server(tmp_path)
            line.port = int(server.url.rsplit(":", 1)[1])
            expect(own(page).last).not_to_contain_text("Venter på nett", timeout=TAKE_UP_MS)
            assert_same(page, server.url)
        finally:
            context.close()
            server.stop()


def test_offline_is_said_with_telephone_numbers(page: Page) -> None:
    start(page)
    page.context.set_offline(True)
    notice = page.locator("#connection")
    expect(notice.get_by_role("link", name="55 97 65 51")).to_be_visible()
    expect(notice.get_by_role("link", name="113")).to_have_attribute("href", "tel:113")
    write(page, FIRST)
    expect(own(page)).to_contain_text("Venter på nett")
    expect(field(page)).to_have_value("")
    page.context.set_offline(False)
    expect(robot(page).nth(1)).to_be_visible(timeout=TAKE_UP_MS)
    expect(notice).to_be_hidden()


def test_what_was_still_under_way_does_not_take_the_notice_away(page: Page) -> None:
    start(page)
    notice = page.locator("#connection")
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(notice).to_be_visible()
    write(page, FIRST)
    expect(robot(page).nth(1)).to_be_visible(timeout=TAKE_UP_MS)
    expect(notice).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")
    write(page, "takk")
    expect(robot(page).nth(2)).to_be_visible(timeout=TAKE_UP_MS)
    expect(notice).to_be_hidden()


def test_a_late_answer(page: Page) -> None:
    start(page)
    apology = "Svaret lar vente på seg. Haster det, ring 55 97 65 51."
    tries: list[str] = []

    def late_once(route: Route) -> None:
        tries.append("")
        if len(tries) == 1:
            route.fulfill(status=202, json={"late": True, "message": apology})
        else:
            route.continue_()

    page.route("**/api/chat/messages", late_once)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data) if one.post_data else None)
    write(page, FIRST)
    expect(page.locator("#late").get_by_role("link", name="55 97 65 51")).to_be_visible()
    expect(robot(page).nth(1)).to_be_visible()
    expect(page.locator("#late")).to_be_hidden()
    ids = {json.loads(one)["id"] for one in sent}
    assert len(ids) == 1
