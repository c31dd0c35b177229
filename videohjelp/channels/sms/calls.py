"""Requests as the providers read them."""

from __future__ import annotations

from sanic.request import Request

from videohjelp.channels.sms.providers.base import Call


def call_of(request: Request) -> Call:
    """The parts of a request that a provider looks at."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Call(request.query_string, headers, request.body, request.ip)
