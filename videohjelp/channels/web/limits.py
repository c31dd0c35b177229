"""How often somebody may ask: by conversation, and by the network they come from."""

from __future__ import annotations

import ipaddress

from limits import RateLimitItemPerMinute

from videohjelp.coordination.rates import Rates
from videohjelp.settings import Settings


class TooManyError(Exception):
    """Too many requests. retry_after: seconds until the next one is answered."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("too many requests")
        self.retry_after = retry_after


class RequestLimits:
    """Counts requests in a moving window of a minute; addresses are never stored."""

    def __init__(self, settings: Settings, rates: Rates) -> None:
        self._rates = rates
        self._messages = RateLimitItemPerMinute(settings.web_messages_per_minute)
        self._requests = RateLimitItemPerMinute(settings.web_network_requests_per_minute)
        self._starts = RateLimitItemPerMinute(settings.web_network_starts_per_minute)

    async def message(self, conversation_id: str) -> None:
        """A message in a conversation. Raises TooManyError."""
        await self._hit(self._messages, "message", conversation_id)

    async def request(self, address: str) -> None:
        """A request from an address. Raises TooManyError."""
        if _is_limited(address):
            await self._hit(self._requests, "request", _network(address))

    async def start(self, address: str) -> None:
        """A new conversation for an address. Raises TooManyError."""
        if _is_limited(address):
            await self._hit(self._starts, "start", _network(address))

    async def _hit(self, limit: RateLimitItemPerMinute, kind: str, who: str) -> None:
        wait = await self._rates.hit(limit, kind, who)
        if wait is not None:
            raise TooManyError(wait)


def _is_limited(address: str) -> bool:
    # This machine itself: the proxy whose clients' addresses are not passed on would otherwise be
    # one client, and stop everybody.
    try:
        return not ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _network(address: str) -> str:
    """The address, or of IPv6 the /64 that one household has."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ipaddress.ip_network((ip, 64), strict=False))
