"""What went wrong: a code for the page, and a sentence for the patient in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from videohjelp.appointments.wording import Language
from videohjelp.channels.headers import api_headers
from videohjelp.channels.web.conversations import UnknownConversationError
from videohjelp.channels.web.limits import LISTEN_AGAIN, TooManyError
from videohjelp.channels.web.requests import STATUS, RefusedError
from videohjelp.channels.web.sessions import InvalidTokenError
from videohjelp.channels.web.texts import error_text
from videohjelp.channels.web.turns import LateError
from videohjelp.channels.web.updates import TooManyListenersError

log = structlog.get_logger("videohjelp.web")

_BY_STATUS = {404: "not_found", 405: "not_found", 413: "too_large", 415: "unsupported_type"}
_SERVER_ERROR = 500


def route_of(request: Request) -> str:
    """The route of a request for the log: the address itself may hold anything."""
    return str(request.uri_template) if request.route else "none"


class UnknownPageError(SanicException):
    """There is no such page or file."""

    status_code = 404
    quiet = True


def failure(
    code: str, status: int, language: Language, more: Mapping[str, str] | None = None
) -> HTTPResponse:
    """The answer to a request that failed. code: of data/channels/web_errors.yml.

    more: headers that this failure has (RFC 9110: Retry-After with 429, Allow with 405).
    """
    headers = {**api_headers(), **(more or {})}
    body = {"error": code, "message": error_text(code, language)}
    return json(body, status=status, headers=headers)


def wait(seconds: int) -> dict[str, str]:
    """The header that says when the same request may go through."""
    return {"Retry-After": str(seconds)}


def headers_of(error: SanicException) -> dict[str, str]:
    """The headers that belong to one of Sanic's errors: the methods that a 405 allows."""
    return dict(getattr(error, "headers", {}))


def handle_failures(routes: Blueprint, language_of: Callable[[Request], Language]) -> None:
    """Lets a blueprint's failures end in an answer. language_of: which language it is to be in."""

    def answer(
        request: Request, code: str, status: int, more: Mapping[str, str] | None = None
    ) -> HTTPResponse:
        return failure(code, status, language_of(request), more)

    @routes.exception(InvalidTokenError, UnknownConversationError)
    async def no_conversation(request: Request, _error: Exception) -> HTTPResponse:
        return answer(request, "session_expired", 401)

    @routes.exception(RefusedError)
    async def refused(request: Request, error: RefusedError) -> HTTPResponse:
        return answer(request, error.code, STATUS[error.code])

    @routes.exception(TooManyError)
    async def too_many(request: Request, error: TooManyError) -> HTTPResponse:
        return answer(request, "too_many", 429, wait(error.retry_after))

    @routes.exception(TooManyListenersError)
    async def too_many_listeners(request: Request, _error: Exception) -> HTTPResponse:
        return answer(request, "too_many", 429, wait(LISTEN_AGAIN))

    @routes.exception(SQLAlchemyError, LateError)
    async def unavailable(request: Request, error: Exception) -> HTTPResponse:
        log.error("no_answer", route=route_of(request), kind=type(error).__name__)
        return answer(request, "unavailable", 503)

    @routes.exception(SanicException)
    async def sanic_error(request: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", None) or 400
        code = _BY_STATUS.get(status, "failed" if status >= _SERVER_ERROR else "bad_request")
        return answer(request, code, status, headers_of(error))

    @routes.exception(Exception)
    async def unexpected(request: Request, _error: Exception) -> HTTPResponse:
        log.exception("request_failed", route=route_of(request))
        return answer(request, "failed", 500)
