from __future__ import annotations

from contextlib import ExitStack

import pytest

from videohjelp.channels.web.limits import TooManyError
from videohjelp.staff.attempts import OF_ACCOUNT, OF_ADDRESS, Attempts


def test_many_attempts_at_once_are_no_way_around() -> None:
    """Each of them is checked before any of them has failed."""
    attempts = Attempts()
    with ExitStack() as open_ones:
        for _ in range(OF_ACCOUNT.amount):
            open_ones.enter_context(attempts.one("kari", "192.0.2.1"))
        with pytest.raises(TooManyError):
            open_ones.enter_context(attempts.one("Kari", "192.0.2.2"))
        open_ones.enter_context(attempts.one("ola", "192.0.2.1"))


def test_those_that_went_well_are_not_counted() -> None:
    attempts = Attempts()
    for _ in range(3 * OF_ADDRESS.amount):
        with attempts.one("kari", "192.0.2.1"):
            pass


def test_a_households_addresses_are_one_network() -> None:
    attempts = Attempts()
    for number in range(OF_ADDRESS.amount):
        with attempts.one(f"navn{number}", f"2001:db8::{number:x}"):
            attempts.failed(f"navn{number}", f"2001:db8::{number:x}")
    with pytest.raises(TooManyError), attempts.one("enda en", "2001:db8::ffff"):
        pytest.fail("the network is stopped")
    with attempts.one("enda en", "2001:db8:0:1::1"):
        pass
