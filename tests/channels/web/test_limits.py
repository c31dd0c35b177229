from __future__ import annotations

import pytest

from videohjelp.channels.web.limits import RequestLimits, TooManyError
from videohjelp.coordination.rates import Rates
from videohjelp.settings import read_settings


def limits(**values: int) -> RequestLimits:
    """Limits with these settings, the rest as they are."""
    names = {f"web_{name}_per_minute": value for name, value in values.items()}
    return RequestLimits(read_settings().copy(update=names), Rates())


async def test_a_conversation_has_its_own_count() -> None:
    few = limits(messages=2)
    await few.message("web-a")
    await few.message("web-a")
    with pytest.raises(TooManyError) as raised:
        await few.message("web-a")
    assert 1 <= raised.value.retry_after <= 60
    await few.message("web-b")


async def test_a_network_has_its_own_count() -> None:
    few = limits(network_requests=1, network_starts=1)
    for count in (few.request, few.start):
        await count("192.0.2.1")
        with pytest.raises(TooManyError):
            await count("192.0.2.1")
        await count("192.0.2.2")


async def test_a_household_is_one_network() -> None:
    few = limits(network_requests=1)
    await few.request("2001:db8:0:1::1")
    with pytest.raises(TooManyError):
        await few.request("2001:db8:0:1:ffff::2")
    await few.request("2001:db8:0:2::1")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", "unix:"])
async def test_a_proxy_on_this_machine_is_not_one_patient(address: str) -> None:
    few = limits(network_requests=1, network_starts=1)
    for _ in range(5):
        await few.request(address)
        await few.start(address)
