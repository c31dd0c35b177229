"""The server: one Sanic application with our channels and nothing of Rasa's own routes."""

from __future__ import annotations

import asyncio
import socket
import time
from pathlib import Path
from typing import cast

import structlog
from prometheus_client.registry import Collector
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic
from sanic.exceptions import MethodNotSupported, NotFound, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from videohjelp import clock
from videohjelp.channels.headers import api_headers
from videohjelp.channels.sms.channel import SmsChannel
from videohjelp.channels.web.channel import WebChannel
from videohjelp.channels.web.failures import failure
from videohjelp.channels.web.languages import wanted_language
from videohjelp.metrics.registry import make_registry
from videohjelp.metrics.sms import SmsMetrics
from videohjelp.server.assistant import load_assistant
from videohjelp.server.deliveries import deliver_cases_forever
from videohjelp.server.guards import add_guards
from videohjelp.server.metrics import metrics_routes
from videohjelp.server.retention import delete_old_forever
from videohjelp.server.strict_http import DeadlineProtocol, StrictRequest
from videohjelp.settings import settings
from videohjelp.staff.console import staff_console
from videohjelp.storage.tracker_store import ConversationStore

log = structlog.get_logger("videohjelp.server")

#: Longest request body, in bytes. A text message comes in with up to 1600 characters, each of them
#: up to twelve bytes ("%F0%9F%98%80").
REQUEST_MAX_SIZE = 32_768


def create_app(agent: Agent) -> Sanic:
    """The application around a loaded agent."""
    app = Sanic("videohjelp", configure_logging=False, request_class=StrictRequest, env_prefix=None)
    app.config.REQUEST_MAX_SIZE = REQUEST_MAX_SIZE
    app.config.REQUEST_TIMEOUT = settings().request_seconds
    app.config.RESPONSE_TIMEOUT = 20
    app.config.KEEP_ALIVE_TIMEOUT = settings().idle_seconds
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.PROXIES_COUNT = settings().proxies_count or None
    app.ctx.agent = agent
    add_guards(app, settings())

    async def handle(message: UserMessage) -> None:
        await agent.handle_message(message)

    sms = SmsChannel()
    channels: list[InputChannel] = [WebChannel(), sms]
    app.ctx.input_channels = channels
    for channel in channels:
        app.blueprint(channel.blueprint(handle))
    app.blueprint(metrics_routes(make_registry(_collectors(sms)), settings().metrics_token))
    store = cast(ConversationStore, agent.tracker_store)
    if settings().staff_console:
        app.blueprint(staff_console(settings(), store.engine))

    @app.get("/health")
    async def health(_request: Request) -> HTTPResponse:
        ready = agent.is_ready() and await _database_answers(agent)
        body = {"status": "ok" if ready else "not ready"}
        return json(body, status=200 if ready else 503, headers=api_headers())

    @app.exception(NotFound, MethodNotSupported)  # type: ignore[no-untyped-call]
    async def no_such_address(request: Request, error: SanicException) -> HTTPResponse:
        accepted = request.headers.get("accept-language") or ""
        language = wanted_language(accepted, settings().default_language)
        return failure("not_found", error.status_code, language)

    app.add_task(delete_old_forever(store))
    if settings().handoff_webhook_url:
        app.add_task(deliver_cases_forever())
    return app


def serve(model: Path, listening: socket.socket, started: float) -> None:
    """Loads the assistant and serves until Ctrl-C.

    listening: a bound socket. started: when the command began (time.monotonic()).
    """
    app = create_app(load_assistant(model))
    host, port = listening.getsockname()[:2]
    has_simulator = settings().sms_provider == "console"
    simulator = f"\nText messages, simulated: http://{host}:{port}/sms/" if has_simulator else ""

    def announce() -> None:
        seconds = time.monotonic() - started
        print(
            f"\nVideohjelp is ready after {seconds:.1f} s: http://{host}:{port}/"
            f"{simulator}\nStop it with Ctrl-C.",
            flush=True,
        )
        log.info("ready", seconds=round(seconds, 1))

    async def announce_when_running(_app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        # Sanic calls this just before the loop runs for good; a Ctrl-C until then would hang.
        loop.call_soon(announce)

    app.register_listener(announce_when_running, "after_server_start")
    app.run(sock=listening, protocol=DeadlineProtocol, access_log=False, motd=False, debug=False)
    print("\nStopped.", flush=True)


def _collectors(sms: SmsChannel) -> list[Collector]:
    """What /metrics counts."""
    stores = sms.stores
    if stores is None:
        return []
    return [
        SmsMetrics(
            inbox=stores.inbox,
            outbox=stores.outbox,
            reports=stores.reports,
            limits=stores.limits,
            consent=stores.consent,
            daily_segments=settings().sms_daily_segments,
            now=clock.now,
        )
    ]


async def _database_answers(agent: Agent) -> bool:
    try:
        await asyncio.wait_for(agent.tracker_store.retrieve("health-check"), 2.0)
    except Exception:
        log.exception("database_does_not_answer")
        return False
    return True
