"""The server: one Sanic application with our channels and nothing of Rasa's own routes."""

from __future__ import annotations

import asyncio
import gc
import socket
import time
from pathlib import Path
from typing import cast

import structlog
from prometheus_client.registry import Collector
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic
from sanic.exceptions import InvalidUsage, MethodNotSupported, NotFound, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.services import cases
from videohjelp import clock
from videohjelp.channels.sms.channel import SmsChannel
from videohjelp.channels.web.channel import WebChannel
from videohjelp.channels.web.failures import failure, headers_of
from videohjelp.channels.web.languages import wanted_language
from videohjelp.coordination.shared import make_shared
from videohjelp.metrics.counters import Counters
from videohjelp.metrics.handoff import HandoffMetrics
from videohjelp.metrics.process import ProcessMetrics
from videohjelp.metrics.registry import Guarded, make_registry
from videohjelp.metrics.sms import SmsMetrics
from videohjelp.observation import observe_with
from videohjelp.server.access import ObservedSanic
from videohjelp.server.assistant import load_assistant
from videohjelp.server.deliveries import deliver_cases_forever
from videohjelp.server.freed_memory import give_back_freed_memory
from videohjelp.server.guards import add_guards
from videohjelp.server.health import (
    ModelLoaded,
    Readiness,
    database_answers,
    drain_before_stop,
    health_routes,
    lock_store_answers,
    redis_answers,
    tell_forever,
)
from videohjelp.server.measuring import (
    CountedRequests,
    count_database_errors,
    measured,
    model_info,
    topics,
    watch_event_loop,
)
from videohjelp.server.metrics import metrics_routes
from videohjelp.server.reloading import keep_model_current
from videohjelp.server.retention import delete_old_forever
from videohjelp.server.secret import secret_keys
from videohjelp.server.stopping import end_background_work
from videohjelp.server.strict_http import DeadlineProtocol, StrictRequest
from videohjelp.server.training import models
from videohjelp.settings import settings
from videohjelp.staff.console import staff_console
from videohjelp.storage.tracker_store import ConversationStore

log = structlog.get_logger("videohjelp.server")

#: Longest request body, in bytes. A text message comes in with up to 1600 characters, each of them
#: up to twelve bytes ("%F0%9F%98%80").
REQUEST_MAX_SIZE = 32_768

#: New objects after which Python looks for circles that nobody holds.
_OBJECTS_BETWEEN_COLLECTIONS = 10_000
#: Seconds after which the loop runs for good.
_UNTIL_IT_RUNS = 0.1


def create_app(agent: Agent) -> Sanic:
    """The application around a loaded agent."""
    registry = make_registry([])
    counters = Counters(registry, lambda: topics(agent))
    observe_with(counters)
    app = ObservedSanic(
        "videohjelp",
        CountedRequests(counters),
        configure_logging=False,
        request_class=StrictRequest,
        env_prefix=None,
    )
    app.config.REQUEST_MAX_SIZE = REQUEST_MAX_SIZE
    app.config.REQUEST_TIMEOUT = settings().request_seconds
    app.config.RESPONSE_TIMEOUT = 20
    app.config.KEEP_ALIVE_TIMEOUT = settings().idle_seconds
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 5
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.PROXIES_COUNT = settings().proxies_count or None
    app.ctx.agent = agent

    async def handle(message: UserMessage) -> None:
        await agent.handle_message(message)

    handle_measured = measured(handle)
    store = cast(ConversationStore, agent.tracker_store)
    shared = make_shared(settings(), store.engine, secret_keys()[-1])
    add_guards(app, settings(), shared.rates)
    sms = SmsChannel(shared)
    channels: list[InputChannel] = [WebChannel(shared), sms]
    app.ctx.input_channels = channels
    for channel in channels:
        app.blueprint(channel.blueprint(handle_measured))
    registry.register(Guarded(_collectors(app, sms, store)))
    app.blueprint(metrics_routes(registry, settings().metrics_token))
    if settings().staff_console:
        app.blueprint(staff_console(settings(), store.engine, shared.rates))

    readiness = Readiness(
        [ModelLoaded(agent), database_answers(store.engine), lock_store_answers(agent)],
        [] if shared.redis is None else [redis_answers(shared.redis)],
    )
    app.blueprint(health_routes(readiness))

    @app.exception(NotFound, MethodNotSupported)  # type: ignore[no-untyped-call]
    async def no_such_address(request: Request, error: SanicException) -> HTTPResponse:
        accepted = request.headers.get("accept-language") or ""
        language = wanted_language(accepted, settings().default_language)
        return failure("not_found", error.status_code, language, headers_of(error))

    @app.exception(InvalidUsage)  # type: ignore[no-untyped-call]
    async def unreadable(_request: Request, error: SanicException) -> HTTPResponse:
        # Nothing of such a request is looked at, its language neither.
        return failure("bad_request", error.status_code, settings().default_language)

    # Sanic calls the last one first: the channels end when the proxies have noticed.
    app.register_listener(
        drain_before_stop(readiness, settings().drain_seconds), "before_server_stop"
    )

    async def close(_app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        await end_background_work()
        await shared.close()

    app.register_listener(close, "after_server_stop")
    count_database_errors(counters)
    app.add_task(watch_event_loop(counters))
    app.add_task(tell_forever(readiness, counters.readiness))
    app.add_task(delete_old_forever(store, shared.locks))
    keep_model_current(app, agent, models())
    if settings().handoff_webhook_url:
        app.add_task(deliver_cases_forever())
    return app


def serve(model: Path, listening: socket.socket, started: float) -> None:
    """Loads the assistant and serves until Ctrl-C.

    listening: a bound socket. started: when the command began (time.monotonic()).
    """
    # What is imported stays: looking through it for garbage takes up to half a second.
    gc.freeze()
    # A message makes some thousands of objects, hardly any of them in circles.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    give_back_freed_memory()
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
        # Sanic calls this just before the loop runs for good; a Ctrl-C until then would be lost,
        # and what is called soon may still come before.
        loop.call_later(_UNTIL_IT_RUNS, announce)

    app.register_listener(announce_when_running, "after_server_start")
    app.run(sock=listening, protocol=DeadlineProtocol, access_log=False, motd=False, debug=False)
    print("\nStopped.", flush=True)


def _collectors(app: Sanic, sms: SmsChannel, store: ConversationStore) -> dict[str, Collector]:
    """What /metrics counts when it is asked."""
    url = store.engine.url
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    process = ProcessMetrics(
        model=lambda: model_info(app.ctx.agent),
        streams=lambda: app.ctx.web.updates.listening,
        disk=Path(str(url.database)).resolve().parent if is_file else None,
        build=settings().build,
    )
    found: dict[str, Collector] = {
        "process": process,
        "handoff": HandoffMetrics(cases(), clock.now),
    }
    if (stores := sms.stores) is not None:
        found["sms"] = SmsMetrics(
            inbox=stores.inbox,
            outbox=stores.outbox,
            reports=stores.reports,
            limits=stores.limits,
            consent=stores.consent,
            daily_segments=settings().sms_daily_segments,
            now=clock.now,
        )
    return found
