"""The simulator's page, with the same restrictions in the browser as the chat page."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, file, redirect

from videohjelp.channels.headers import page_headers
from videohjelp.channels.sms.calls import call_of
from videohjelp.channels.sms.providers.console import check_local

#: Where the page is.
ADDRESS = "/sms/"
_PAGE = "index.html"
_FOLDER = Path(__file__).parent
_SHARED = {path.name: path for path in (_FOLDER.parents[1] / "web" / "page").iterdir()}
_FILES = {path.name: path for path in _FOLDER.iterdir() if path.suffix in (".html", ".css", ".js")}


def add_page(routes: Blueprint) -> None:
    """Adds GET /sms/ and its files. Nobody else's browser than this machine's gets them (403)."""

    @routes.get(ADDRESS.rstrip("/"), strict_slashes=True)
    async def without_slash(_request: Request) -> HTTPResponse:
        return redirect(ADDRESS)

    @routes.get(ADDRESS, strict_slashes=True)
    async def page(request: Request) -> HTTPResponse:
        return await _file(request, _PAGE)

    @routes.get(f"{ADDRESS}<name:str>")
    async def page_file(request: Request, name: str) -> HTTPResponse:
        if name not in _FILES:
            raise NotFound
        return await _file(request, name)

    @routes.get("/static/<name:str>")
    async def shared_file(_request: Request, name: str) -> HTTPResponse:
        if name not in _SHARED:
            raise NotFound
        return await file(str(_SHARED[name]), headers=page_headers([]))


async def _file(request: Request, name: str) -> HTTPResponse:
    check_local(call_of(request))
    return await file(str(_FILES[name]), headers=page_headers([]))
