"""How often somebody may fail to log in: by account, and by the network they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import RateLimitItem, RateLimitItemPerMinute

from videohjelp.channels.networks import network_of
from videohjelp.channels.web.limits import TooManyError
from videohjelp.coordination.rates import Rates

#: Failures in a quarter of an hour. Behind one address a whole hospital may sit.
OF_ACCOUNT = RateLimitItemPerMinute(10, 15)
OF_ADDRESS = RateLimitItemPerMinute(50, 15)


class Attempts:
    """Counts failed logins in a moving window; addresses are never stored."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._under_way: Counter[tuple[str, str]] = Counter()

    @asynccontextmanager
    async def one(self, name: str, address: str) -> AsyncIterator[None]:
        """An attempt, as long as the password is being checked.

        What is under way in this process counts as failed until it is known: many at once are no
        way around. Raises TooManyError when too many logins of the account or the network have
        failed.
        """
        counted = _limits(name, address)
        keys = [(kind, who) for _, kind, who in counted]
        self._under_way.update(keys)
        try:
            for limit, kind, who in counted:
                wait = await self._rates.test(
                    limit, f"login-{kind}", who, cost=self._under_way[kind, who]
                )
                if wait is not None:
                    raise TooManyError(wait)
            yield
        finally:
            self._under_way.subtract(keys)
            self._under_way += Counter()  # drops what has come to nothing

    async def failed(self, name: str, address: str) -> None:
        """Counts a failed login."""
        for limit, kind, who in _limits(name, address):
            await self._rates.hit(limit, f"login-{kind}", who)


def _limits(name: str, address: str) -> list[tuple[RateLimitItem, str, str]]:
    counted: list[tuple[RateLimitItem, str, str]] = [(OF_ACCOUNT, "account", name[:64].lower())]
    if network := network_of(address):
        counted.append((OF_ADDRESS, "address", network))
    return counted
