"""Logging in and out, and the choice of language."""

from __future__ import annotations

import asyncio
import hmac
import secrets

import structlog
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from videohjelp import clock
from videohjelp.channels.web.requests import LANGUAGES
from videohjelp.coordination.rates import Rates
from videohjelp.staff.accounts import AccountStore
from videohjelp.staff.attempts import Attempts
from videohjelp.staff.cookies import FORM, LANGUAGE, SESSION, drop_cookie, read_cookie, set_cookie
from videohjelp.staff.pages import StaffPages
from videohjelp.staff.sessions import StaffSessions
from videohjelp.staff.visits import PREFIX, NotAllowedError, Routes, Visit, language_of, see

log = structlog.get_logger("videohjelp.staff")

FIRST_PAGE = f"{PREFIX}/review"


def add_login(
    routes: Blueprint,
    accounts: AccountStore,
    sessions: StaffSessions,
    pages: StaffPages,
    rates: Rates,
) -> None:
    """Adds /staff/login. Its form is checked against a cookie, as there is no session yet."""
    attempts = Attempts(rates)

    def form(request: Request, status: int = 200, wrong: bool = False) -> HTTPResponse:
        token = read_cookie(request, FORM) or secrets.token_urlsafe(24)
        values = {"csrf": token, "wrong": wrong, "account": None, "here": "login"}
        response = pages.page("login", language_of(request), values, status)
        set_cookie(request, response, FORM, token)
        return response

    @routes.get(f"{PREFIX}/login")
    async def show(request: Request) -> HTTPResponse:
        return form(request)

    @routes.post(f"{PREFIX}/login")
    async def log_in(request: Request) -> HTTPResponse:
        _check_form(request)
        name, password = _field(request, "name"), _field(request, "password")
        address = request.remote_addr or request.ip
        async with attempts.one(name, address):
            account = await asyncio.to_thread(accounts.check, name, password)
            if account is None:
                await attempts.failed(name, address)
        if account is None:
            log.warning("login_failed")
            return form(request, 401, wrong=True)
        session = await asyncio.to_thread(sessions.begin, account, clock.now())
        log.info("logged_in", account=account.name)
        response = see(FIRST_PAGE)
        set_cookie(request, response, SESSION, session.token)
        drop_cookie(request, response, FORM)
        return response

    @routes.post(f"{PREFIX}/login/language")
    async def language(request: Request) -> HTTPResponse:
        _check_form(request)
        return _chosen(request, f"{PREFIX}/login")


def add_logout(routes: Routes, sessions: StaffSessions) -> None:
    """Adds logging out and the language of who is logged in."""

    async def log_out(visit: Visit) -> HTTPResponse:
        await asyncio.to_thread(sessions.end, visit.session.token)
        response = see(f"{PREFIX}/login")
        drop_cookie(visit.request, response, SESSION)
        return response

    async def language(visit: Visit) -> HTTPResponse:
        return _chosen(visit.request, FIRST_PAGE)

    async def first(_visit: Visit) -> HTTPResponse:
        return see(FIRST_PAGE)

    routes.add("POST", "/logout", "reader", log_out)
    routes.add("POST", "/language", "reader", language)
    routes.add("GET", "", "reader", first)


def _chosen(request: Request, then: str) -> HTTPResponse:
    wanted = _field(request, "language")
    response = see(then)
    if wanted in LANGUAGES:
        set_cookie(request, response, LANGUAGE, wanted)
    return response


def _check_form(request: Request) -> None:
    cookie, shown = read_cookie(request, FORM), _field(request, "csrf")
    if not cookie or not hmac.compare_digest(cookie.encode(), shown.encode("utf-8", "replace")):
        raise NotAllowedError


def _field(request: Request, name: str) -> str:
    return str((request.form or {}).get(name) or "")
