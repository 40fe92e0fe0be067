"""Why a fetch gave no answer: exceptions of Scrapy and Twisted → a Failure with a note."""

from __future__ import annotations

from scrapy import exceptions
from scrapy.core.downloader.handlers.http11 import TunnelError
from twisted.internet import error
from twisted.web.client import ResponseFailed

from crawler.guard import PrivateAddress
from crawler.model import Failure

# First match wins. Both spellings: Scrapy wraps Twisted's exceptions, its own retries may not.
_KINDS: tuple[tuple[tuple[type[BaseException], ...], Failure], ...] = (
    ((PrivateAddress,), Failure.GUARD),
    ((exceptions.CannotResolveHostError, error.DNSLookupError), Failure.DNS),
    ((exceptions.DownloadConnectionRefusedError, error.ConnectionRefusedError), Failure.REFUSED),
    ((exceptions.DownloadTimeoutError, error.TimeoutError, error.TCPTimedOutError), Failure.TIMEOUT),
    ((exceptions.DownloadCancelledError,), Failure.TOO_LARGE),
    (
        (
            exceptions.DownloadFailedError,
            exceptions.ResponseDataLossError,
            error.ConnectionLost,
            error.ConnectionDone,
            error.ConnectError,
            ResponseFailed,
            TunnelError,
        ),
        Failure.NO_ANSWER,
    ),
)


def failure_of_exception(fault: BaseException) -> tuple[Failure, str]:
    """Name the kind of a failed fetch, with the exception's words."""
    note = " ".join(str(fault).split())[:300] or type(fault).__name__
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, PrivateAddress):
            return Failure.GUARD, " ".join(str(cause).split())[:300]
        cause = cause.__cause__ or cause.__context__
    if isinstance(fault, exceptions.IgnoreRequest):
        kind = Failure.ROBOTS if "robots.txt" in str(fault) else Failure.OTHER
        return kind, note
    if "ssl" in note.lower() or "tls" in note.lower() or "certificate" in note.lower():
        return Failure.TLS, note
    return next((kind for types, kind in _KINDS if isinstance(fault, types)), Failure.OTHER), note
