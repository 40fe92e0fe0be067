"""Why a fetch gave no answer: exceptions of Scrapy and Twisted → a Failure with a sentence.

What a proxy of ours fails at is no failure of a site's: `proxy_fault` tells those apart.
The sentences are ours: the libraries' own words are for their programmers, and hold what the server sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from OpenSSL.SSL import Error as TlsError
from scrapy import exceptions
from scrapy.core.downloader.handlers.http11 import TunnelError
from twisted.internet import error
from twisted.web._newclient import ParseError, ResponseFailed
from twisted.web.http import _DataLoss

from crawler.archive.packing import TOO_LARGE
from crawler.errors import ProxyFails
from crawler.guard import PrivateAddress
from crawler.manners import without_password
from crawler.model import Failure
from crawler.notes import printable

BEGINNING_ONLY = "No more than the beginning was asked for."
CUT_OFF = "The connection ended before the whole page had come; what came is kept."
ASKS_WHO = 407  # the status of a proxy that wants a user and password; no site answers so
# All connections are made to a proxy, where there is one: what keeps one from being made is told of it.
_NOT_CONNECTED = (
    exceptions.CannotResolveHostError,
    exceptions.DownloadConnectionRefusedError,
    error.ConnectError,
    error.DNSLookupError,
)
_TUNNEL_DENIED = re.compile(rf"'status': {ASKS_WHO}\b")

# The first that fits any exception of the chain: the more telling before the more general.
_SENTENCES: tuple[tuple[tuple[type[BaseException], ...], Failure, str], ...] = (
    ((exceptions.CannotResolveHostError, error.DNSLookupError), Failure.DNS, "The host name does not resolve."),
    (
        (exceptions.DownloadConnectionRefusedError, error.ConnectionRefusedError),
        Failure.REFUSED,
        "The server refused the connection.",
    ),
    (
        (exceptions.DownloadTimeoutError, error.TimeoutError, error.TCPTimedOutError),
        Failure.TIMEOUT,
        "No whole answer came within the time limit.",
    ),
    ((exceptions.DownloadCancelledError,), Failure.TOO_LARGE, TOO_LARGE),
    ((ParseError,), Failure.NO_ANSWER, "What the server sent is not HTTP."),
    (
        (exceptions.ResponseDataLossError, _DataLoss),
        Failure.NO_ANSWER,
        "The connection ended in the middle of the answer.",
    ),
    ((error.NoRouteError,), Failure.NO_ANSWER, "No route leads to the server."),
    ((TunnelError,), Failure.NO_ANSWER, "The proxy could not connect to the server."),
    ((error.ConnectionDone,), Failure.NO_ANSWER, "The server closed the connection without a whole answer."),
    ((error.ConnectionLost,), Failure.NO_ANSWER, "The connection was reset before an answer came."),
    (
        (exceptions.DownloadFailedError, error.ConnectError, ResponseFailed),
        Failure.NO_ANSWER,
        "The connection broke before an answer came.",
    ),
    (
        (exceptions.UnsupportedURLSchemeError,),
        Failure.OTHER,
        "The address is none of the web's: neither http nor https.",
    ),
)


class GivenUp(exceptions.IgnoreRequest):
    """A fetch that we ended ourselves; `kind` and `note` are what is recorded of it."""

    def __init__(self, kind: Failure, note: str) -> None:
        super().__init__(note)
        self.kind = kind
        self.note = note


def failure_of_exception(fault: BaseException) -> tuple[Failure, str]:
    """Name the kind of a failed fetch, with a sentence for its site's owner."""
    chain = list(_chain(fault))
    for cause in chain:
        if isinstance(cause, PrivateAddress):
            return Failure.GUARD, printable(str(cause))
        if isinstance(cause, GivenUp):
            return cause.kind, printable(cause.note)
    if isinstance(fault, exceptions.IgnoreRequest) and "robots.txt" in str(fault):
        return Failure.ROBOTS, "robots.txt asks crawlers not to read this page."
    tls = next((cause for cause in chain if isinstance(cause, TlsError)), None)
    if tls is not None or "certificate" in str(fault).lower():
        return Failure.TLS, f"No encrypted connection could be set up{_tls_reason(tls)}."
    for types, kind, sentence in _SENTENCES:
        if any(isinstance(cause, types) for cause in chain):
            return kind, sentence
    return Failure.OTHER, printable(f"{type(fault).__name__}: {fault}")


def proxy_fault(fault: BaseException, proxy: str) -> ProxyFails | None:
    """What a failed fetch tells of the proxy; None where there is none, or where it tells of the site."""
    for cause in _chain(fault) if proxy else ():
        if isinstance(cause, _NOT_CONNECTED):
            return _proxy_fails(proxy, "takes no connection any more")
        if isinstance(cause, TunnelError) and _TUNNEL_DENIED.search(str(cause)):
            return proxy_denies(proxy)
    return None


def proxy_denies(proxy: str) -> ProxyFails:
    """A proxy that answered ASKS_WHO."""
    return _proxy_fails(proxy, f"asks for a user and password, or for others (status {ASKS_WHO})")


def _proxy_fails(proxy: str, what: str) -> ProxyFails:
    shown = without_password(proxy)
    return ProxyFails(f"--proxy {shown}: {what}. Mend that, then run the same command again: nothing is lost.")


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """An exception, its causes, and the reasons that Twisted wraps in lists."""
    waiting, seen = [fault], set()
    while waiting:
        found = waiting.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        reasons = getattr(found, "reasons", None) or ()
        inner = [getattr(reason, "value", None) for reason in reasons]
        waiting += [one for one in (*inner, found.__cause__, found.__context__) if isinstance(one, BaseException)]


def _tls_reason(fault: BaseException | None) -> str:
    """OpenSSL's own word for what went wrong (`wrong version number`), in brackets, where it has one."""
    try:
        reason = fault.args[0][0][2] if fault is not None else ""
    except (IndexError, TypeError):
        reason = ""
    return f" ({printable(str(reason))})" if reason else ""
