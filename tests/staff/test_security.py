"""Who gets where in the console: sessions, roles, forms of others, guessed passwords, scripts."""

from __future__ import annotations

import httpx
import pytest

from tests.staff.client import PASSWORD, READER, TESTER, Staff
from tests.staff.conftest import Console
from videohjelp.staff.attempts import OF_ACCOUNT

PAGES = ("", "/review", "/cases", "/numbers", "/numbers.csv", "/marks", "/marks.yml")
TESTER_PAGES = ("/try", "/run", "/record?trial=x", "/run/compare?a=1&b=1", "/run/1")


def test_off_by_default(server_url: str) -> None:
    for path in ("", "/login", "/review", "/static/htmx.min.js"):
        assert httpx.get(f"{server_url}/staff{path}").status_code == 404


@pytest.mark.parametrize("path", [*PAGES, *TESTER_PAGES, "/conversations/x", "/cases/x"])
def test_without_a_session_there_is_only_the_login(console: Console, path: str) -> None:
    answer = Staff(console.url).get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/staff/login"


@pytest.mark.parametrize("path", TESTER_PAGES)
def test_a_reader_does_not_reach_a_testers_pages(console: Console, path: str) -> None:
    assert Staff(console.url, READER).get(path).status_code == 403


def test_a_reader_cannot_send_a_testers_forms(console: Console) -> None:
    reader = Staff(console.url, READER)
    for path in ("/try", "/run", "/record"):
        assert reader.post(path).status_code == 403


@pytest.mark.parametrize("path", ["/logout", "/language", "/marks", "/try", "/run", "/record"])
@pytest.mark.parametrize("csrf", ["", "x", "æ"])
def test_a_form_without_the_token_is_refused(console: Console, path: str, csrf: str) -> None:
    tester = Staff(console.url, TESTER)
    tester.csrf = csrf
    assert tester.post(path).status_code == 403
    assert tester.get("/review").status_code == 200, "the session goes on"


def test_the_login_form_needs_its_token(console: Console) -> None:
    staff = Staff(console.url)
    staff.csrf = "x"
    assert staff.post("/login", name=READER, password=PASSWORD).status_code == 403


def test_a_wrong_password_is_told_and_lets_nobody_in(console: Console) -> None:
    staff = Staff(console.url)
    answer = staff.log_in(READER, "heilt feil passord")
    assert answer.status_code == 401
    assert "Brukernavnet eller passordet er feil" in answer.text
    assert staff.get("/review").status_code == 303


def test_guessing_an_accounts_password_is_stopped(console: Console) -> None:
    staff = Staff(console.url)
    staff.get("/login")
    for _ in range(OF_ACCOUNT.amount):
        assert staff.post("/login", name="offer", password="gjetning").status_code == 401
    stopped = staff.post("/login", name="offer", password="gjetning")
    assert stopped.status_code == 429
    assert 0 < int(stopped.headers["retry-after"]) <= 900


def cookies(answer: httpx.Response) -> dict[str, str]:
    """What is set, by name."""
    return {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}


def test_the_cookie_over_http(console: Console) -> None:
    kept = cookies(Staff(console.url).log_in(READER, PASSWORD))["staff"]
    assert "HttpOnly" in kept
    assert "SameSite=Strict" in kept
    assert "Path=/" in kept
    assert "Secure" not in kept


def test_the_cookie_over_https(console: Console) -> None:
    staff = Staff(
        console.url,
        headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"},
    )
    form = staff.get("/login")
    token = cookies(form)["__Host-staff_form"].partition("=")[2].partition(";")[0]
    answer = staff.http.post(
        "/login",
        data={"csrf": staff.csrf, "name": READER, "password": PASSWORD},
        headers={"Cookie": f"__Host-staff_form={token}"},
    )
    assert answer.status_code == 303
    kept = cookies(answer)["__Host-staff"]
    assert all(flag in kept for flag in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"))
    assert "Domain" not in kept


def test_logging_out_ends_the_session_for_good(console: Console) -> None:
    staff = Staff(console.url, READER)
    kept = staff.http.cookies.get("staff")
    assert staff.post("/logout").status_code == 303
    staff.http.cookies.set("staff", kept or "")
    assert staff.get("/review").status_code == 303


def test_the_headers_forbid_scripts_in_the_page_and_frames(console: Console) -> None:
    answer = Staff(console.url, READER).get("/review")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "<script>" not in answer.text, "no script in the page itself"


def test_what_does_not_exist(console: Console) -> None:
    tester = Staff(console.url, TESTER)
    for path in (
        "/conversations/x",
        "/cases/K7M-4RT9",
        "/try/x",
        "/run/4711",
        "/run/compare",
        "/record",
        "/record?conversation=x",
    ):
        assert tester.get(path).status_code == 404, path
    assert httpx.get(f"{console.url}/staff/static/console.py").status_code == 404


def test_the_password_is_in_no_log(console: Console) -> None:
    Staff(console.url, READER)
    assert PASSWORD not in (console.server.folder / "server.log").read_text(encoding="utf-8")
