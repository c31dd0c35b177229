from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from videohjelp.channels.web.limits import TooManyError
from videohjelp.coordination.rates import Rates
from videohjelp.staff.attempts import OF_ACCOUNT, OF_ADDRESS, Attempts


async def test_many_attempts_at_once_are_no_way_around() -> None:
    """Each of them is checked before any of them has failed."""
    attempts = Attempts(Rates())
    async with AsyncExitStack() as open_ones:
        for _ in range(OF_ACCOUNT.amount):
            await open_ones.enter_async_context(attempts.one("kari", "192.0.2.1"))
        with pytest.raises(TooManyError):
            await open_ones.enter_async_context(attempts.one("Kari", "192.0.2.2"))
        await open_ones.enter_async_context(attempts.one("ola", "192.0.2.1"))


async def test_those_that_went_well_are_not_counted() -> None:
    attempts = Attempts(Rates())
    for _ in range(3 * OF_ADDRESS.amount):
        async with attempts.one("kari", "192.0.2.1"):
            pass


async def test_a_households_addresses_are_one_network() -> None:
    attempts = Attempts(Rates())
    for number in range(OF_ADDRESS.amount):
        async with attempts.one(f"navn{number}", f"2001:db8::{number:x}"):
            await attempts.failed(f"navn{number}", f"2001:db8::{number:x}")
    with pytest.raises(TooManyError):
        async with attempts.one("enda en", "2001:db8::ffff"):
            pytest.fail("the network is stopped")
    async with attempts.one("enda en", "2001:db8:0:1::1"):
        pass
