"""What a fault is, and what must be recorded of it: the rows of docs/faults.md."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from faultserver import Asked, Host, Serve, Wire, page

from crawler.blocked import advice
from crawler.model import Failure


@dataclass(frozen=True)
class Fault:
    """One oddity of one host, met at its home page.

    `met` and `told` are the table's words: what it is, and by what it is told. `failure`, `status` and the
    beginning of the note are what must be recorded; `asked` is how often the home page is asked for. `url`
    replaces the host's own address. `late` faults are met with a short time limit.
    """

    name: str
    met: str
    told: str
    serve: Serve
    failure: Failure | None = None
    status: int | None = 200
    note: str = ""
    asked: int = 1
    robots: Serve | None = None
    mute: bool = False
    tls: ssl.SSLContext | None = None
    closed: bool = False
    url: str = ""
    late: bool = False

    @property
    def host(self) -> Host:
        """How the server plays it."""
        return Host(self.serve, self.robots, self.mute, self.tls, self.closed)

    @property
    def advice(self) -> str:
        """What the site's owner is told."""
        return advice(self.failure, self.note, self.status) if self.failure else ""


def body(markup: str | bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str) -> Serve:
    """Answer every path with this."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda wire, asked: wire.answer(markup, status, (*((("Content-Type", kind),) if kind else ()), *named))


def at_first(first: Serve, then: Serve | None = None) -> Serve:
    """Answer the first request for a path so, and later ones as a page."""
    later = then or body(page("Back again"))

    def serve(wire: Wire, asked: Asked) -> None:
        (first if asked.times == 1 else later)(wire, asked)

    return serve


def raw(data: bytes) -> Serve:
    """Write these bytes and end the connection."""
    return lambda wire, asked: wire.send(data)


def redirect(location: str, end: Serve | None = None) -> Serve:
    """Redirect the home page; every other path is a page."""
    other = end or body(page("Arrived"))

    def serve(wire: Wire, asked: Asked) -> None:
        if asked.path == "/":
            wire.redirect(location)
        else:
            other(wire, asked)

    return serve
