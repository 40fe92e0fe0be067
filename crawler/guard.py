"""The private-address guard: a site's links and redirects must not lead into the network that we run in.

Names are judged by the addresses they resolve to, at the moment of connecting: `127.1`, `2130706433` and a
public name that points to 10.0.0.1 are all caught, and an address cannot change between check and use.
A proxy resolves names itself; behind one this guard sees the proxy's address only.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.address import IPv4Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

# IPv6 ranges that wrap an IPv4 address in their last 32 bits (RFC 6052, RFC 4291, RFC 2765): the inner one counts.
_WRAPPING = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# Global to the ipaddress module, yet local by their definition: site-local (RFC 3879), local NAT64 (RFC 8215),
# segment routing (RFC 9602), documentation (RFC 9637).
_LOCAL = tuple(map(ipaddress.IPv6Network, ("fec0::/10", "64:ff9b:1::/48", "5f00::/16", "3fff::/20")))
# Public by number, yet answered by the machine's own cloud with metadata: Azure's and Oracle's.
_METADATA = frozenset(map(ipaddress.IPv4Address, ("168.63.129.16", "192.0.0.192")))


class PrivateAddress(Exception):
    """A host leads to a private address and was not asked."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} leads to {address}, which is not a public address. Allow it with --allow-private.")
        self.host = host
        self.address = address


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


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's own resolver behind the guard. The setting WAIWEN_ALLOW_PRIVATE takes the guard away.

    A refused host fails with PrivateAddress before anything is connected.
    """

    allow_private = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Build from the settings; Scrapy calls it once a process."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings.getbool("WAIWEN_ALLOW_PRIVATE")
        return resolver

    def install_on_reactor(self) -> None:
        """Make every connection of the reactor resolve its host here, address literals included."""
        super().install_on_reactor()
        if not self.allow_private:
            self.reactor.installNameResolver(_GuardedNames(self.reactor.nameResolver))  # type: ignore[arg-type]


# Twisted describes resolvers by zope interfaces, whose methods take no `self`: mypy cannot check calls to them.
@implementer(IHostnameResolver)
class _GuardedNames:
    def __init__(self, resolver: Any) -> None:
        self._resolver = resolver

    def resolveHostName(  # noqa: N802 - Twisted's names
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        receiver = _GuardedReceiver(resolutionReceiver, hostName)
        return self._resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    """Passes public addresses on, and a refusal in place of a private one."""

    def __init__(self, receiver: Any, host: str) -> None:
        self._receiver = receiver
        self._host = host

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._receiver.addressResolved(address if is_public(address.host) else _Refusal(self._host, address.host))

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


class _Refusal(IPv4Address):
    """An address that raises PrivateAddress when it is read to connect to.

    Twisted replaces a resolver's own exceptions by a DNSLookupError; raised here, the reason reaches the
    request, and one private address among public ones refuses the whole host.
    """

    def __init__(self, host: str, address: str) -> None:
        self._fault = PrivateAddress(host, address)

    @property
    def host(self) -> str:  # type: ignore[override]
        raise self._fault
