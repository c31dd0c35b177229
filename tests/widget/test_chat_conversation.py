"""The chat page in a real browser, against a running server: the conversation."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from .chat_page import (
    NAME_QUESTION,
    answer_with,
    ask,
    choose,
    field,
    own,
    posts,
    record_requests,
    robot,
    start,
)


def test_nothing_is_stored_or_sent_before_start(page: Page) -> None:
    calls = record_requests(page)
    page.reload()
    page.locator("#languages").get_by_label("Nynorsk").check()
    expect(page.get_by_role("button", name="Start samtalen")).to_be_visible()
    expect(page.get_by_text("Dette er ikkje ei naudteneste")).to_be_visible()
    asked = {urlsplit(call.url).path for call in calls if "/api/" in call.url}
    assert asked == {"/api/chat/information"}, "what is the same for everybody"
    assert posts(calls) == []
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.context.cookies() == []


def test_welcome(page: Page) -> None:
    start(page)
    expect(robot(page).first).to_contain_text(re.compile("robot", re.I))
    expect(robot(page).first.locator(".speaker")).to_have_text("Robot")
    expect(robot(page).first.locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(page.get_by_text("Du snakker med en robot")).to_be_visible()
    expect(field(page)).to_be_focused()
    assert page.evaluate("localStorage.length") == 0


def test_question_about_name(page: Page) -> None:
    start(page)
    ask(page, NAME_QUESTION)
    expect(own(page)).to_contain_text(NAME_QUESTION)
    expect(own(page).locator(".speaker")).to_have_text("Du")
    told = robot(page).filter(has_text="join.nhn.no").last
    expect(told).to_be_visible()
    link = told.get_by_role("link", name="join.nhn.no").first
    expect(link).to_have_attribute("href", "https://join.nhn.no/")
    expect(field(page)).to_have_value("")


@pytest.mark.parametrize(
    ("language", "label"), [("Nynorsk", "Skriv meldinga di"), ("English", "Write your message")]
)
def test_language_choice(page: Page, language: str, label: str) -> None:
    page.locator("#languages").get_by_label(language).check()
    page.locator("#begin").click()
    expect(page.get_by_label(label)).to_be_visible()
    code = {"Nynorsk": "nn", "English": "en"}[language]
    expect(robot(page).first).to_have_attribute("lang", code)
    expect(page.locator("html")).to_have_attribute("lang", code)


def test_shift_enter_makes_a_new_line(page: Page) -> None:
    start(page)
    field(page).press_sequentially("en")
    field(page).press("Shift+Enter")
    field(page).press_sequentially("to")
    expect(field(page)).to_have_value("en\nto")
    expect(own(page)).to_have_count(0)


def test_button_is_spent_after_use(page: Page) -> None:
    start(page)
    calls = record_requests(page)
    button = robot(page).first.get_by_role("group").get_by_role("button").first
    title = button.inner_text()
    button.click()
    spent = page.get_by_role("button", name=f"{title} (valgt)")
    expect(spent).to_have_attribute("aria-disabled", "true")
    expect(spent).to_be_focused()
    expect(own(page)).to_contain_text(title)
    expect(robot(page).nth(1)).to_be_visible()
    expect(robot(page).first.get_by_role("button")).to_have_count(1)
    spent.press("Enter")
    assert own(page).count() == 1
    assert [set(post) for post in posts(calls)] == [{"id", "after", "press"}]
    page.reload()
    expect(page.get_by_role("button", name=f"{title} (valgt)")).to_have_count(1)
    expect(
        robot(page).first.get_by_role("group", name="Svarvalg").get_by_role("button")
    ).to_have_count(1)


def test_unused_buttons_go_when_the_patient_writes(page: Page) -> None:
    start(page)
    expect(robot(page).first.get_by_role("button")).not_to_have_count(0)
    ask(page, NAME_QUESTION)
    expect(robot(page).first.get_by_role("button")).to_have_count(0)


def test_reload_keeps_the_conversation(page: Page) -> None:
    start(page)
    ask(page, NAME_QUESTION)
    said = page.locator(".bubble").all_inner_texts()
    buttons = robot(page).last.get_by_role("button").all_inner_texts()
    page.reload()
    expect(page.locator(".bubble")).to_have_text([re.compile(re.escape(t[:20])) for t in said])
    assert robot(page).last.get_by_role("button").all_inner_texts() == buttons
    expect(page.get_by_role("button", name="Start samtalen")).to_be_hidden()


def test_delete(page: Page) -> None:
    start(page)
    choose(page, "Slett samtalen")
    page.get_by_role("dialog").get_by_role("button", name="Avbryt").click()
    expect(robot(page).first).to_be_visible()
    choose(page, "Slett samtalen")
    page.get_by_role("dialog").get_by_role("button", name="Ja, slett samtalen").click()
    expect(page.get_by_text("Samtalen er slettet.")).to_be_focused()
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    expect(page.get_by_role("button", name="Start samtalen")).to_be_visible()


def test_restart_begins_afresh(page: Page) -> None:
    start(page)
    ask(page, NAME_QUESTION)
    token = page.evaluate("sessionStorage.getItem('videohjelp-token')")
    choose(page, "Start på nytt")
    page.get_by_role("dialog").get_by_role("button", name="Ja, start på nytt").click()
    expect(own(page)).to_have_count(0)
    expect(robot(page).first).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('videohjelp-token')") not in (None, token)
    page.reload()
    expect(robot(page)).to_have_count(1)
    expect(own(page)).to_have_count(0)


def test_download(page: Page) -> None:
    start(page)
    ask(page, NAME_QUESTION)
    with page.expect_download() as download:
        choose(page, "Last ned samtalen")
    assert download.value.suggested_filename == "videohjelp-samtale.txt"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert re.search(rf"\d\d:\d\d Du:\n{NAME_QUESTION}\n", text)
    assert re.search(r"\d\d:\d\d Robot:\n", text)


def test_progress_is_shown(page: Page) -> None:
    start(page)
    answer_with(page, "Åpne https://join.nhn.no.", progress={"step": 2, "steps": 6})
    ask(page, "neste")
    expect(robot(page).last).to_contain_text("Steg 2 av 6")
    expect(robot(page).last.locator("progress")).to_have_attribute("value", "2")
    expect(robot(page).last.locator("time")).to_have_text("09:05")


def test_texts_are_never_read_as_html(page: Page) -> None:
    start(page)
    text = "<img src=x onerror=alert(1)> & <b>fet</b>\n1. En\n2. To\n\nNytt avsnitt"
    answer_with(page, text)
    ask(page, "<i>hei</i>")
    expect(own(page)).to_contain_text("<i>hei</i>")
    assert page.locator(".bubble").locator("img, b, i").count() == 0
    paragraphs = robot(page).last.locator(".bubble p")
    assert paragraphs.all_text_contents() == text.split("\n\n")
    expect(paragraphs.first).to_have_css("white-space", re.compile("pre-line|preserve-breaks"))


def test_no_third_party_request(page: Page, page_url: str) -> None:
    calls = record_requests(page)
    page.reload()
    start(page)
    ask(page, NAME_QUESTION)
    urls = [call.url for call in calls]
    hosts = {urlsplit(url).netloc for url in urls if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(page_url).netloc}
