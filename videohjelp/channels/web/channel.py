"""The web channel: its routes (openapi.yml describes them). No client chooses its conversation."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, overload

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, html, json, raw, redirect

from videohjelp import clock
from videohjelp.appointments.wording import Language
from videohjelp.channels.headers import api_headers, file_headers, page_headers
from videohjelp.channels.web.conversations import Conversations
from videohjelp.channels.web.failures import UnknownPageError, handle_failures
from videohjelp.channels.web.files import File, read_files
from videohjelp.channels.web.information import information
from videohjelp.channels.web.languages import wanted_language
from videohjelp.channels.web.limits import RequestLimits
from videohjelp.channels.web.pages import STATIC, Pages
from videohjelp.channels.web.requests import (
    RefusedError,
    read_json,
    read_language,
    read_message,
    read_seq,
    read_verdict,
)
from videohjelp.channels.web.sessions import Session, Sessions
from videohjelp.channels.web.stream import server_sent_events
from videohjelp.channels.web.turns import LateError
from videohjelp.coordination.shared import Shared
from videohjelp.production.gate import refuse_rasas_server
from videohjelp.server.log_context import belongs_to
from videohjelp.server.secret import secret_keys
from videohjelp.settings import Settings, settings

#: After this many seconds the patient gets an apology with a phone number.
PATIENCE = 8.0
LONGEST_COMMENT = 500
MOST_KILOBYTES = 256
#: The loader has one name for ever; a changed one reaches everybody within minutes.
LOADER_CACHE = "public, max-age=300"
#: The name of any other file changes with its content.
ASSET_CACHE = "public, max-age=31536000, immutable"
API = "/api/chat"
OPENAPI = Path(__file__).parent / "openapi.yml"

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
Handler = Callable[..., Awaitable[HTTPResponse | None]]


class WebChannel(InputChannel):
    """Serves the widget's files, the pages and their API."""

    def __init__(self, shared: Shared | None = None) -> None:
        """Takes what other processes of this server share; None when there are none."""
        self._settings: Settings = settings()
        self._shared = shared or Shared()
        self._sessions = Sessions(secret_keys(), timedelta(hours=self._settings.session_hours))
        self._limits = RequestLimits(self._settings, self._shared.rates)
        self._files: dict[str, File] = read_files(STATIC)
        self._pages = Pages(self._settings)

    @classmethod
    def name(cls) -> str:
        """The name of the channel, as `channel:` in the responses."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        """Made by Rasa from credentials.yml. Raises SettingsError in production."""
        refuse_rasas_server(settings())
        return cls()

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes of the pages, of the widget's files, and of the API below /api/chat."""
        routes = Blueprint("web_channel")

        @routes.listener("before_server_start")
        async def begin(app: Sanic, _loop: Any) -> None:
            app.ctx.web = Conversations(app.ctx.agent, on_new_message, PATIENCE, self._shared)
            app.add_task(app.ctx.web.updates.listen_to_others())

        @routes.listener("before_server_stop")
        async def end(app: Sanic, _loop: Any) -> None:
            app.ctx.web.updates.close()

        _add(routes, "GET", "/", self._front_page)
        _add(routes, "GET", "/chat", self._page)
        _add(routes, "GET", "/device-check", self._page)
        _add(routes, "GET", "/widget.js", self._loader)
        _add(routes, "GET", "/assets/<name:str>", self._asset)
        _add(routes, "POST", f"{API}/conversations", self._start)
        _add(routes, "DELETE", f"{API}/conversation", self._delete)
        _add(routes, "POST", f"{API}/messages", self._send)
        _add(routes, "GET", f"{API}/messages", self._history)
        _add(routes, "GET", f"{API}/events", self._events)
        _add(routes, "POST", f"{API}/session", self._renew)
        _add(routes, "POST", f"{API}/feedback", self._feedback)
        _add(routes, "GET", f"{API}/information", self._information)
        _add(routes, "GET", f"{API}/ping", self._ping)
        _add(routes, "GET", f"{API}/openapi.yml", self._openapi)
        handle_failures(routes, self._language)
        return routes

    # ---- pages and files

    async def _front_page(self, request: Request) -> HTTPResponse:
        demo = self._files.get("demo/index.html") if self._settings.is_demo() else None
        if demo is None:
            return redirect("/chat")
        return demo.response(request, page_headers([]))

    async def _page(self, request: Request) -> HTTPResponse:
        theme = request.args.get("theme") or ""
        language = wanted_language(request.args.get("language") or "", self._language(request))
        page = self._pages.render(f"{request.path.strip('/')}.html", language, theme)
        return html(page, headers=page_headers(self._settings.embed_origins))

    async def _loader(self, request: Request) -> HTTPResponse:
        return self._files["widget.js"].response(request, file_headers(LOADER_CACHE))

    async def _asset(self, request: Request, name: str) -> HTTPResponse:
        found = self._files.get(f"assets/{name}")
        if found is None:
            raise UnknownPageError
        return found.response(request, file_headers(ASSET_CACHE))

    # ---- the API

    async def _start(self, request: Request) -> HTTPResponse:
        await self._limits.start(request.remote_addr or request.ip)
        wanted = read_json(request.body, request.headers.get("content-type")).get("language")
        language = self._language(request) if wanted is None else read_language(wanted)
        session = self._sessions.start()
        belongs_to(session.conversation_id)
        messages = await self._web(request).start(session.conversation_id, language)
        body = {"token": session.token, **_expiry(session), "messages": messages}
        return json(body, status=201, headers=api_headers())

    async def _send(self, request: Request) -> HTTPResponse:
        session = await self._session(request)
        value = read_json(request.body, request.headers.get("content-type"))
        incoming = read_message(value, self._settings.message_limit)
        await self._limits.message(session.conversation_id)
        language = self._language(request)
        try:
            messages = await self._web(request).send(session.conversation_id, incoming, language)
        except LateError:
            late = {"late": True, "message": self._web(request).apology(language)}
            return json(late, status=202, headers=api_headers())
        return json({"messages": messages, **self._fresh(session)}, headers=api_headers())

    async def _history(self, request: Request) -> HTTPResponse:
        session = await self._session(request)
        after = read_seq(_query(request, "after", "0"))
        messages = await self._web(request).messages(
            session.conversation_id, self._language(request), after
        )
        return json({"messages": messages, **self._fresh(session)}, headers=api_headers())

    async def _events(self, request: Request) -> None:
        session = await self._session(request)
        wanted = request.headers.get("last-event-id") or _query(request, "after", "0")
        after, language, web = read_seq(wanted), self._language(request), self._web(request)
        await web.must_exist(session.conversation_id)
        with (
            self._limits.stream(request.remote_addr or request.ip),
            web.updates.listen(session.conversation_id) as heard,
        ):
            # nginx passes pieces on at once when it is told to.
            headers = {**api_headers(), "X-Accel-Buffering": "no"}
            response = await request.respond(
                content_type="text/event-stream; charset=utf-8", headers=headers
            )
            async for piece in server_sent_events(
                web, session.conversation_id, after, language, heard
            ):
                await response.send(piece)
            await response.eof()

    async def _renew(self, request: Request) -> HTTPResponse:
        session = await self._session(request)
        await self._web(request).must_exist(session.conversation_id)
        fresh = self._sessions.renew(session.conversation_id)
        return json({"token": fresh.token, **_expiry(fresh)}, headers=api_headers())

    async def _feedback(self, request: Request) -> HTTPResponse:
        session = await self._session(request)
        value = read_json(request.body, request.headers.get("content-type"))
        verdict = read_verdict(value, LONGEST_COMMENT)
        await self._limits.message(session.conversation_id)
        await self._web(request).judge(session.conversation_id, verdict)
        return empty(headers=api_headers())

    async def _delete(self, request: Request) -> HTTPResponse:
        session = await self._session(request)
        await self._web(request).delete(session.conversation_id)
        return empty(headers=api_headers())

    async def _information(self, request: Request) -> HTTPResponse:
        asked = _query(request, "language")
        language = self._language(request) if asked is None else read_language(asked)
        return json(information(language, clock.now()), headers=api_headers())

    async def _ping(self, request: Request) -> HTTPResponse:
        """So many bytes that nothing can compress: how well the connection holds."""
        await self._limits.request(request.remote_addr or request.ip)
        kilobytes = read_seq(_query(request, "kilobytes", "0"))
        if kilobytes > MOST_KILOBYTES:
            raise RefusedError("bad_request")
        return raw(secrets.token_bytes(kilobytes * 1024), headers=api_headers())

    async def _openapi(self, _request: Request) -> HTTPResponse:
        return raw(OPENAPI.read_bytes(), content_type="application/yaml", headers=api_headers())

    # ---- what they share

    async def _session(self, request: Request) -> Session:
        """Whose request it is. Raises TooManyError and InvalidTokenError."""
        await self._limits.request(request.remote_addr or request.ip)
        session = self._sessions.read(request.headers.get("authorization"))
        belongs_to(session.conversation_id)
        return session

    def _fresh(self, session: Session) -> dict[str, str]:
        """When the token ends, and a fresh one when it is no longer young."""
        if not self._sessions.is_old(session):
            return _expiry(session)
        fresh = self._sessions.renew(session.conversation_id)
        return {"token": fresh.token, **_expiry(fresh)}

    def _language(self, request: Request) -> Language:
        accepted = request.headers.get("accept-language") or ""
        return wanted_language(accepted, self._settings.default_language)

    @staticmethod
    def _web(request: Request) -> Conversations:
        web: Conversations = request.app.ctx.web
        return web


@overload
def _query(request: Request, name: str, default: str) -> str: ...


@overload
def _query(request: Request, name: str) -> str | None: ...


def _query(request: Request, name: str, default: str | None = None) -> str | None:
    """A value of the query; "?language=" is one that is empty, and not none at all."""
    values = request.get_args(keep_blank_values=True).getlist(name)
    return str(values[0]) if values else default


def _expiry(session: Session) -> dict[str, str]:
    return {"expires": session.expires.isoformat()}


def _add(routes: Blueprint, method: str, path: str, handler: Handler) -> None:
    """Adds a route. Sanic 21.12 marks its handlers, which a method of ours cannot be."""

    async def handle(request: Request, **parts: str) -> HTTPResponse | None:
        return await handler(request, **parts)

    routes.add_route(handle, path, methods=[method], name=f"{method} {path}")
