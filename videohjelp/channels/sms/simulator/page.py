"""The simulator's page, with the same restrictions in the browser as the conversation page."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, redirect

from videohjelp.channels.headers import page_headers
from videohjelp.channels.sms.calls import call_of
from videohjelp.channels.sms.providers.console import check_local
from videohjelp.channels.web.pages import STANDARD_THEME, Pages
from videohjelp.settings import settings

#: Where the page is. What it loads lies with the widget's files (widget/src/sms-simulator).
ADDRESS = "/sms/"
_PAGE = "sms-simulator.html"


def add_page(routes: Blueprint) -> None:
    """Adds GET /sms/. Nobody else's browser than this machine's gets it (403)."""

    @routes.get(ADDRESS.rstrip("/"), strict_slashes=True)
    async def without_slash(_request: Request) -> HTTPResponse:
        return redirect(ADDRESS)

    @routes.get(ADDRESS, strict_slashes=True)
    async def page(request: Request) -> HTTPResponse:
        check_local(call_of(request))
        shown = Pages(settings()).render(_PAGE, "nb", STANDARD_THEME)
        return html(shown, headers=page_headers([]))
