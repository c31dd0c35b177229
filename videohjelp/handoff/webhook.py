"""Tell the staff's system about cases, and again until it has them."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from videohjelp.backoff import Backoff
from videohjelp.handoff.case import HandoffCase
from videohjelp.handoff.signature import HEADER, sign
from videohjelp.handoff.store import CaseStore, Delivery

TIMEOUT_SECONDS = 5.0
_SHORTEST_SECRET = 16
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
_AT_ONCE = 4
_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})

_log = logging.getLogger(__name__)


class Outcome(Enum):
    """How one try went."""

    DELIVERED = "delivered"
    RETRY = "retry"
    REJECTED = "rejected"


@dataclass(frozen=True)
class SendResult:
    """One try: `error` says what went wrong; `wait_seconds` is how long the receiver asked for."""

    outcome: Outcome
    error: str | None = None
    wait_seconds: float = 0.0


class WebhookSender:
    """Posts cases to one address. Use with `async with`, or call `aclose` at the end."""

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        clock: Callable[[], float] = time.time,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        """Take the address (https; http to the own machine only) and the shared secret.

        `timeout_seconds` is for one try as a whole. `clock` gives unix seconds. `client` replaces
        the HTTP client (a proxy, own certificates) and is closed with the sender. Raises
        ValueError for an address or a secret (under 16 characters) that is not safe.
        """
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in _OWN_MACHINE
        if not parts.hostname or not (parts.scheme == "https" or local):
            raise ValueError("the webhook's address must begin with https://")
        if len(secret) < _SHORTEST_SECRET:
            raise ValueError(f"the webhook's secret must have {_SHORTEST_SECRET} characters")
        self._url = url
        self._secret = secret.encode("utf-8")
        self._timeout = timeout_seconds
        self._clock = clock
        self._client = client or httpx.AsyncClient(timeout=timeout_seconds, follow_redirects=False)

    async def __aenter__(self) -> WebhookSender:
        """Give the sender itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(self, case: HandoffCase) -> SendResult:
        """Post a case once. Never raises for what the network or the receiver does.

        2xx is delivered; network errors, 429 and 5xx are to be tried again; all else is final.
        """
        body = json.dumps(
            case.to_payload(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode("utf-8")
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": case.code,
            HEADER: sign(self._secret, body, int(self._clock())),
        }
        try:
            return await asyncio.wait_for(self._post(body, headers), self._timeout)
        except (asyncio.TimeoutError, httpx.TimeoutException):
            return SendResult(Outcome.RETRY, "no answer in time")
        except httpx.HTTPError as error:
            # The class alone: an error's text can hold the address.
            return SendResult(Outcome.RETRY, f"network error: {type(error).__name__}")

    async def _post(self, body: bytes, headers: dict[str, str]) -> SendResult:
        # Streamed, so that an answer's body, of whatever size, is never read.
        async with self._client.stream(
            "POST", self._url, content=body, headers=headers
        ) as response:
            status = response.status_code
            if response.is_success:
                return SendResult(Outcome.DELIVERED)
            if status == _TOO_MANY_REQUESTS or status >= _SERVER_ERROR:
                wait = _seconds(response.headers.get("Retry-After"))
                return SendResult(Outcome.RETRY, f"HTTP {status}", wait)
            return SendResult(Outcome.REJECTED, f"HTTP {status}")


@dataclass(frozen=True)
class DeliveryReport:
    """What one round of deliveries came to, in numbers of cases."""

    delivered: int = 0
    retried: int = 0
    failed: int = 0


async def deliver_due(
    store: CaseStore, sender: WebhookSender, now: datetime, backoff: Backoff | None = None
) -> DeliveryReport:
    """Try what is due at `now` (with a time zone), and note for each when to try again.

    The schedule is in the database, so a restart loses nothing. Call it again and again; several
    processes may. Database errors are raised.
    """
    plan = backoff or Backoff()
    due = await asyncio.to_thread(store.due_deliveries, now)
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(delivery: Delivery) -> Outcome | None:
        async with gate:
            return await _deliver(store, sender, delivery, now, plan)

    outcomes = await asyncio.gather(*(one(delivery) for delivery in due))
    return DeliveryReport(
        delivered=outcomes.count(Outcome.DELIVERED),
        retried=outcomes.count(Outcome.RETRY),
        failed=outcomes.count(Outcome.REJECTED),
    )


async def _deliver(
    store: CaseStore, sender: WebhookSender, delivery: Delivery, now: datetime, plan: Backoff
) -> Outcome | None:
    code = delivery.case_code
    # Read before it is claimed: when the database gives nothing, the next round may try at once.
    case = await asyncio.to_thread(store.get, code)
    if case is None:  # deleted since it was listed
        return None
    if not await asyncio.to_thread(store.claim, delivery, now):
        return None
    result = await sender.send(case)
    error = result.error or ""
    if result.outcome is Outcome.DELIVERED:
        await asyncio.to_thread(store.mark_delivered, code, now)
        return Outcome.DELIVERED
    tries = delivery.attempts + 1
    if result.outcome is Outcome.RETRY and tries < plan.max_attempts:
        next_try = now + plan.delay(tries, result.wait_seconds)
        await asyncio.to_thread(store.mark_retry, code, next_try, error)
        return Outcome.RETRY
    _log.error("Case %s was not delivered and will not be tried again: %s", code, error)
    await asyncio.to_thread(store.mark_failed, code, error)
    return Outcome.REJECTED


def _seconds(header: str | None) -> float:
    # The other form of Retry-After, a date, is left to the own schedule.
    return float(header) if header is not None and header.isascii() and header.isdigit() else 0.0
