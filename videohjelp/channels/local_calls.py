"""Which calls come from this machine itself, and from no other through it."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

#: Whoever forwards a call says so; then it comes from another machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def is_local(peer: str, headers: Mapping[str, str]) -> bool:
    """Whether a call comes from this machine: from a program, or from a page of this server's.

    peer: the address at the other end of the connection. headers: with small letters. A page of
    another website is no local caller, not even under a name of its own that points here ("DNS
    rebinding"). A proxy on this machine that adds no header and changes Host cannot be told from a
    local program.
    """
    host = urlsplit(f"//{headers.get('host', '')}")
    origin = headers.get("origin")
    return (
        is_loopback(peer)
        and is_loopback(host.hostname or "")
        and not any(name in headers for name in _FORWARDED)
        and origin in (None, f"http://{host.netloc}")
        and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and nobody else reaches it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
