"""Fills in the console's templates, and says what a browser may do with the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic.response import HTTPResponse, html

from videohjelp.appointments.wording import Language
from videohjelp.clock import OSLO
from videohjelp.settings import settings
from videohjelp.staff.texts import staff_texts

FOLDER = Path(__file__).parent

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def staff_headers() -> dict[str, str]:
    """The headers of the console's pages, which nobody frames or keeps."""
    return {
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    }


class StaffPages:
    """The templates of the console. Everything that is filled in is escaped."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["moment"] = _moment

    def page(
        self, name: str, language: Language, values: Mapping[str, Any], status: int = 200
    ) -> HTTPResponse:
        """A page. name: of the template, without ".html". values: what the template uses."""
        texts = {key: by_language[language] for key, by_language in staff_texts().items()}
        shown = self._templates.get_template(f"{name}.html").render(
            t=texts, language=language, hospital=settings().hospital_name, **values
        )
        return html(shown, status=status, headers=staff_headers())


def _moment(value: datetime) -> str:
    """A moment on the clock in Oslo."""
    return value.astimezone(OSLO).strftime("%d.%m.%Y %H:%M")
