"""How often somebody may fail to log in: by account, and by the network they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from videohjelp.channels.networks import network_of
from videohjelp.channels.web.limits import too_many

#: Failures in a quarter of an hour. Behind one address a whole hospital may sit.
OF_ACCOUNT = RateLimitItemPerMinute(10, 15)
OF_ADDRESS = RateLimitItemPerMinute(50, 15)


class Attempts:
    """Counts failed logins in a moving window, in memory; addresses are never stored."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._under_way: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def one(self, name: str, address: str) -> Iterator[None]:
        """An attempt, as long as the password is being checked.

        What is under way counts as failed until it is known: many at once are no way around. Raises
        TooManyError when too many logins of the account or the network have failed.
        """
        counted = _limits(name, address)
        for limit, kind, who in counted:
            open_now = self._under_way[kind, who]
            if not self._limiter.test(limit, kind, who, cost=open_now + 1):
                raise too_many(self._limiter, limit, kind, who)
        keys = [(kind, who) for _, kind, who in counted]
        self._under_way.update(keys)
        try:
            yield
        finally:
            self._under_way.subtract(keys)
            self._under_way += Counter()  # drops what has come to nothing

    def failed(self, name: str, address: str) -> None:
        """Counts a failed login."""
        for limit, kind, who in _limits(name, address):
            self._limiter.hit(limit, kind, who)


def _limits(name: str, address: str) -> list[tuple[RateLimitItem, str, str]]:
    counted: list[tuple[RateLimitItem, str, str]] = [(OF_ACCOUNT, "account", name[:64].lower())]
    if network := network_of(address):
        counted.append((OF_ADDRESS, "address", network))
    return counted
