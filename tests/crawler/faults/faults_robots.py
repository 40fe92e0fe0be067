"""robots.txt in every state."""

# ruff: noqa: E501  (a fault a line reads as a table)

from __future__ import annotations

from faultcases import Fault, body
from faultserver import Asked, Wire, page

from crawler.model import Failure

HOME = page("Home", "<a href='/private/a.html'>A</a> <a href='/public/b.html'>B</a>")
CLOSED = "User-agent: *\nDisallow: /\n"
PART = "User-agent: *\nDisallow: /private/\n"
UNREAD = "robots.txt cannot be read: answered 500"


def text(rules: str | bytes, status: str = "200 OK") -> object:
    """A robots.txt."""
    return body(rules, status, "text/plain")


def moved(wire: Wire, asked: Asked) -> None:
    """A robots.txt that lies elsewhere."""
    wire.redirect("/rules.txt")


def circle(wire: Wire, asked: Asked) -> None:
    """A robots.txt that redirects to itself."""
    wire.redirect("/robots.txt")


def rules_elsewhere(wire: Wire, asked: Asked) -> None:
    """The rules, where the redirect leads."""
    wire.answer(CLOSED if asked.path == "/rules.txt" else HOME)


def silent(wire: Wire, asked: Asked) -> None:
    """Say nothing."""
    wire.wait(30)


HUGE = "# nothing here\n" * 60_000 + CLOSED  # the rule stands beyond the first 500 KiB

FAULTS = (
    Fault("robots-closed", "robots.txt closes all", "rule", body(HOME), Failure.ROBOTS, None, "robots.txt asks crawlers not to read this page.", 0, text(CLOSED)),
    Fault("robots-part", "robots.txt closes a folder", "rule", body(HOME), robots=text(PART)),
    Fault("robots-moved", "robots.txt redirects to its rules", "rule", rules_elsewhere, Failure.ROBOTS, None, "robots.txt asks crawlers not to read this page.", 0, moved),
    Fault("robots-404", "robots.txt answers 404", "RFC 9309: no rules", body(HOME), robots=text("", "404 Not Found")),
    Fault("robots-403", "robots.txt answers 403", "RFC 9309: no rules", body(HOME), robots=text("", "403 Forbidden")),
    Fault("robots-500", "robots.txt answers 500", "RFC 9309: nothing may be read", body(HOME), Failure.ROBOTS, None, UNREAD, 0, text("", "500 Oops")),
    Fault("robots-521", "robots.txt answers 521", "a firewall's status", body(HOME), Failure.BLOCKED, None, "challenge page (answered 521), asked for robots.txt", 0, text("", "521 Down")),
    Fault("robots-429", "robots.txt answers 429", "status", body(HOME), Failure.BLOCKED, None, "rate limit (answered 429), asked for robots.txt", 0, text("", "429 Slow")),
    Fault("robots-silent", "robots.txt gives no answer", "time limit", body(HOME), Failure.TIMEOUT, None, "No whole answer came within the time limit, asked for robots.txt.", 0, silent, late=True),
    Fault("robots-html", "a home page in the place of robots.txt", "no rule in it", body(HOME), robots=body(HOME)),
    Fault("robots-huge", "rules beyond the first 500 KiB of robots.txt", "RFC 9309: not read", body(HOME), robots=text(HUGE)),
    Fault("robots-circle", "robots.txt redirects to itself", "RFC 9309: no rules", body(HOME), robots=circle),
)  # fmt: skip
