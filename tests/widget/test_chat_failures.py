"""The chat page when something goes wrong, or the patient falls silent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from .chat_page import (
    BORN_1860,
    LONGEST,
    MESSAGES,
    NAME_QUESTION,
    answer_with,
    field,
    own,
    posts,
    record_requests,
    robot,
    start,
    write,
)

QUIET_MS = 180_000


def test_identity_number_is_not_sent(page: Page) -> None:
    start(page)
    calls = record_requests(page)
    text = f"fødselsnummeret er {BORN_1860}"
    write(page, text)
    expect(page.get_by_role("alert").filter(has_text="fødselsnummer")).to_be_visible()
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    expect(field(page)).to_have_value(text)
    expect(own(page)).to_have_count(0)
    assert posts(calls) == []
    field(page).fill("hei")
    expect(field(page)).not_to_have_attribute("aria-invalid", "true")


def test_counter_and_too_long_text(page: Page) -> None:
    start(page)
    counter = page.locator("#counter")
    field(page).fill("a" * (LONGEST - 101))
    expect(counter).to_be_empty()
    field(page).fill("a" * (LONGEST - 100))
    expect(counter).to_have_text("100 tegn igjen")
    field(page).fill("a" * (LONGEST + 20))
    expect(counter).to_have_text("20 tegn for mye")
    error = page.get_by_role("alert").filter(has_text="høyst 500 tegn")
    expect(error).to_be_visible()
    field(page).press("Enter")
    expect(own(page)).to_have_count(0)
    field(page).fill("a")
    expect(error).to_have_count(0)


@pytest.mark.parametrize("status", [None, 503])
def test_failed_sending_and_retry(page: Page, status: int | None) -> None:
    start(page)
    calls = record_requests(page)

    def fail(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body="")

    page.route(MESSAGES, fail)
    write(page, NAME_QUESTION)
    expect(own(page)).to_contain_text("Ikke sendt")
    expect(own(page).get_by_role("link")).to_have_attribute("href", "tel:+4755976551")
    page.unroute(MESSAGES)
    own(page).get_by_role("button", name="Prøv igjen").click()
    expect(robot(page).filter(has_text="join.nhn.no").last).to_be_visible()
    expect(own(page)).to_have_count(1)
    expect(own(page)).not_to_contain_text("Ikke sendt")
    expect(page.get_by_role("log")).to_be_focused()
    first, second = posts(calls)
    assert first == second


def test_message_the_server_refuses_is_given_back(page: Page) -> None:
    start(page)
    body = {"error": "refused", "message": "Meldingen kan ikke sendes."}
    page.route(MESSAGES, lambda route: route.fulfill(status=422, json=body))
    write(page, "noe som ikke går")
    expect(page.get_by_role("alert").filter(has_text=body["message"])).to_be_visible()
    expect(field(page)).to_have_value("noe som ikke går")
    expect(own(page)).to_have_count(0)


def test_expired_conversation_starts_over(page: Page) -> None:
    start(page)
    body = {"error": "expired", "message": "Samtalen er utløpt."}
    page.route(MESSAGES, lambda route: route.fulfill(status=401, json=body))
    write(page, "er du der?")
    expect(page.get_by_text("Samtalen er avsluttet.")).to_be_focused()
    assert page.evaluate("sessionStorage.length") == 0
    page.unroute(MESSAGES)
    page.get_by_role("button", name="Start samtalen").click()
    expect(robot(page).first).to_be_visible()
    expect(own(page)).to_have_count(0)


def test_start_that_fails_says_so(page: Page) -> None:
    page.route("**/api/chat/conversations", lambda route: route.abort())
    page.get_by_role("button", name="Start samtalen").click()
    expect(page.get_by_role("alert").get_by_role("link", name="55 97 65 51")).to_be_visible()
    page.unroute("**/api/chat/conversations")
    start(page)


def test_silence_is_sent_at_most_twice(page: Page) -> None:
    page.clock.install()
    start(page)
    calls = record_requests(page)
    answer_with(page, "Er du der?")
    field(page).press_sequentially("j")
    page.clock.fast_forward(QUIET_MS - 5_000)
    field(page).press_sequentially("a")
    page.clock.fast_forward(QUIET_MS - 5_000)
    assert posts(calls) == []
    for expected in (1, 2, 2):
        page.clock.fast_forward(QUIET_MS + 1_000)
        expect(robot(page).filter(has_text="Er du der?")).to_have_count(expected)
    assert [post.get("silence") for post in posts(calls)] == [True, True]
    expect(own(page)).to_have_count(0)
