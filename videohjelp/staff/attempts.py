"""How often somebody may fail to log in: by account, and by the address they come from."""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerMinute

from videohjelp.channels.local_calls import is_loopback
from videohjelp.channels.web.limits import TooManyError
from videohjelp.coordination.rates import Rates

#: Failures in a quarter of an hour. Behind one address a whole hospital may sit.
OF_ACCOUNT = RateLimitItemPerMinute(10, 15)
OF_ADDRESS = RateLimitItemPerMinute(50, 15)


class Attempts:
    """Counts failed logins in a moving window; addresses are never stored."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates

    async def may_try(self, name: str, address: str) -> None:
        """Raises TooManyError when too many logins of the account or the address have failed."""
        for limit, kind, who in _limits(name, address):
            wait = await self._rates.test(limit, f"login-{kind}", who)
            if wait is not None:
                raise TooManyError(wait)

    async def failed(self, name: str, address: str) -> None:
        """Counts a failed login."""
        for limit, kind, who in _limits(name, address):
            await self._rates.hit(limit, f"login-{kind}", who)


def _limits(name: str, address: str) -> list[tuple[RateLimitItem, str, str]]:
    counted: list[tuple[RateLimitItem, str, str]] = [(OF_ACCOUNT, "account", name[:64].lower())]
    # A proxy on this machine that does not say whom it speaks for would be everybody.
    if not is_loopback(address):
        counted.append((OF_ADDRESS, "address", address))
    return counted
