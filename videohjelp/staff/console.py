"""The console's blueprint: everything below /staff, and what it says when something is wrong."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sqlalchemy.engine import Engine

from videohjelp.channels.web.failures import route_of
from videohjelp.channels.web.files import read_files
from videohjelp.channels.web.limits import TooManyError
from videohjelp.coordination.rates import Rates
from videohjelp.settings import Settings
from videohjelp.staff.accounts import AccountStore
from videohjelp.staff.case_pages import add_cases
from videohjelp.staff.login import add_login, add_logout
from videohjelp.staff.number_pages import add_numbers
from videohjelp.staff.pages import FOLDER, StaffPages, staff_headers
from videohjelp.staff.record_pages import add_record
from videohjelp.staff.review_pages import add_review
from videohjelp.staff.run_pages import add_run
from videohjelp.staff.sessions import StaffSessions
from videohjelp.staff.try_pages import add_try
from videohjelp.staff.visits import (
    PREFIX,
    NotAllowedError,
    NotLoggedInError,
    NotThereError,
    Routes,
    language_of,
    see,
)

log = structlog.get_logger("videohjelp.staff")


def staff_console(settings: Settings, engine: Engine, rates: Rates) -> Blueprint:
    """The routes of the console. engine: the database of the conversations."""
    blueprint = Blueprint("staff")
    pages = StaffPages()
    accounts = AccountStore(engine)
    sessions = StaffSessions(
        engine,
        accounts,
        idle=timedelta(minutes=settings.staff_idle_minutes),
        longest=timedelta(hours=settings.staff_session_hours),
    )
    routes = Routes(blueprint, engine, sessions, pages)
    add_login(blueprint, accounts, sessions, pages, rates)
    add_logout(routes, sessions)
    add_review(routes, engine)
    add_cases(routes, engine)
    add_numbers(routes, engine)
    add_try(blueprint, routes, engine)
    add_record(routes, engine)
    add_run(blueprint, routes, engine)
    _add_files(blueprint)
    _add_failures(blueprint, pages)
    return blueprint


def _add_files(blueprint: Blueprint) -> None:
    files = read_files(FOLDER / "static")

    @blueprint.get(f"{PREFIX}/static/<name:str>")
    async def file(request: Request, name: str) -> HTTPResponse:
        if name not in files:
            return empty(404, staff_headers())
        return files[name].response(request, {**staff_headers(), "Cache-Control": "no-cache"})


def _add_failures(blueprint: Blueprint, pages: StaffPages) -> None:
    def said(request: Request, name: str, status: int) -> HTTPResponse:
        values = {"account": None, "csrf": "", "here": "", "name": name}
        return pages.page("failure", language_of(request), values, status)

    @blueprint.exception(NotLoggedInError)
    async def not_logged_in(request: Request, _error: Exception) -> HTTPResponse:
        response = see(f"{PREFIX}/login")
        if request.headers.get("hx-request"):
            # htmx would put the login page into a part of the page.
            return empty(401, {**staff_headers(), "HX-Redirect": f"{PREFIX}/login"})
        return response

    @blueprint.exception(NotAllowedError)
    async def not_allowed(request: Request, _error: Exception) -> HTTPResponse:
        return said(request, "not_allowed", 403)

    @blueprint.exception(NotThereError)
    async def not_there(request: Request, _error: Exception) -> HTTPResponse:
        return said(request, "not_there", 404)

    @blueprint.exception(TooManyError)
    async def too_many(request: Request, error: TooManyError) -> HTTPResponse:
        response = said(request, "too_many", 429)
        response.headers["Retry-After"] = str(error.retry_after)
        return response

    @blueprint.exception(Exception)
    async def unexpected(request: Request, _error: Exception) -> HTTPResponse:
        log.exception("staff_request_failed", route=route_of(request))
        return said(request, "failed", 500)
