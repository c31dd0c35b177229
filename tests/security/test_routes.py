"""What the server answers at all: our own addresses, and none of Rasa's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from sanic import Sanic

from tests.security.production import PRODUCTION
from tests.server_process import Server
from videohjelp.settings import settings

#: Every route of a production server with everything turned on. A new one belongs here, and into
#: security/threats.yml when it takes something new in.
ALLOWED = {
    "GET /",
    "GET /api/chat/events",
    "GET /api/chat/information",
    "GET /api/chat/messages",
    "GET /api/chat/openapi.yml",
    "GET /api/chat/ping",
    "GET /assets/<name:str>",
    "GET /chat",
    "GET /device-check",
    "GET /health",
    "HEAD /health",
    "GET /health/live",
    "HEAD /health/live",
    "GET /health/ready",
    "HEAD /health/ready",
    "GET /metrics",
    "GET /staff",
    "GET /staff/cases",
    "GET /staff/cases/<code:str>",
    "GET /staff/conversations/<conversation_id:str>",
    "GET /staff/login",
    "GET /staff/marks",
    "GET /staff/marks.yml",
    "GET /staff/numbers",
    "GET /staff/numbers.csv",
    "GET /staff/record",
    "GET /staff/review",
    "GET /staff/run",
    "GET /staff/run/<run_id:int>",
    "GET /staff/run/compare",
    "GET /staff/static/<name:str>",
    "GET /staff/try",
    "GET /staff/try/<trial_id:str>",
    "GET /widget.js",
    "DELETE /api/chat/conversation",
    "POST /api/chat/conversations",
    "POST /api/chat/feedback",
    "POST /api/chat/messages",
    "POST /api/chat/session",
    "POST /staff/cases/<code:str>",
    "POST /staff/conversations/<conversation_id:str>",
    "POST /staff/language",
    "POST /staff/login",
    "POST /staff/login/language",
    "POST /staff/logout",
    "POST /staff/marks",
    "POST /staff/record",
    "POST /staff/run",
    "POST /staff/try",
    "POST /staff/try/<trial_id:str>",
    "POST /webhooks/sms/twilio",
    "POST /webhooks/sms/twilio/status",
}

#: What Rasa's server, its channels and its action server open (rasa/server.py, rasa/core/channels,
#: rasa_sdk/endpoint.py), beside what `create_app` of Rasa's lists itself.
OF_RASA = (
    "/version",
    "/status",
    "/domain",
    "/actions",
    "/webhook",
    "/webhooks/rest/",
    "/webhooks/rest/webhook",
    "/webhooks/rest/webhook?stream=true",
    "/webhooks/callback/",
    "/webhooks/callback/webhook",
    "/webhooks/socketio",
    "/webhooks/twilio/webhook",
    "/webhooks/facebook/webhook",
    "/webhooks/telegram/webhook",
    "/webhooks/slack/webhook",
    "/webhooks/sms/console",
    "/webhooks/web/webhook",
    "/socket.io/?EIO=4&transport=polling",
    "/sms/",
    "/docs",
    "/conversations/x/tracker?token=",
    "/model/parse?emulation_mode=LUIS",
    "/.git/config",
    "/.env",
    "/data/settings.yml",
    "/assets/../chat.html",
    "/assets/..%2fchat.html",
    "/assets/%2e%2e/%2e%2e/settings.py",
    "/staff/static/..%2fconsole.py",
    "/staff/static/....//console.py",
)
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any) -> Iterator[Sanic]:
    """The application of a production server, not served."""
    from rasa.shared.core.domain import Domain

    from videohjelp.server.app import create_app
    from videohjelp.storage.tracker_store import ConversationStore

    url = f"sqlite:///{tmp_path_factory.mktemp('routes') / 'routes.db'}"
    for name, value in {**PRODUCTION, "DATABASE_URL": url}.items():
        monkeypatch.setenv(f"VIDEOHJELP_{name}", value)
    settings.cache_clear()
    monkeypatch.setattr(Sanic, "_app_registry", {})
    store = ConversationStore(Domain.empty(), database_url=url)
    yield create_app(cast(Any, SimpleNamespace(tracker_store=store)))
    settings.cache_clear()


def test_the_routes_are_the_allowed_ones(app: Sanic) -> None:
    found = routes_of(app)
    assert sorted(found - ALLOWED) == [], "not allowed"
    assert sorted(ALLOWED - found) == [], "not there any more"


def test_rasas_own_addresses_are_not_there(hardened: Server) -> None:
    from rasa.server import create_app as create_rasas_app

    own = {re.sub(r"<[^>]+>", "x", route.split()[1]) for route in routes_of(create_rasas_app())}
    assert "/conversations/x/tracker" in own, "Rasa's routes were found"
    with httpx.Client(base_url=hardened.url, headers={"X-Forwarded-For": "192.0.2.1"}) as web:
        found = {
            (method, address): web.request(method, address).status_code
            for address in sorted({*own, *OF_RASA} - {"/"})
            for method in (("GET",) if ".." in address else ("GET", "POST"))
        }
        front = web.get("/")
    assert {key: status for key, status in found.items() if status != httpx.codes.NOT_FOUND} == {}
    assert front.status_code == httpx.codes.FOUND
    assert front.headers["location"] == "/chat"
    assert "rasa" not in front.text.lower(), "Rasa says its version at /"


@pytest.mark.parametrize("address", ["/chat", "/api/chat/messages", "/health", "/staff/login"])
def test_a_route_answers_to_its_own_methods_only(hardened: Server, address: str) -> None:
    mine = {route.split()[0] for route in ALLOWED if route.split()[1] == address}
    headers = {"X-Forwarded-For": "192.0.2.2", "X-HTTP-Method-Override": "DELETE"}
    for method in {*METHODS, "TRACE", "CONNECTX", "PROPFIND"} - mine:
        answer = httpx.request(method, hardened.url + address, headers=headers)
        assert answer.status_code == httpx.codes.METHOD_NOT_ALLOWED, method
        assert "X-HTTP-Method-Override" not in answer.text, "TRACE gives nothing back"


def routes_of(app: Sanic) -> set[str]:
    """Method and path of every route."""
    return {
        f"{method} /{route.path.lstrip('/')}"
        for route in app.router.routes
        for method in route.methods
    }
