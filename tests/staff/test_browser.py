"""The console in a real browser, as staff use it; each page is looked at by axe."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.channels.watched_page import watched_page
from tests.chromium import chromium
from tests.server_process import ROOT
from tests.staff.client import PASSWORD, READER, TESTER
from tests.staff.conftest import Console
from tests.widget.accessibility import violations

PICTURES = ROOT / "docs" / "pictures"
RECORDED = ROOT / "tests" / "e2e" / "recorded_by_a_test"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for this module alone."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(browser: Browser, console: Console) -> Iterator[Page]:
    """A tester who is logged in; a script error or a breach of the CSP fails the test."""
    with watched_page(browser, console.url, "/staff") as opened:
        log_in(opened, TESTER)
        yield opened


def log_in(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_have_text("Logg inn")
    assert_accessible(page)
    page.get_by_label("Brukernavn").fill(name)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.locator("h1")).to_have_text("Gjennomgang")


def assert_accessible(page: Page) -> None:
    assert violations(page) == []


def take(page: Page, folder: Path, name: str) -> None:
    """Takes a picture for docs/staff.md; it is replaced only with VIDEOHJELP_PICTURES=1."""
    picture = folder / name
    page.screenshot(path=picture, animations="disabled")
    if os.environ.get("VIDEOHJELP_PICTURES"):
        shutil.copy(picture, PICTURES / name)
    assert (PICTURES / name).is_file(), "take it with VIDEOHJELP_PICTURES=1"


def go(page: Page, menu: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=menu, exact=True).click()
    expect(page.locator("h1")).to_have_text(menu)


def test_review_mark_and_export(page: Page, tmp_path: Path) -> None:
    go(page, "Gjennomgang")
    assert_accessible(page)
    take(page, tmp_path, "staff-review.png")
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("Samtale")
    expect(page.locator(".bubble", has_text="<script>alert(1)</script>")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Riktig tema").first.select_option("no_sound")
    page.get_by_role("button", name=re.compile("^Merk: blæ")).click()
    expect(page.get_by_text("Merket som no_sound")).to_be_visible()
    go(page, "Merkede meldinger")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned som treningsdata").click()
    assert "intent: no_sound" in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_role("button", name=re.compile("^Fjern merket")).click()
    expect(page.get_by_text("Ingen meldinger er merket")).to_be_visible()


def test_a_case(page: Page, console: Console, tmp_path: Path) -> None:
    go(page, "Saker")
    assert_accessible(page)
    page.get_by_label("Kode", exact=True).fill("K7M")
    page.get_by_role("button", name="Finn saken").click()
    expect(page.get_by_role("alert")).to_contain_text("Det er ingen sak")
    page.get_by_label("Kode", exact=True).fill(console.code.lower())
    page.get_by_role("button", name="Finn saken").click()
    expect(page.locator("h1")).to_have_text(f"Sak {console.code}")
    assert_accessible(page)
    page.get_by_role("button", name="Merk som løst").click()
    expect(page.get_by_text("Løst av")).to_be_visible()
    page.get_by_role("button", name="Åpne saken igjen").click()
    expect(page.get_by_text("Saken er åpen")).to_be_visible()


def test_numbers(page: Page, tmp_path: Path) -> None:
    go(page, "Tall")
    assert_accessible(page)
    expect(page.locator("svg rect")).to_have_count(4 * 14)
    take(page, tmp_path, "staff-numbers.png")
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned til regneark").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("day,")


def test_try_record_and_run(page: Page, tmp_path: Path) -> None:
    try:
        try_and_record(page, tmp_path)
        run(page, tmp_path)
    finally:
        shutil.rmtree(RECORDED, ignore_errors=True)


def try_and_record(page: Page, tmp_path: Path) -> None:
    go(page, "Prøv")
    assert_accessible(page)
    page.get_by_label("Dag og klokkeslett").fill("2026-12-22T19:30")
    page.get_by_role("button", name="Start samtalen").click()
    expect(page.locator("h1")).to_have_text("Prøvesamtale")
    expect(page.locator(".turns > li")).to_have_count(1)
    page.get_by_label("Skriv som pasient").fill("kameraet virker ikke")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".turns > li")).to_have_count(2)
    expect(page.get_by_label("Skriv som pasient")).to_be_focused()
    expect(page.get_by_label("Skriv som pasient")).to_have_value("")
    inside = page.locator(".inside").last
    expect(inside).to_contain_text("camera_not_working")
    expect(inside).to_contain_text("ms")
    assert_accessible(page)
    page.locator("#talk form button").first.click()
    expect(page.locator(".turns > li")).to_have_count(3)
    take(page, tmp_path, "staff-try.png")
    page.get_by_role("link", name="Lag en test av samtalen").click()
    expect(page.locator("h1")).to_have_text("Lag en test")
    assert_accessible(page)
    page.get_by_label("Navn på testen").fill("kameraet, laget av en ansatt")
    page.get_by_label("Mappe").fill(RECORDED.name)
    page.get_by_role("button", name="Vis filen").click()
    expect(page.locator("pre")).to_contain_text("clock: 2026-12-22T19:30")
    assert_accessible(page)
    take(page, tmp_path, "staff-record.png")
    page.get_by_label("Skal bli forstått som").first.fill("no_sound")
    page.get_by_role("button", name="Lagre testen").click()
    expect(page.locator("h1")).to_have_text("Testen er lagret")
    assert_accessible(page)
    assert (RECORDED / "kameraet_laget_av_en_ansatt.yml").is_file()


def run(page: Page, tmp_path: Path) -> None:
    go(page, "Tester")
    page.get_by_label("Bare tester med dette i navnet").fill("laget av en ansatt")
    page.get_by_role("button", name="Kjør", exact=True).click()
    expect(page.get_by_text("0 bestått, 1 feilet, av 1").first).to_be_visible(timeout=120_000)
    expect(page.locator(".failed")).to_contain_text("intent: no_sound")
    expect(page.locator(".failed")).to_contain_text("camera_not_working")
    assert_accessible(page)
    take(page, tmp_path, "staff-run.png")
    go(page, "Tester")
    assert_accessible(page)
    page.get_by_role("button", name="Sammenlign").click()
    expect(page.get_by_text("Ingen tester ga et annet resultat")).to_be_visible()
    assert_accessible(page)


def test_the_keyboard_alone(browser: Browser, console: Console) -> None:
    with watched_page(browser, console.url, "/staff") as page:
        log_in(page, READER)
        expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(4)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Gå til innholdet")).to_be_focused()
        expect(page.get_by_role("link", name="Gå til innholdet")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Ikke besvart")).to_be_focused()
        page.get_by_role("button", name="English").press("Enter")
        expect(page.locator("h1")).to_have_text("Review")
        page.get_by_role("button", name="Log out").press("Enter")
        expect(page.locator("h1")).to_have_text("Log in")


@pytest.mark.parametrize("width", [768, 1024, 1366])
def test_no_page_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("review", "cases", "numbers", "marks", "try", "run"):
        page.goto(f"/staff/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
    page.set_viewport_size({"width": 1280, "height": 900})
