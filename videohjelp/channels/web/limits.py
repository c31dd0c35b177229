"""How often somebody may ask: by conversation, and by the network they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItemPerMinute

from videohjelp.channels.networks import network_of
from videohjelp.coordination.rates import Rates
from videohjelp.settings import Settings

#: Seconds after which a page may listen again when its network has too many streams.
LISTEN_AGAIN = 30


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
        self._most_streams = settings.web_network_streams
        self._streams: Counter[str] = Counter()

    async def message(self, conversation_id: str) -> None:
        """A message in a conversation. Raises TooManyError."""
        await self._hit(self._messages, "message", conversation_id)

    async def request(self, address: str) -> None:
        """A request from an address. Raises TooManyError."""
        if network := network_of(address):
            await self._hit(self._requests, "request", network)

    async def start(self, address: str) -> None:
        """A new conversation for an address. Raises TooManyError."""
        if network := network_of(address):
            await self._hit(self._starts, "start", network)

    @contextmanager
    def stream(self, address: str) -> Iterator[None]:
        """A stream of this process to an address, as long as it is open. Raises TooManyError."""
        network = network_of(address)
        if network is None:
            yield
            return
        if self._streams[network] >= self._most_streams:
            raise TooManyError(LISTEN_AGAIN)
        self._streams[network] += 1
        try:
            yield
        finally:
            self._streams[network] -= 1
            if not self._streams[network]:
                del self._streams[network]

    async def _hit(self, limit: RateLimitItemPerMinute, kind: str, who: str) -> None:
        wait = await self._rates.hit(limit, kind, who)
        if wait is not None:
            raise TooManyError(wait)
