"""The web channel: start, send, history, delete. No client chooses its conversation."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.events import SlotSet
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, file, json

from videohjelp.channels.apology import apology
from videohjelp.channels.web.messages import (
    ReplyCollector,
    find_button,
    history_for_page,
    reply_for_page,
)
from videohjelp.channels.web.requests import (
    Incoming,
    RefusedError,
    read_json,
    read_message,
)
from videohjelp.channels.web.sessions import InvalidTokenError, Sessions
from videohjelp.channels.web.texts import error_text
from videohjelp.directory.own_numbers import own_numbers
from videohjelp.privacy.redaction import redact
from videohjelp.server.secret import secret_key
from videohjelp.settings import settings

log = structlog.get_logger("videohjelp.web")

PAGE = Path(__file__).parent / "page"
LANGUAGES = ("nb", "nn", "en")

#: After this many seconds the patient gets an apology with a phone number.
PATIENCE = 8.0
#: How many answers are remembered, so that a message sent twice is handled once.
REMEMBERED_ANSWERS = 5000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class WebChannel(InputChannel):
    """Serves the chat page and its API."""

    def __init__(self) -> None:
        lifetime = timedelta(hours=settings().session_hours)
        self._sessions = Sessions(secret_key(), lifetime)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._answers: OrderedDict[tuple[str, str], list[dict[str, Any]]] = OrderedDict()
        self._languages: dict[str, str] = {}

    @classmethod
    def name(cls) -> str:
        """The name of the channel, as `channel:` in the responses."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        """Made by Rasa from credentials.yml."""
        return cls()

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes: the page at /, its files, and the API below /api/chat."""
        routes = Blueprint("web_channel")

        @routes.get("/")
        async def page(_request: Request) -> HTTPResponse:
            return await file(str(PAGE / "index.html"), headers=HEADERS)

        page_files = {path.name: path for path in PAGE.iterdir() if path.is_file()}

        @routes.get("/static/<name:str>")
        async def page_file(request: Request, name: str) -> HTTPResponse:
            if name not in page_files:
                return self._error(_language_of(request), "not_found", 404)
            return await file(str(page_files[name]), headers=HEADERS)

        @routes.post("/api/chat/conversations")
        async def start(request: Request) -> HTTPResponse:
            return await self._start(request, on_new_message)

        @routes.post("/api/chat/messages")
        async def send(request: Request) -> HTTPResponse:
            return await self._send(request, on_new_message)

        @routes.get("/api/chat/messages")
        async def history(request: Request) -> HTTPResponse:
            conversation = self._sessions.conversation_id(request.headers.get("authorization"))
            tracker = await _agent(request).tracker_store.retrieve_full_tracker(conversation)
            messages = history_for_page(tracker.events) if tracker else []
            return json({"messages": messages}, headers=HEADERS)

        @routes.delete("/api/chat/conversation")
        async def delete(request: Request) -> HTTPResponse:
            conversation = self._sessions.conversation_id(request.headers.get("authorization"))
            async with self._lock(conversation):
                await _agent(request).tracker_store.delete(conversation)
                self._forget(conversation)
            return empty(headers=HEADERS)

        @routes.exception(InvalidTokenError)
        async def no_token(request: Request, _error: Exception) -> HTTPResponse:
            return self._error(_language_of(request), "session_expired", 401)

        @routes.exception(RefusedError)
        async def refused(request: Request, error: RefusedError) -> HTTPResponse:
            return self._error(_language_of(request), error.code, 422)

        @routes.exception(SanicException)
        async def sanic_error(request: Request, error: SanicException) -> HTTPResponse:
            status = getattr(error, "status_code", 400)
            return self._error(_language_of(request), "bad_request", status)

        @routes.exception(Exception)
        async def unexpected(request: Request, _error: Exception) -> HTTPResponse:
            log.exception("request_failed", path=request.path)
            return self._error(_language_of(request), "failed", 500)

        return routes

    async def _start(self, request: Request, on_new_message: OnNewMessage) -> HTTPResponse:
        wanted = read_json(request.body, request.headers.get("content-type")).get("language")
        language = wanted if wanted in LANGUAGES else settings().default_language
        conversation, token = self._sessions.start()
        processor = _agent(request).processor
        tracker = await processor.fetch_tracker_with_initial_session(conversation, ReplyCollector())
        tracker.update(SlotSet("language", language), processor.domain)
        await processor.save_tracker(tracker)
        self._languages[conversation] = language
        greeting = UserMessage("/greet", metadata={"shown": ""})
        messages = await self._answer(request, on_new_message, conversation, greeting)
        return json({"token": token, "messages": messages}, status=201, headers=HEADERS)

    async def _send(self, request: Request, on_new_message: OnNewMessage) -> HTTPResponse:
        conversation = self._sessions.conversation_id(request.headers.get("authorization"))
        value = read_json(request.body, request.headers.get("content-type"))
        incoming = read_message(value, settings().message_limit)
        key = (conversation, incoming.message_id)
        async with self._lock(conversation):
            messages = self._answers.get(key)
            if messages is None:
                message = await self._user_message(request, conversation, incoming)
                messages = await self._answer(request, on_new_message, conversation, message)
                self._answers[key] = messages
                if len(self._answers) > REMEMBERED_ANSWERS:
                    self._answers.popitem(last=False)
        return json({"messages": messages}, headers=HEADERS)

    async def _user_message(
        self, request: Request, conversation: str, incoming: Incoming
    ) -> UserMessage:
        if incoming.silence:
            return UserMessage("/silence", metadata={"shown": ""})
        if incoming.text is not None:
            return UserMessage(redact(incoming.text, own_numbers()))
        tracker = await _agent(request).tracker_store.retrieve_full_tracker(conversation)
        button = find_button(tracker, incoming.press or "") if tracker else None
        if button is None:
            raise RefusedError("bad_request")
        return UserMessage(button["payload"], metadata={"shown": button["title"]})

    async def _answer(
        self,
        request: Request,
        on_new_message: OnNewMessage,
        conversation: str,
        message: UserMessage,
    ) -> list[dict[str, Any]]:
        collector = ReplyCollector()
        message.sender_id = conversation
        message.output_channel = collector
        message.input_channel = self.name()
        try:
            # The work goes on when the patience is over: half a conversation is never stored.
            await asyncio.wait_for(asyncio.shield(on_new_message(message)), PATIENCE)
        except asyncio.TimeoutError:
            log.error("answer_took_too_long", seconds=PATIENCE)
        except Exception:
            log.exception("answer_failed")
        language = self._language_after(conversation, collector)
        replies = list(collector.replies)
        if not replies:
            replies = [{"text": apology(_agent(request).domain, language, self.name())}]
        return [reply_for_page(reply, number, language) for number, reply in enumerate(replies, 1)]

    def _language_after(self, conversation: str, collector: ReplyCollector) -> str:
        for reply in collector.replies:
            if reply.get("language"):
                self._languages[conversation] = reply["language"]
        return self._languages.get(conversation, settings().default_language)

    def _forget(self, conversation: str) -> None:
        self._languages.pop(conversation, None)
        for key in [key for key in self._answers if key[0] == conversation]:
            del self._answers[key]

    def _lock(self, conversation: str) -> asyncio.Lock:
        # Messages of one conversation are handled in order, without Rasa's one-second polls.
        return self._locks.setdefault(conversation, asyncio.Lock())

    def _error(self, language: str, code: str, status: int) -> HTTPResponse:
        body = {"error": code, "message": error_text(code, language)}
        return json(body, status=status, headers=HEADERS)


def _agent(request: Request) -> Any:
    return request.app.ctx.agent


def _language_of(request: Request) -> str:
    wanted = request.headers.get("accept-language", "")[:2]
    return wanted if wanted in LANGUAGES else settings().default_language
