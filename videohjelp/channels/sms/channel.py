"""The SMS channel: takes the provider's calls in, and keeps answering and sending.

A call is proven genuine, stored and acknowledged; everything else happens afterwards, in the
background of the serving process. What cannot be stored is not acknowledged: the provider comes
again. A call that comes twice is stored once, by the provider's id of the message.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text

from videohjelp.channels.sms.calls import call_of
from videohjelp.channels.sms.conversation import CHANNEL, Conversations, OnNewMessage
from videohjelp.channels.sms.providers import make_provider
from videohjelp.channels.sms.providers.base import WEBHOOKS, NotGenuineError, UnreadableError
from videohjelp.channels.sms.providers.console import ConsoleProvider
from videohjelp.channels.sms.service import SmsService
from videohjelp.channels.sms.simulator.page import add_page
from videohjelp.channels.sms.simulator.routes import add_simulator
from videohjelp.channels.sms.stores import Stores
from videohjelp.coordination.shared import Shared
from videohjelp.production.gate import refuse_rasas_server
from videohjelp.settings import settings

log = structlog.get_logger("videohjelp.sms")


class SmsChannel(InputChannel):
    """Serves the provider's calls, and runs the loops behind them."""

    def __init__(self, shared: Shared | None = None) -> None:
        """Takes what other processes share (None when there are none), the rest from the settings.

        Raises SettingsError when the provider's are missing, sqlalchemy.exc.SQLAlchemyError when
        the database does not answer.
        """
        self._locks = (shared or Shared()).locks
        provider = make_provider(settings())
        self._service = None if provider is None else SmsService(provider, self._locks)

    @classmethod
    def name(cls) -> str:
        """The name of the channel, as `channel:` in the responses."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SmsChannel:
        """Made by Rasa from credentials.yml. Raises SettingsError in production."""
        refuse_rasas_server(settings())
        return cls()

    def url_prefix(self) -> str:
        """The routes have whole addresses."""
        return "/"

    @property
    def stores(self) -> Stores | None:
        """What the channel keeps; None when there are no text messages."""
        return None if self._service is None else self._service.stores

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The provider's routes, /webhooks/sms/<provider> and its /status; nobody else has any.

        With the simulator its page and API too. The background work starts with the serving
        process.
        """
        routes = Blueprint("sms_channel")
        if self._service is None:
            return routes
        service = self._service
        address = f"{WEBHOOKS}/{service.provider.name}"

        @routes.post(address)
        async def receive(request: Request) -> HTTPResponse:
            await service.receive(call_of(request))
            taken = service.provider.acknowledgement
            return text(taken.body, taken.status, content_type=taken.content_type)

        @routes.post(f"{address}/status")
        async def status(request: Request) -> HTTPResponse:
            await service.report(call_of(request))
            return text("")

        @routes.exception(NotGenuineError)
        async def not_genuine(_request: Request, error: NotGenuineError) -> HTTPResponse:
            log.warning("call_not_genuine")
            if error.challenge is None:
                return empty(403)
            return empty(401, {"WWW-Authenticate": error.challenge})

        @routes.exception(UnreadableError)
        async def unreadable(_request: Request, error: UnreadableError) -> HTTPResponse:
            log.warning("call_unreadable", reason=str(error))
            return empty(400)

        @routes.exception(SanicException)
        async def sanic_error(_request: Request, error: SanicException) -> HTTPResponse:
            return empty(getattr(error, "status_code", 400))

        @routes.exception(Exception)
        async def unexpected(_request: Request, _error: Exception) -> HTTPResponse:
            # Nothing was acknowledged, so the provider comes again.
            log.exception("call_failed")
            return empty(503)

        @routes.listener("after_server_start")
        async def start(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
            service.start(app, Conversations(app.ctx.agent, on_new_message, self._locks))

        if isinstance(service.provider, ConsoleProvider):
            add_page(routes)
            add_simulator(routes, service.stores, service.phone_ids)
        return routes
