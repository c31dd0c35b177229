"""What holds for every answer of the server, whoever gives it: headers, and limits by network."""

from __future__ import annotations

from sanic import Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from videohjelp.channels.headers import TRANSPORT_SECURITY, api_headers
from videohjelp.channels.network_limits import NetworkLimits
from videohjelp.channels.web.failures import failure, wait
from videohjelp.channels.web.languages import wanted_language
from videohjelp.channels.web.limits import TooManyError
from videohjelp.coordination.rates import Rates
from videohjelp.settings import Settings

#: Here a secret may be guessed, and nobody honest is refused again and again.
GUARDED = ("/metrics", "/webhooks/")
_REFUSED = (401, 403)


def add_guards(app: Sanic, settings: Settings, rates: Rates) -> None:
    """Adds what every request and every answer go through, those that no route gives included."""
    limits = NetworkLimits(settings, rates)

    @app.on_request  # type: ignore[untyped-decorator]
    async def limit(request: Request) -> HTTPResponse | None:
        address = request.remote_addr or request.ip
        try:
            await limits.request(address)
            if request.path.startswith(GUARDED):
                await limits.may_be_refused(address)
        except TooManyError as error:
            accepted = request.headers.get("accept-language") or ""
            language = wanted_language(accepted, settings.default_language)
            return failure("too_many", 429, language, wait(error.retry_after))
        return None

    @app.on_response  # type: ignore[untyped-decorator]
    async def complete(request: Request, response: BaseHTTPResponse) -> None:
        if response.status in _REFUSED and request.path.startswith(GUARDED):
            await limits.refused(request.remote_addr or request.ip)
        for name, value in api_headers().items():
            response.headers.setdefault(name, value)
        if settings.is_production() and request.scheme == "https":
            response.headers.setdefault(*TRANSPORT_SECURITY)
