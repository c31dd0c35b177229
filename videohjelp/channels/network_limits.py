"""How often a network may ask this server anything, and be refused by it."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from videohjelp.channels.networks import network_of
from videohjelp.channels.web.limits import too_many
from videohjelp.settings import Settings


class NetworkLimits:
    """Counts in a moving window of a minute, in memory; addresses are never stored."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(settings.network_requests_per_minute)
        self._refusals = RateLimitItemPerMinute(settings.network_refusals_per_minute)

    def request(self, address: str) -> None:
        """A request from an address. Raises TooManyError."""
        network = network_of(address)
        if network and not self._limiter.hit(self._requests, "request", network):
            raise too_many(self._limiter, self._requests, "request", network)

    def refused(self, address: str) -> None:
        """A call from an address did not show the secret it should."""
        if network := network_of(address):
            self._limiter.hit(self._refusals, "refusal", network)

    def may_be_refused(self, address: str) -> None:
        """A call from an address that must show a secret. Raises TooManyError after many wrong."""
        network = network_of(address)
        if network and not self._limiter.test(self._refusals, "refusal", network):
            raise too_many(self._limiter, self._refusals, "refusal", network)
