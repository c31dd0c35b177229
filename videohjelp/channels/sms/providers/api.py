"""Calls to a provider's API, and what their failures mean."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from videohjelp.channels.sms.providers.base import (
    PermanentError,
    TransientError,
    UncertainError,
    UnreadableError,
)

#: Seconds for one call as a whole.
TIMEOUT_SECONDS = 10.0

_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
#: A gateway that says this does not know what became of the call behind it (RFC 9110, 15.6).
_GATEWAY_ERRORS = (502, 504)
_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
#: The connection was never made, so nothing was sent.
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

# Addresses can have a phone number in them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


def safe_url(url: str, setting: str) -> str:
    """An address without its last slash: https, or http to the own machine.

    setting: its name, for the error. Raises ValueError for any other address.
    """
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in _OWN_MACHINE
    if not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{setting} must be an address such as https://sms.example.no")
    if not (parts.scheme == "https" or local):
        raise ValueError(f"{setting} must begin with https://")
    return url.rstrip("/")


class Api:
    """A provider's API behind basic authentication, with kept connections."""

    def __init__(self, url: str, username: str, password: str) -> None:
        """Takes the address (as safe_url gives it) and the account."""
        self._url = url
        self._client = httpx.AsyncClient(
            auth=(username, password), timeout=TIMEOUT_SECONDS, follow_redirects=False
        )

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def send(self, path: str, **body: Any) -> dict[str, Any]:
        """POSTs a message; gives the JSON object of the answer.

        body: `json` or `data`, as for httpx. Raises TransientError, PermanentError, UncertainError;
        their texts have nothing of the message in them.
        """
        try:
            return _object(await self._call("POST", path, **body))
        except UnreadableError:
            raise UncertainError("unreadable answer") from None

    async def ask(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        """GETs something; gives the JSON object of the answer.

        Raises TransientError whatever went wrong: asking changes nothing and can be tried again.
        """
        try:
            return _object(await self._call("GET", path, params=params))
        except (PermanentError, UncertainError) as error:
            raise TransientError(error.kind) from None
        except UnreadableError:
            raise TransientError("unreadable answer") from None

    async def _call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        # Errors are raised "from None": those of httpx have the address and the message in them.
        try:
            answer = await asyncio.wait_for(
                self._client.request(method, self._url + path, **arguments), TIMEOUT_SECONDS
            )
        except _NOT_CONNECTED as error:
            raise TransientError(type(error).__name__) from None
        except (httpx.HTTPError, asyncio.TimeoutError) as error:
            raise UncertainError(type(error).__name__) from None
        if answer.is_success:
            return answer
        kind = _kind(answer)
        if answer.status_code in _GATEWAY_ERRORS:
            raise UncertainError(kind)
        if answer.status_code == _TOO_MANY_REQUESTS or answer.status_code >= _SERVER_ERROR:
            raise TransientError(kind, retry_after(answer.headers.get("retry-after")))
        raise PermanentError(kind)


def retry_after(header: str | None) -> float:
    """The seconds that a Retry-After header asks to wait (RFC 9110, 10.2.3); 0 when unreadable."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, (moment - datetime.now(timezone.utc)).total_seconds())


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = answer.json()
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise UnreadableError("the answer is no JSON object")
    return value


def _kind(answer: httpx.Response) -> str:
    """The status, and the provider's own code of the error where it is a number."""
    try:
        code = _object(answer).get("code")
    except UnreadableError:
        code = None
    number = f" ({code})" if isinstance(code, int) else ""
    return f"HTTP {answer.status_code}{number}"
