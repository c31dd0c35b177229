"""The SMS simulator in a real browser, against a running server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import smsutil
from playwright.sync_api import Browser, Locator, Page, expect

from tests.channels.watched_page import watched_page
from tests.widget.accessibility import LISTEN, violations
from tests.widget.chat_page import record_requests
from videohjelp.sms import gsm7

WEBHOOK = "**/webhooks/sms/console"
QUESTION = "De ser meg ikke på videoen"


@pytest.fixture
def page(browser: Browser, page_url: str) -> Iterator[Page]:
    """The simulator in a fresh browser; a script or CSP error fails."""
    with watched_page(browser, page_url, "/sms/") as opened:
        yield opened


def field(page: Page) -> Locator:
    return page.get_by_label("Skriv en SMS")


def got(page: Page) -> Locator:
    return page.locator(".from-robot")


def own(page: Page) -> Locator:
    return page.locator(".from-user")


def number(page: Page) -> Locator:
    return page.get_by_label("Nummeret du skriver fra")


def write(page: Page, text: str) -> None:
    field(page).fill(text)
    field(page).press("Enter")


def say(page: Page, text: str) -> Locator:
    """Sends a message, and waits for the answer."""
    before = got(page).count()
    write(page, text)
    expect(got(page)).to_have_count(before + 1)
    return got(page).last


def test_a_conversation(page: Page) -> None:
    answer = say(page, QUESTION)
    expect(own(page).locator(".bubble")).to_have_text(QUESTION)
    expect(own(page).locator(".meta")).to_have_text(re.compile(r"^Du \d\d:\d\d · 1 segment$"))
    expect(answer.locator(".meta")).to_have_text(
        re.compile(r"^Videohjelp \d\d:\d\d · 2 segmenter$")
    )
    expect(answer.get_by_role("link", name="https://join.nhn.no")).to_have_attribute(
        "href", "https://join.nhn.no/"
    )
    lines = answer.locator(".bubble p").text_content() or ""
    assert "\n\n1 Ja, det virker\n2 Nei\nSvar 1 eller 2" in lines
    assert answer.get_by_role("button").count() == 0
    expect(field(page)).to_have_value("")
    expect(say(page, "2")).to_contain_text("strek over symbolet")


def test_segments_are_those_of_the_text(page: Page) -> None:
    answer = say(page, "HJELP")
    text = answer.locator(".bubble p").text_content() or ""
    count = len(smsutil.split(text).parts)
    assert count == gsm7.segments(text) > 1
    expect(answer.locator(".meta")).to_contain_text(f"{count} segmenter")


def test_phone_numbers_can_be_tapped(page: Page) -> None:
    answer = say(page, "HJELP")
    for shown, target in (("113", "tel:113"), ("55 97 65 51", "tel:+4755976551")):
        expect(answer.get_by_role("link", name=shown)).to_have_attribute("href", target)


def test_keywords(page: Page) -> None:
    say(page, QUESTION)
    page.get_by_role("button", name="STOPP").click()
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("STOPP")
    expect(say(page, "STOPP")).to_contain_text("ikke flere meldinger")
    write(page, "Hallo?")
    expect(own(page)).to_have_count(3)
    expect(say(page, "START")).to_contain_text("Nå får du svar igjen")
    expect(say(page, "SLETT")).to_contain_text("slettet")
    # A phone keeps what it has, whatever the service deletes.
    expect(own(page)).to_have_count(5)


def test_more(page: Page) -> None:
    say(page, "jeg ble stående som gjest, fikk aldri skrive inn hele navnet")
    expect(say(page, "hvor finner jeg innkallingsbrevet?")).to_contain_text("Svar MER for resten")
    expect(say(page, "MER")).to_contain_text("Hjalp det?")


def test_a_new_phone_is_another_patient(page: Page) -> None:
    say(page, QUESTION)
    first = number(page).input_value()
    page.get_by_role("button", name="Ny telefon").click()
    expect(own(page)).to_have_count(0)
    assert number(page).input_value() != first
    assert re.fullmatch(r"900 \d\d \d{3}", number(page).input_value())
    expect(say(page, "2")).not_to_contain_text("strek over symbolet")
    number(page).fill(first)
    page.get_by_role("button", name="Bruk nummeret").click()
    expect(own(page)).to_have_text([re.compile(QUESTION)])
    expect(say(page, "2")).to_contain_text("strek over symbolet")


def test_messages_outlive_a_reload(page: Page) -> None:
    say(page, QUESTION)
    used = number(page).input_value()
    page.reload()
    expect(own(page)).to_have_count(1)
    expect(got(page)).to_have_count(1)
    assert number(page).input_value() == used
    expect(say(page, "2")).to_contain_text("strek over symbolet")


@pytest.mark.parametrize("wrong", ["legen", "", "900 12 3x4"])
def test_what_is_no_number_is_refused(page: Page, wrong: str) -> None:
    say(page, QUESTION)
    number(page).fill(wrong)
    number(page).press("Enter")
    expect(page.locator("#number-error")).to_have_text("Dette er ikke et telefonnummer.")
    # The phone in use is still the one from before, and the sentence stays.
    expect(say(page, "2")).to_contain_text("strek over symbolet")
    expect(page.locator("#number-error")).to_have_text("Dette er ikke et telefonnummer.")


def test_a_server_that_is_away_is_told_until_it_is_back(page: Page) -> None:
    page.route("**/sms/simulator/messages*", lambda route: route.abort())
    expect(page.locator("#number-error")).to_contain_text("Ingen kontakt")
    page.unroute("**/sms/simulator/messages*")
    expect(page.locator("#number-error")).to_be_empty()


def test_a_message_that_was_not_taken_is_sent_again_under_its_id(page: Page) -> None:
    calls = record_requests(page)
    page.route(WEBHOOK, lambda route: route.abort())
    write(page, QUESTION)
    expect(page.locator("#error")).to_contain_text("Ingen kontakt")
    expect(field(page)).to_have_value(QUESTION)
    expect(own(page)).to_have_count(0)
    page.unroute(WEBHOOK)
    say(page, QUESTION)
    expect(page.locator("#error")).to_be_empty()
    posted = [call.post_data_json for call in calls if call.method == "POST"]
    assert len(posted) == 2
    assert posted[0] == posted[1]


def test_texts_are_never_read_as_html(page: Page) -> None:
    say(page, "<img src=x onerror=alert(1)> ring 55 97 65 51")
    expect(own(page)).to_contain_text("<img src=x onerror=alert(1)>")
    assert own(page).locator("img, a").count() == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "0 tegn (GSM-7), 0 segmenter, 160 tegn igjen"),
        ("æøå", "3 tegn (GSM-7), 1 segment, 157 tegn igjen"),
        ("a" * 160, "160 tegn (GSM-7), 1 segment, 0 tegn igjen"),
        ("a" * 161, "161 tegn (GSM-7), 2 segmenter, 145 tegn igjen"),
        ("{}", "4 tegn (GSM-7), 1 segment, 156 tegn igjen"),
        ("«hei»", "5 tegn (ikke GSM-7, 70 tegn i en SMS), 1 segment, 65 tegn igjen"),
    ],
)
def test_the_counter(page: Page, text: str, shown: str) -> None:
    field(page).fill(text)
    expect(page.locator("#counter")).to_have_text(shown)


def test_the_alphabet_is_that_of_the_server(page: Page) -> None:
    # A field turns a carriage return into a line feed, and no keyboard has a form feed.
    basic = "".join(sorted(gsm7.BASIC - {"\r"}))
    extension = "".join(sorted(gsm7.EXTENSION - {"\f"}))
    field(page).fill(basic + extension)
    length = len(basic) + 2 * len(extension)
    expect(page.locator("#counter")).to_contain_text(f"{length} tegn (GSM-7)")
    for other in "«ł“–…çê":
        assert other not in gsm7.BASIC | gsm7.EXTENSION
        field(page).fill(other)
        expect(page.locator("#counter")).to_contain_text("ikke GSM-7")


@pytest.mark.parametrize(
    "text",
    ["a" * 152 + "€" + "b" * 160, "[" * 200, "é" * 307, "😀" * 40, "ł" * 71, "a" * 66 + "😀😀"],
)
def test_it_counts_as_another_library_does(page: Page, text: str) -> None:
    counted = smsutil.split(text)
    field(page).fill(text)
    expect(page.locator("#counter")).to_contain_text(f", {len(counted.parts)} segment")
    shown = page.locator("#counter").text_content() or ""
    assert ("ikke GSM-7" in shown) is (counted.encoding != "gsm0338")


def test_one_announcement_for_each_answer(page: Page) -> None:
    page.evaluate(LISTEN)
    say(page, QUESTION)
    say(page, "2")
    page.wait_for_timeout(1_000)  # it is said once the focus is where it goes
    heard = page.evaluate("window.heard")
    assert len(heard) == 2
    assert all(text.startswith("Videohjelp: ") and nodes == 1 for text, nodes in heard)
    assert page.locator("[aria-live]:not([aria-live=off])").count() == 1


def test_by_keyboard(page: Page) -> None:
    field(page).focus()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(got(page)).to_have_count(1)
    expect(field(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    page.get_by_role("log").focus()
    expect(page.get_by_role("log")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844), (320, 256)])
def test_axe_finds_nothing(page: Page, scheme: str, width: int, height: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": height})
    assert violations(page) == [], "empty"
    say(page, QUESTION)
    say(page, "HJELP")
    assert violations(page) == [], "conversation"
    page.route(WEBHOOK, lambda route: route.abort())
    write(page, "hei")
    expect(page.locator("#error p")).to_be_visible()
    assert violations(page) == [], "error"


@pytest.mark.parametrize("height", [640, 256])
def test_no_sideways_scroll_at_320_pixels(page: Page, height: int) -> None:
    page.set_viewport_size({"width": 320, "height": height})
    say(page, QUESTION)
    field(page).fill("a" * 300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_are_big_enough(page: Page) -> None:
    small = """[...document.querySelectorAll('button, input, textarea')]
      .map(element => [element.id || element.textContent, element.getBoundingClientRect()])
      .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""
    expect(field(page)).to_be_visible()
    assert page.evaluate(small) == []
