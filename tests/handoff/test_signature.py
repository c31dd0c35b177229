"""Signatures, as a receiver checks them."""

from __future__ import annotations

import pytest

from videohjelp.handoff.signature import sign, verify

SECRET, BODY = b"en hemmelighet", b'{"code":"K7M-4RTJ"}'


def test_form() -> None:
    # printf '1700000000.{"code":"K7M-4RTJ"}' | openssl dgst -sha256 -hmac 'en hemmelighet'
    expected = "8647104f3f4ede2d81b685f60bfe932af013256263e1da90d5524b203cc4511d"
    assert sign(SECRET, BODY, 1_700_000_000) == f"t=1700000000,v1={expected}"


def test_verify() -> None:
    header = sign(SECRET, BODY, 1000)
    assert verify(SECRET, BODY, header, now=1000)
    assert verify(SECRET, BODY, header, now=1300)
    assert not verify(SECRET, BODY, header, now=1301)
    assert not verify(SECRET, BODY, header, now=699)
    assert not verify(b"en annen", BODY, header, now=1000)
    assert not verify(SECRET, BODY + b" ", header, now=1000)
    assert not verify(SECRET, BODY, header.replace("t=1000", "t=1001"), now=1000)


@pytest.mark.parametrize("header", ["", "t=1", "v1=ab", "t=x,v1=" + "0" * 64, "t=1,v1=" + "æ" * 64])
def test_no_signatures(header: str) -> None:
    assert not verify(SECRET, BODY, header, now=1)
