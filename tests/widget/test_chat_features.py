"""What patients and hospitals expect of a chat besides the conversation, one test for each."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import Page, Route, expect

from .accessibility import LISTEN
from .chat_page import (
    NAME_QUESTION,
    answer_with,
    ask,
    choose,
    field,
    open_menu,
    own,
    posts,
    record_requests,
    robot,
    start,
    write,
)

INFORMATION = "**/api/chat/information*"
#: Frames the page in itself, as the loader does, and collects what it tells.
FRAME = """() => {
  window.told = [];
  addEventListener("message", ({ data }) => window.told.push(data));
  const frame = document.createElement("iframe");
  frame.src = "/chat?language=nb";
  frame.width = 400;
  frame.height = 700;
  document.body.prepend(frame);
}"""
TELL = """kind => document.querySelector("iframe").contentWindow
  .postMessage({ videohjelp: kind }, location.origin)"""


def told(page: Page, kind: str) -> list[dict[str, object]]:
    everything: list[dict[str, object]] = page.evaluate("window.told")
    return [one for one in everything if one.get("videohjelp") == kind]


def test_suggested_question_starts_the_conversation(page: Page) -> None:
    page.get_by_role("button", name="Jeg har ikke lyd").click()
    expect(own(page)).to_contain_text("Jeg har ikke lyd")
    expect(robot(page).nth(1)).to_be_visible()


def test_privacy_and_time_are_told_before_the_start(page: Page) -> None:
    said = page.locator("#start")
    expect(said).to_contain_text("lagres i inntil 30 dager")
    expect(said).to_contain_text("Du får beskjed to minutter før")
    expect(said).to_contain_text("Ikke skriv fødselsnummer")
    expect(said.get_by_role("link", name="113")).to_have_attribute("href", "tel:113")


def test_language_switch_during_the_conversation(page: Page) -> None:
    start(page)
    calls = record_requests(page)
    open_menu(page)
    page.locator("#menu-languages").get_by_label("English").check()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_label("Write your message")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(robot(page).last).to_have_attribute("lang", "en")
    expect(own(page)).to_have_count(0)
    assert [post["language"] for post in posts(calls)] == ["en"]
    page.reload()
    expect(page.get_by_label("Write your message")).to_be_visible()


def test_what_stands_in_a_message_is_in_its_language(page: Page) -> None:
    start(page)
    ask(page, NAME_QUESTION)
    ask(page, "I have no sound, what can I do?")
    expect_norwegian_then_english(page)
    page.reload()
    expect_norwegian_then_english(page)


def expect_norwegian_then_english(page: Page) -> None:
    expect(page.get_by_label("Write your message")).to_be_visible()
    rated = page.get_by_role("group", name=re.compile("Vurder svaret|Rate the answer"))
    expect(rated.locator("button")).to_have_text(
        ["Nyttig", "Ikke nyttig", "Helpful", "Not helpful"]
    )
    expect(robot(page).last.get_by_role("group", name="Rate the answer")).to_be_visible()
    expect(robot(page).last.get_by_role("group", name="Choices")).to_be_visible()
    expect(own(page).locator(".speaker")).to_have_text(["Du", "You"])


@pytest.mark.parametrize("size", [125, 150])
def test_text_size(page: Page, size: int) -> None:
    start(page)
    measure = "parseFloat(getComputedStyle(document.querySelector('.bubble')).fontSize)"
    before = page.evaluate(measure)
    open_menu(page)
    page.get_by_label(f"{size} %").check()
    page.keyboard.press("Escape")
    assert page.evaluate(measure) == pytest.approx(before * size / 100, rel=0.01)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    expect(robot(page)).to_have_count(1)
    assert page.evaluate(measure) == pytest.approx(before * size / 100, rel=0.01)


def test_rating_with_undo_and_comment(page: Page) -> None:
    start(page)
    expect(page.get_by_role("group", name="Vurder svaret")).to_have_count(0)
    ask(page, NAME_QUESTION)
    calls = record_requests(page)
    group = page.get_by_role("group", name="Vurder svaret").last
    group.get_by_role("button", name="Ikke nyttig").click()
    expect(group.get_by_role("button", name="Angre")).to_be_focused()
    group.get_by_role("button", name="Angre").click()
    expect(group.get_by_role("button", name="Nyttig", exact=True)).to_be_focused()
    group.get_by_role("button", name="Nyttig", exact=True).click()
    group.get_by_text("Vil du si mer?").click()
    group.get_by_role("textbox").fill("Tydelig og greit")
    group.get_by_role("button", name="Send kommentaren").click()
    expect(group.get_by_text("Kommentaren er sendt")).to_be_focused()
    sent = [(post["rating"], post.get("comment")) for post in posts(calls)]
    assert sent == [("down", None), (None, None), ("up", None), ("up", "Tydelig og greit")]
    page.reload()
    expect(page.get_by_text("Nyttig. Takk for vurderingen.")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "kind", "mark"),
    [
        ("nummeret mitt er 412 34 567", "telefonnummer", "[telefonnummer]"),
        ("romnummer 234567 og pin 4821", "romnummer", "[romnummer]"),
    ],
)
def test_warning_before_a_private_number(page: Page, text: str, kind: str, mark: str) -> None:
    start(page)
    calls = record_requests(page)
    write(page, text)
    warning = page.get_by_role("alert").filter(has_text=kind)
    expect(warning).to_be_visible()
    assert posts(calls) == []
    page.get_by_role("button", name="Send likevel").click()
    expect(own(page)).to_contain_text(mark)
    expect(own(page)).to_contain_text("Vi har tatt bort")
    expect(own(page)).to_have_count(1)
    expect(warning).to_have_count(0)


def test_the_hospitals_own_numbers_need_no_warning(page: Page) -> None:
    start(page)
    ask(page, "skal jeg ringe 55 97 65 51?")
    expect(own(page)).to_contain_text("55 97 65 51")
    expect(page.get_by_role("button", name="Send likevel")).to_have_count(0)


def test_telephones_with_opening_hours(page: Page) -> None:
    start(page)
    line = {"id": "x", "name": "Kundesenteret", "number": "55 97 65 51", "purpose": "Teknisk"}
    body = {
        "phoneLines": [{**line, "status": "closed", "text": "Åpner igjen mandag kl. 08.00"}],
        "notice": "",
    }
    page.route(INFORMATION, lambda route: route.fulfill(json=body))
    choose(page, "Telefon og åpningstider")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Stengt nå. Åpner igjen mandag kl. 08.00")
    expect(dialog.get_by_role("link", name="55 97 65 51")).to_have_attribute(
        "href", "tel:+4755976551"
    )
    dialog.get_by_role("button", name="Lukk").click()
    page.route(INFORMATION, lambda route: route.abort())
    choose(page, "Telefon og åpningstider")
    expect(dialog).to_contain_text("Vi fikk ikke hentet åpningstidene.")
    expect(dialog.get_by_role("link", name="55 97 65 51")).to_be_visible()


def test_notice_of_an_outage(page: Page) -> None:
    body = {"phoneLines": [], "notice": "Join er nede. Ring 55 97 65 51."}
    page.route(INFORMATION, lambda route: route.fulfill(json=body))
    page.reload()
    expect(page.locator("#outage")).to_contain_text("Join er nede.")
    expect(page.locator("#outage").get_by_role("link")).to_have_attribute("href", "tel:+4755976551")


def test_time_out_is_warned_of_and_can_be_put_off(page: Page) -> None:
    start(page)
    ends = (datetime.now(timezone.utc) + timedelta(seconds=100)).isoformat()
    page.evaluate("ends => sessionStorage.setItem('videohjelp-expires', ends)", ends)
    warning = page.get_by_role("alert").filter(has_text="avsluttes om to minutter")
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="Fortsett samtalen").click()
    expect(warning).to_have_count(0)
    left = page.evaluate("Date.parse(sessionStorage.getItem('videohjelp-expires')) - Date.now()")
    assert left > timedelta(hours=1).total_seconds() * 1_000
    page.evaluate("ends => sessionStorage.setItem('videohjelp-expires', ends)", "2026-01-01T00:00Z")
    expect(page.get_by_text("Samtalen er avsluttet.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_deleted_in_another_window(page: Page, page_url: str) -> None:
    start(page)
    page.evaluate(
        """() => fetch("/api/chat/conversation", { method: "DELETE", headers: {
             Authorization: "Bearer " + sessionStorage.getItem("videohjelp-token") } })"""
    )
    expect(page.get_by_text("Samtalen er slettet.")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_what_is_being_written_survives_a_reload(page: Page) -> None:
    start(page)
    field(page).fill("jeg lurer på om")
    page.reload()
    expect(field(page)).to_have_value("jeg lurer på om")


def test_links_say_where_they_open(page: Page) -> None:
    start(page)
    answer_with(page, "Se https://helsenorge.no og https://example.com.")
    ask(page, "hei")
    link = robot(page).last.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_accessible_name("https://helsenorge.no (ny fane)")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_print_shows_the_conversation_only(page: Page) -> None:
    start(page)
    ask(page, NAME_QUESTION)
    page.evaluate("window.print = () => { window.printed = true; }")
    choose(page, "Skriv ut samtalen")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(own(page)).to_be_visible()
    expect(field(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Meny")).to_be_hidden()
    expect(page.get_by_role("log")).to_have_css("overflow-y", "visible")


def test_device_check_is_fetched_on_request_and_its_result_sent(page: Page) -> None:
    calls = record_requests(page)
    start(page)
    assert not [call for call in calls if "device-check" in call.url]
    choose(page, "Sjekk kamera og lyd")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_be_visible()
    assert [call for call in calls if "device-check" in call.url]
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Meny")).to_be_focused()


def test_in_a_frame_new_messages_are_counted(page: Page) -> None:
    page.evaluate(FRAME)
    frame = page.frame_locator("iframe")
    frame.locator("#begin").click()
    expect(frame.locator(".from-robot")).to_have_count(1)
    assert told(page, "ready")
    assert told(page, "started")
    page.evaluate(TELL, "closed")
    frame.locator("#text").fill(NAME_QUESTION)
    frame.locator("#text").press("Enter")
    expect(frame.locator(".from-robot").nth(1)).to_be_visible()
    page.wait_for_timeout(500)
    counts = [one["count"] for one in told(page, "unread")]
    assert counts
    assert counts[-1] == frame.locator(".from-robot").count() - 1
    page.evaluate(TELL, "opened")
    page.wait_for_timeout(200)
    assert told(page, "unread")[-1]["count"] == 0


def test_in_a_frame_it_can_be_minimised(page: Page) -> None:
    expect(page.get_by_role("button", name="Minimer")).to_be_hidden()
    page.evaluate(FRAME)
    frame = page.frame_locator("iframe")
    frame.locator("#begin").click()
    frame.get_by_role("button", name="Minimer").click()
    page.wait_for_timeout(1_000)
    assert len(told(page, "close")) == 1
    frame.get_by_role("button", name="Meny").click()
    frame.get_by_role("heading", name="Meny").press("Escape")
    expect(frame.get_by_role("heading", name="Meny")).to_be_hidden()
    assert len(told(page, "close")) == 1, "Escape closes the dialog first"
    frame.get_by_role("button", name="Meny").press("Escape")
    page.wait_for_timeout(1_000)
    assert len(told(page, "close")) == 2


def test_messages_from_strangers_are_not_heard(page: Page) -> None:
    page.evaluate(FRAME)
    frame = page.frame_locator("iframe")
    frame.locator("#begin").click()
    expect(frame.locator(".from-robot")).to_have_count(1)
    # A page of another origin in a frame beside it is not the parent.
    frame.locator("body").evaluate("() => postMessage({ videohjelp: 'closed' }, '*')")
    frame.locator("#text").fill(NAME_QUESTION)
    frame.locator("#text").press("Enter")
    expect(frame.locator(".from-robot").nth(1)).to_be_visible()
    page.wait_for_timeout(500)
    assert told(page, "unread") == []


def test_server_failure_shows_its_sentence_and_is_given_up(page: Page) -> None:
    page.clock.install()
    start(page)
    body = {"error": "failed", "message": "Noe gikk galt hos oss. Ring 55 97 65 51."}

    def fail(route: Route) -> None:
        content = json.loads(route.request.post_data or "{}")
        if content.get("text") == "første":
            route.fulfill(status=500, json=body)
        else:
            route.continue_()

    page.route("**/api/chat/messages", fail)
    write(page, "første")
    expect(own(page).first).to_contain_text("Noe gikk galt hos oss.")
    write(page, NAME_QUESTION)
    for _ in range(4):
        page.wait_for_timeout(300)
        page.clock.fast_forward(10_000)
    expect(own(page).filter(has_text="første")).to_contain_text("Ikke sendt.")
    expect(robot(page).filter(has_text="join.nhn.no").last).to_be_visible()


def test_own_messages_are_not_announced(page: Page) -> None:
    start(page)
    page.wait_for_timeout(1_000)  # the greeting is said once the focus is where it goes
    page.evaluate(LISTEN)
    ask(page, NAME_QUESTION)
    page.wait_for_timeout(3_000)
    heard = page.evaluate("window.heard")
    assert len(heard) == 1
    assert NAME_QUESTION not in heard[0][0]
