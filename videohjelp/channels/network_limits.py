"""How often a network may ask this server anything, and be refused by it."""

from __future__ import annotations

from limits import RateLimitItemPerMinute

from videohjelp.channels.networks import network_of
from videohjelp.channels.web.limits import TooManyError
from videohjelp.coordination.rates import Rates
from videohjelp.settings import Settings


class NetworkLimits:
    """Counts in a moving window of a minute; addresses are never stored."""

    def __init__(self, settings: Settings, rates: Rates) -> None:
        self._rates = rates
        self._requests = RateLimitItemPerMinute(settings.network_requests_per_minute)
        self._refusals = RateLimitItemPerMinute(settings.network_refusals_per_minute)

    async def request(self, address: str) -> None:
        """A request from an address. Raises TooManyError."""
        if network := network_of(address):
            _stop(await self._rates.hit(self._requests, "any-request", network))

    async def refused(self, address: str) -> None:
        """A call from an address did not show the secret it should."""
        if network := network_of(address):
            await self._rates.hit(self._refusals, "refusal", network)

    async def may_be_refused(self, address: str) -> None:
        """A call from an address that must show a secret. Raises TooManyError after many wrong."""
        if network := network_of(address):
            _stop(await self._rates.test(self._refusals, "refusal", network))


def _stop(wait: int | None) -> None:
    if wait is not None:
        raise TooManyError(wait)
