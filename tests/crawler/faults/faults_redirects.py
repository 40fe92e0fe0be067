"""Redirects: circles, chains, and places that are no web page."""

# ruff: noqa: E501  (a fault a line reads as a table)

from __future__ import annotations

from faultcases import Fault, at_first, body, redirect
from faultserver import Asked, Wire, page

from crawler.model import Failure

NOWHERE = "redirect to no web page (answered 302)"


def chain(wire: Wire, asked: Asked) -> None:
    """A chain without end: /1, /2, ..."""
    wire.redirect(f"/{int(asked.path[1:] or 0) + 1}")


def pair(wire: Wire, asked: Asked) -> None:
    """Two pages that send to each other."""
    wire.redirect("/b" if asked.path == "/" else "/")


def gbk_location(wire: Wire, asked: Asked) -> None:
    """A Location in raw GBK."""
    if asked.path == "/":
        wire.answer(b"", "302 Found", (("Location", "/政务.html".encode("gbk").decode("latin-1")),))
    else:
        wire.answer(page("Arrived"))


def to_refused(wire: Wire, asked: Asked) -> None:
    """A redirect to a host that refuses."""
    wire.redirect(wire.origins["wire-refused"] + "/")


FAULTS = (
    Fault("redirect-relative", "a relative Location", "followed", redirect("news/./index.html")),
    Fault("redirect-chinese", "a Location in raw UTF-8", "followed, escaped", redirect("/政务.html".encode().decode("latin-1"))),
    Fault("redirect-gbk", "a Location in raw GBK", "followed, escaped byte for byte", gbk_location),
    Fault("redirect-backslash", "a Location with backslashes", "followed as browsers do", redirect("\\news\\index.html")),
    Fault("redirect-escape", "a Location with terminal escapes", "followed, escaped", redirect("/a\x1b[31mb.html")),
    Fault("redirect-itself", "a redirect to itself", "address seen before", redirect("/"), Failure.OTHER, None, "The address redirects in a circle"),
    Fault("redirect-circle", "two pages that redirect to each other", "address seen before", pair, Failure.OTHER, None, "The address redirects in a circle"),
    Fault("redirect-chain", "a chain of redirects without end", "more than 8", chain, Failure.OTHER, None, "The address redirects more than 8 times"),
    Fault("redirect-cookie", "a redirect to itself that a cookie would end", "address seen before", at_first(redirect("/"), redirect("/")), Failure.OTHER, None, "The address redirects in a circle"),
    Fault("redirect-file", "a Location with file:", "scheme", redirect("file:///etc/passwd"), Failure.HTTP_ERROR, 302, NOWHERE),
    Fault("redirect-script", "a Location with javascript:", "scheme", redirect("javascript:alert(1)"), Failure.HTTP_ERROR, 302, NOWHERE),
    Fault("redirect-data", "a Location with data:", "scheme", redirect("data:text/html,hello"), Failure.HTTP_ERROR, 302, NOWHERE),
    Fault("redirect-nowhere", "302 without a Location", "header", body("", "302 Found"), Failure.HTTP_ERROR, 302, NOWHERE),
    Fault("redirect-refused", "a redirect to a host that refuses", "exception", to_refused, Failure.REFUSED, None, "The server refused the connection, asked for robots.txt."),
)  # fmt: skip
