from __future__ import annotations

import pytest

from videohjelp.channels.web.limits import RequestLimits, TooManyError
from videohjelp.settings import read_settings


def limits(**values: int) -> RequestLimits:
    """Limits with these settings, the rest as they are."""
    names = {f"web_{name}_per_minute": value for name, value in values.items()}
    return RequestLimits(read_settings().copy(update=names))


def test_a_conversation_has_its_own_count() -> None:
    few = limits(messages=2)
    few.message("web-a")
    few.message("web-a")
    with pytest.raises(TooManyError) as raised:
        few.message("web-a")
    assert 1 <= raised.value.retry_after <= 60
    few.message("web-b")


def test_a_network_has_its_own_count() -> None:
    few = limits(network_requests=1, network_starts=1)
    for count in (few.request, few.start):
        count("192.0.2.1")
        with pytest.raises(TooManyError):
            count("192.0.2.1")
        count("192.0.2.2")


def test_a_household_is_one_network() -> None:
    few = limits(network_requests=1)
    few.request("2001:db8:0:1::1")
    with pytest.raises(TooManyError):
        few.request("2001:db8:0:1:ffff::2")
    few.request("2001:db8:0:2::1")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", "unix:"])
def test_a_proxy_on_this_machine_is_not_one_patient(address: str) -> None:
    few = limits(network_requests=1, network_starts=1)
    for _ in range(5):
        few.request(address)
        few.start(address)
