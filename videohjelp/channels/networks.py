"""Which network a call comes from, as the limits count it."""

from __future__ import annotations

import ipaddress
import re

#: Some proxies write the port too: "192.0.2.1:4711", "[2001:db8::1]:4711".
_WITH_PORT = re.compile(r"\[(?P<six>[^]]+)\](:\d+)?|(?P<four>[\d.]+):\d+")


def network_of(address: str) -> str | None:
    """The address, or of IPv6 the /64 that one household has; None for who is not counted.

    Not counted is this machine itself: the proxy whose clients' addresses are not passed on would
    otherwise be one client, and stop everybody.
    """
    found = _WITH_PORT.fullmatch(address)
    try:
        ip = ipaddress.ip_address((found["six"] or found["four"]) if found else address)
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return None
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ipaddress.ip_network((ip, 64), strict=False))
