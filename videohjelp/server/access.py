"""The application with a request id, one access line, and one figure for every request."""

from __future__ import annotations

import time
from typing import Any, Protocol

import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from videohjelp.server.log_context import begin_request

log = structlog.get_logger("videohjelp.access")

REQUEST_ID = "X-Request-ID"
#: Asked every few seconds by machines: their lines are for whoever looks for them.
_PROBES = ("/health", "/metrics")
_CHANNELS = {"/api/chat": "web", "/webhooks/sms": "sms", "/staff": "staff"}
NO_ROUTE = "none"


class RequestObserver(Protocol):
    """Hears of every request when it has ended."""

    def answered(self, method: str, route: str, status: int | None, seconds: float) -> None:
        """route: the template, NO_ROUTE without one. status: None when nobody waited for it."""


class ObservedSanic(Sanic):
    """Sanic that tells of each request: in the log, and to an observer.

    Around the handling as a whole, not as middleware: a stream's line comes when it has ended,
    and what no route matches has one too.
    """

    def __init__(self, name: str, observer: RequestObserver, **options: Any) -> None:
        """Takes the observer, and what Sanic takes."""
        super().__init__(name, **options)
        self.ctx.request_observer = observer
        self.register_middleware(_identify, "response")

    async def handle_request(self, request: Request) -> None:
        """Sanic's call for each request whose head could be read."""
        request.ctx.request_id = begin_request(request.headers.get(REQUEST_ID))
        request.ctx.status = None
        began = time.perf_counter()
        try:
            await super().handle_request(request)
        finally:
            _tell(self.ctx.request_observer, request, time.perf_counter() - began)


async def _identify(request: Request, response: BaseHTTPResponse) -> None:
    # A request whose head could not be read has no id.
    if request_id := getattr(request.ctx, "request_id", None):
        response.headers[REQUEST_ID] = request_id
        request.ctx.status = response.status


def _tell(observer: RequestObserver, request: Request, seconds: float) -> None:
    route, status = _route(request), request.ctx.status
    observer.answered(request.method, route, status, seconds)
    say = log.debug if route.startswith(_PROBES) else log.info
    say(
        "request",
        method=request.method,
        route=route,
        status=status,
        ms=round(seconds * 1000, 1),
        channel=channel_of(route),
    )


def _route(request: Request) -> str:
    """The route's template: a path may hold what somebody wrote."""
    return NO_ROUTE if request.route is None else f"/{request.route.path.lstrip('/')}"


def channel_of(route: str) -> str | None:
    """Whose route it is: "web", "sms", "staff"; None for pages, files and probes."""
    return next((name for begin, name in _CHANNELS.items() if route.startswith(begin)), None)
