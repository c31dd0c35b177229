"""One request to the console by somebody who is logged in, and how its routes are added.

A route that is added here cannot be reached without a session, by the wrong role, or by a form
that is not the console's own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect
from sqlalchemy.engine import Engine

from videohjelp import clock
from videohjelp.appointments.wording import Language
from videohjelp.channels.web.languages import wanted_language
from videohjelp.settings import settings
from videohjelp.staff.accounts import Account, Role
from videohjelp.staff.cookies import LANGUAGE, SESSION, read_cookie
from videohjelp.staff.looks import AccessLog
from videohjelp.staff.pages import StaffPages, staff_headers
from videohjelp.staff.sessions import StaffSession, StaffSessions

PREFIX = "/staff"


class NotLoggedInError(Exception):
    """Nobody is logged in."""


class NotAllowedError(Exception):
    """The role may not, or the form was not the console's own."""


class NotThereError(Exception):
    """There is no such conversation, case or run."""


@dataclass(frozen=True)
class Visit:
    """A request of somebody who may make it."""

    request: Request
    session: StaffSession
    language: Language
    pages: StaffPages
    log: AccessLog

    @property
    def account(self) -> Account:
        """Who it is."""
        return self.session.account

    def page(self, name: str, *, status: int = 200, **values: Any) -> HTTPResponse:
        """A page for this visitor."""
        here = self.request.path.removeprefix(f"{PREFIX}/").split("/")[0]
        shown = {"account": self.account, "csrf": self.session.csrf, "here": here, **values}
        return self.pages.page(name, self.language, shown, status)

    def field(self, name: str) -> str:
        """A field of the form that was sent, "" without it."""
        return str((self.request.form or {}).get(name) or "").strip()

    async def look(self, subjects: Iterable[str], page: str) -> None:
        """Writes into the access log that the visitor is shown these."""
        await asyncio.to_thread(self.log.note, self.account.name, list(subjects), page, clock.now())


Handler = Callable[..., Awaitable[HTTPResponse]]


class Routes:
    """Adds the console's routes to a blueprint, each with its gate."""

    def __init__(
        self, blueprint: Blueprint, engine: Engine, sessions: StaffSessions, pages: StaffPages
    ) -> None:
        self._blueprint = blueprint
        self._sessions = sessions
        self._pages = pages
        self._log = AccessLog(engine)

    def add(self, method: str, path: str, role: Role, handler: Handler) -> None:
        """A route below /staff for a role, and for testers in any case."""

        async def handle(request: Request, **parts: str) -> HTTPResponse:
            visit = await self._visit(request)
            if role == "tester" and not visit.account.is_tester:
                raise NotAllowedError
            if method != "GET" and not visit.session.allows(visit.field("csrf")):
                raise NotAllowedError
            return await handler(visit, **parts)

        name = f"{method} {path}"
        self._blueprint.add_route(handle, f"{PREFIX}{path}", methods=[method], name=name)

    async def _visit(self, request: Request) -> Visit:
        token = read_cookie(request, SESSION)
        if not token:
            raise NotLoggedInError
        session = await asyncio.to_thread(self._sessions.find, token, clock.now())
        if session is None:
            raise NotLoggedInError
        return Visit(request, session, language_of(request), self._pages, self._log)


def language_of(request: Request) -> Language:
    """The language chosen in the console, else the browser's."""
    chosen = read_cookie(request, LANGUAGE)
    accepted = request.headers.get("accept-language") or ""
    return wanted_language(chosen, wanted_language(accepted, settings().default_language))


def see(address: str) -> HTTPResponse:
    """Sends the browser on to a page (303: it asks with GET)."""
    return redirect(address, headers=staff_headers(), status=303)
