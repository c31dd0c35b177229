"""The console's cookies: never read by scripts, never sent from another website."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from videohjelp.settings import settings

SESSION, FORM, LANGUAGE = "staff", "staff_form", "staff_language"
_YEAR = 365 * 24 * 60 * 60


def read_cookie(request: Request, name: str) -> str:
    """The cookie's value, "" without one."""
    return str(request.cookies.get(_full_name(request, name)) or "")


def set_cookie(request: Request, response: HTTPResponse, name: str, value: str) -> None:
    """Gives the browser a cookie.

    Over https, and in production, it is one that no other host can set ("__Host-").
    """
    full = _full_name(request, name)
    response.cookies[full] = value
    kept = response.cookies[full]
    kept["path"] = "/"
    kept["httponly"] = True
    kept["samesite"] = "Strict" if name != LANGUAGE else "Lax"
    if name == LANGUAGE:
        kept["max-age"] = _YEAR
    if _is_secure(request):
        kept["secure"] = True


def drop_cookie(request: Request, response: HTTPResponse, name: str) -> None:
    """Takes a cookie away from the browser."""
    set_cookie(request, response, name, "")
    response.cookies[_full_name(request, name)]["max-age"] = 0


def _is_secure(request: Request) -> bool:
    # In production the browser speaks https, whether the proxy says so or not.
    return str(request.scheme) == "https" or settings().is_production()


def _full_name(request: Request, name: str) -> str:
    return f"__Host-{name}" if _is_secure(request) else name
