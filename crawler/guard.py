"""The private-address guard: a site's links and redirects must not lead into the network that we run in.

Names are judged by the addresses they resolve to, at the moment of connecting: `127.1`, `2130706433` and a
public name that points to 10.0.0.1 are all caught, and an address cannot change between check and use.
A proxy resolves names itself; behind one this guard sees the proxy's address only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.address import IPv4Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.addresses import is_public


class PrivateAddress(Exception):
    """A host leads to a private address and was not asked."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} leads to {address}, which is not a public address. Allow it with --allow-private.")
        self.host = host
        self.address = address


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
