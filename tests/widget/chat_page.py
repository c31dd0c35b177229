"""What a patient does on the chat page, for the tests."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

NAME_QUESTION = "jeg fikk ikke skrevet inn navnet mitt"
MESSAGES = "**/api/chat/messages"
LONGEST = 500


def start(page: Page) -> None:
    page.locator("#begin").click()
    expect(robot(page)).not_to_have_count(0)


def robot(page: Page) -> Locator:
    return page.locator(".message.from-robot")


def own(page: Page) -> Locator:
    return page.locator(".message.from-user")


def field(page: Page) -> Locator:
    return page.get_by_label("Skriv meldingen din")


def write(page: Page, text: str) -> None:
    field(page).fill(text)
    field(page).press("Enter")


def ask(page: Page, text: str) -> None:
    """Writes and waits for the answer."""
    before = robot(page).count()
    write(page, text)
    expect(robot(page).nth(before)).to_be_visible()


def choose(page: Page, item: str) -> None:
    open_menu(page)
    page.get_by_role("dialog").get_by_role("button", name=item).click()


def open_menu(page: Page) -> None:
    page.get_by_role("button", name="Meny").click()


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    for _ in range(30):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} does not reach {target}")


def answer_with(page: Page, text: str, seq: int = 9_000, **more: Any) -> None:
    """From now on every message of the patient is answered with a text, without the assistant."""
    numbers = itertools.count(seq)

    def fulfil(route: Route) -> None:
        sent = json.loads(route.request.post_data or "{}")
        shown = {"language": "nb", "time": "2026-11-23T09:05:00+01:00"}
        own = {**shown, "seq": next(numbers), "from": "user", "id": sent["id"]}
        reply = {**shown, "seq": next(numbers), "from": "assistant", "text": text, **more}
        said = [{**own, "text": sent["text"]}] if "text" in sent else []
        route.fulfill(json={"messages": [*said, reply]})

    page.route(MESSAGES, fulfil)


def record_requests(page: Page) -> list[Request]:
    """Every request from now on; the list grows."""
    requests: list[Request] = []

    def add(request: Request) -> None:
        requests.append(request)

    page.on("request", add)
    return requests


def posts(requests: list[Request]) -> list[dict[str, Any]]:
    """What was posted, in order."""
    return [json.loads(request.post_data) for request in requests if request.post_data]


def identity_number(first_nine: str) -> str:
    """The nine digits with the two check digits after them."""
    digits = [int(digit) for digit in first_nine]
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        products = zip(weights, digits, strict=True)
        digits.append(-sum(weight * digit for weight, digit in products) % 11)
    assert max(digits) <= 9, "no number has this beginning"
    return "".join(map(str, digits))


BORN_1860 = identity_number("010160600")
D_NUMBER = identity_number("410160600")
