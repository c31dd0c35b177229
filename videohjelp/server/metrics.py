"""GET /metrics: the figures, for whoever shows the token; without one for this machine alone."""

from __future__ import annotations

import asyncio
import hmac

import structlog
from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from videohjelp.channels.headers import api_headers
from videohjelp.channels.local_calls import is_local
from videohjelp.metrics.registry import written

log = structlog.get_logger("videohjelp.metrics")

#: Seconds until a monitoring server is told that there are no figures; Prometheus waits ten.
PATIENCE = 8.0


def metrics_routes(registry: CollectorRegistry, token: SecretStr | None) -> Blueprint:
    """The route /metrics. 401 or 403 for others, 503 when the figures cannot be counted.

    token: what "Authorization: Bearer …" must show; without it the call must come from this
    machine.
    """
    routes = Blueprint("metrics")
    expected = token.get_secret_value() if token else ""

    @routes.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if expected and not _shows(headers.get("authorization", ""), expected):
            return empty(401, {**api_headers(), "WWW-Authenticate": "Bearer"})
        if not expected and not is_local(request.ip, headers):
            return empty(403, api_headers())
        counting = asyncio.to_thread(written, registry, headers.get("accept", ""))
        try:
            figures, content_type = await asyncio.wait_for(counting, PATIENCE)
        except Exception:
            log.exception("metrics_failed")
            return empty(503, api_headers())
        return raw(figures, headers=api_headers(), content_type=content_type)

    return routes


def _shows(authorization: str, expected: str) -> bool:
    scheme, _, shown = authorization.partition(" ")
    # Headers that are no UTF-8 come with surrogates.
    same = hmac.compare_digest(shown.strip().encode("utf-8", "surrogateescape"), expected.encode())
    return same and scheme.lower() == "bearer"
