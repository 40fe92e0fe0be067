"""Which IP addresses are on the public internet."""

from __future__ import annotations

import ipaddress

# IPv6 ranges that wrap an IPv4 address in their last 32 bits (RFC 6052, RFC 4291, RFC 2765): the inner one counts.
_WRAPPING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# Global to the ipaddress module, yet local by their definition: site-local (RFC 3879), local NAT64 (RFC 8215),
# segment routing (RFC 9602), documentation (RFC 9637).
_LOCAL = tuple(map(ipaddress.IPv6Network, ("fec0::/10", "64:ff9b:1::/48", "5f00::/16", "3fff::/20")))
# Public by number, yet answered by the machine's own cloud with metadata: Azure's and Oracle's.
_METADATA = frozenset(map(ipaddress.IPv4Address, ("168.63.129.16", "192.0.0.192")))


def is_public(address: str) -> bool:
    """Whether a resolved IP address is one on the public internet; False for what is no IP address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in network for network in _LOCAL):
            return False
        inner = _inner(found)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and found not in _METADATA


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4, NAT64 or compatible."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if any(address in network for network in _WRAPPING):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
