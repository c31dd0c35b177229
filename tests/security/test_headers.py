"""What every answer tells a browser, errors and refusals included."""

from __future__ import annotations

import httpx
import pytest

from tests.security.production import METRICS_TOKEN, PRODUCTION
from tests.server_process import Server
from videohjelp.channels.web.pages import STATIC

ASSET = f"/assets/{next((STATIC / 'assets').glob('*.js')).name}"
PAGES = ("/chat", "/device-check")
FILES = ("/widget.js", ASSET)
OTHERS = (
    ("GET", "/"),
    ("GET", "/api/chat/information"),
    ("GET", "/api/chat/messages"),
    ("GET", "/api/chat/openapi.yml"),
    ("GET", "/api/chat/ping?kilobytes=1"),
    ("GET", "/health"),
    ("GET", "/metrics"),
    ("GET", "/nope"),
    ("GET", "/staff"),
    ("GET", "/staff/login"),
    ("GET", "/staff/review"),
    ("GET", "/staff/static/nope.js"),
    ("POST", "/api/chat/conversations"),
    ("POST", "/api/chat/messages"),
    ("POST", "/staff/login"),
    ("POST", "/webhooks/sms/twilio"),
    ("TRACE", "/health"),
)
HTTPS = {"X-Forwarded-For": "192.0.2.3", "X-Forwarded-Proto": "https"}
OPEN_FRAMES = "frame-ancestors 'self' https://www.sykehus.example https://*.helse.example"


def ask(server: Server, method: str, address: str, **headers: str) -> httpx.Response:
    """An answer of the server behind its proxy, over https."""
    return httpx.request(method, server.url + address, headers={**HTTPS, **headers})


@pytest.mark.parametrize(("method", "address"), [*OTHERS, *(("GET", page) for page in PAGES)])
def test_nobody_keeps_or_guesses_what_it_is(hardened: Server, method: str, address: str) -> None:
    headers = ask(hardened, method, address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers, "no banner"
    assert "x-powered-by" not in headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy.replace("https://*.helse.example", "")


@pytest.mark.parametrize(("method", "address"), OTHERS)
def test_nobody_frames_it(hardened: Server, method: str, address: str) -> None:
    headers = ask(hardened, method, address).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize("address", PAGES)
def test_the_hospitals_named_may_frame_the_pages(hardened: Server, address: str) -> None:
    headers = ask(hardened, "GET", address).headers
    assert f"{OPEN_FRAMES};" in headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in headers["content-security-policy"]
    assert "camera=(self)" in headers["permissions-policy"]


@pytest.mark.parametrize("address", FILES)
def test_the_widgets_files_may_be_loaded_anywhere(hardened: Server, address: str) -> None:
    headers = ask(hardened, "GET", address, Origin="https://fremmed.example").headers
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"]
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "origin", ["https://fremmed.example", "https://www.sykehus.example", "null"]
)
def test_no_other_websites_script_reads_the_api(hardened: Server, origin: str) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,authorization",
    }
    for address in ("/api/chat/conversations", "/api/chat/messages", "/staff/login", "/metrics"):
        for method in ("OPTIONS", "GET", "POST"):
            headers = ask(hardened, method, address, **asked).headers
            assert not [name for name in headers if name.startswith("access-control-")], address


def test_over_http_nothing_is_promised(hardened: Server) -> None:
    headers = httpx.get(f"{hardened.url}/health", headers={"X-Forwarded-For": "192.0.2.4"}).headers
    assert "strict-transport-security" not in headers, "RFC 6797, 7.2"


def test_staffs_cookies_are_for_https_alone(hardened: Server) -> None:
    for headers in ({}, HTTPS):
        cookie = httpx.get(f"{hardened.url}/staff/login", headers=headers).headers["set-cookie"]
        assert cookie.startswith("__Host-staff_form=")
        assert all(flag in cookie for flag in ("Secure", "HttpOnly", "SameSite=Strict"))


def test_the_figures_need_the_token(hardened: Server) -> None:
    address = f"{hardened.url}/metrics"
    headers = {"X-Forwarded-For": "192.0.2.5"}
    assert httpx.get(address, headers=headers).status_code == httpx.codes.UNAUTHORIZED
    shown = {**headers, "Authorization": f"Bearer {METRICS_TOKEN}"}
    assert httpx.get(address, headers=shown).status_code == httpx.codes.OK


def test_no_secret_is_in_the_log(hardened: Server) -> None:
    said = (hardened.folder / "server.log").read_text(encoding="utf-8")
    said += (hardened.folder / "server.out").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "METRICS_TOKEN", "HANDOFF_WEBHOOK_SECRET", "SMS_TWILIO_AUTH_TOKEN"):
        assert PRODUCTION[name] not in said
