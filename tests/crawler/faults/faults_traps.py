"""Sites without end."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from faultcases import Fault
from faultserver import Asked, Wire, page

ARTICLES = "".join(
    f"<li><a href='/news/{n}.html'>The county opens its service hall number {n}</a></li>" for n in range(6)
)


def start(links: str) -> str:
    """A home page that leads into the trap, and to six articles."""
    return page("Home", f"<ul>{ARTICLES}</ul>{links}")


def article(path: str) -> str:
    """A page like no other."""
    return page(f"Article {path}", f"<p>What there is to say about {path} alone.</p>")


def calendar(wire: Wire, asked: Asked) -> None:
    """Every month leads to the next and the one before."""
    found = re.fullmatch(r"/calendar/(\d{4})/(\d\d)/", asked.path)
    if not found:
        wire.answer(start("<a href='/calendar/2026/01/'>Calendar</a>") if asked.path == "/" else article(asked.path))
        return
    months = int(found[1]) * 12 + int(found[2]) - 1
    links = [f"/calendar/{at // 12:04}/{at % 12 + 1:02}/" for at in (months - 1, months + 1, months + 12)]
    wire.answer(page(asked.path, "".join(f"<a href='{link}'>{link}</a>" for link in links)))


def session(mark: str) -> object:
    """Every link of every page carries a new session id."""

    def serve(wire: Wire, asked: Asked) -> None:
        number = abs(hash((asked.path, asked.times))) % 10**9
        links = [f"/a.html{mark}{number + n}" for n in range(4)] + [f"/b.html{mark}{number}"]
        plain = re.split(r"[;?]", asked.path)[0]
        anchors = "".join(f"<a href='{link}'>Read on about the county</a>" for link in links)
        wire.answer(start(anchors) if plain == "/" else page(plain, anchors))

    return serve


def facets(wire: Wire, asked: Asked) -> None:
    """Filters that combine into ever new addresses of the same list."""
    parts = urlsplit(asked.path)
    if parts.path != "/list":
        wire.answer(start("<a href='/list?a=1'>List</a>") if parts.path == "/" else article(asked.path))
        return
    chosen = {name: values[0] for name, values in parse_qs(parts.query).items()}
    combined = [{**chosen, name: value} for name in "abcde" for value in "123"]
    queries = ["&".join(f"{name}={value}" for name, value in sorted(choice.items())) for choice in combined]
    wire.answer(page("List", "".join(f"<a href='/list?{query}'>Narrow the list down</a>" for query in queries)))


def segments(wire: Wire, asked: Asked) -> None:
    """A relative link that is resolved over and over."""
    if asked.path == "/":
        wire.answer(start("<a href='english/news/'>News</a>"))
    elif asked.path.startswith("/english/"):
        wire.answer(page(asked.path, "<a href='english/news/'>News</a>"))
    else:
        wire.answer(article(asked.path))


def pagination(wire: Wire, asked: Asked) -> None:
    """A list that goes on for ever, empty but for the link to its next page."""
    parts = urlsplit(asked.path)
    number = int(parse_qs(parts.query).get("page", ["0"])[0])
    more = f"<a href='/list?page={number + 1}'>Next</a>"
    wire.answer(
        page(f"Page {number}", more)
        if parts.path == "/list"
        else start(more)
        if parts.path == "/"
        else article(asked.path)
    )


def copies(wire: Wire, asked: Asked) -> None:
    """Any address gives the same page."""
    if asked.path == "/":
        wire.answer(start("".join(f"<a href='/item-{n}.html'>Item {n} of the list</a>" for n in range(60))))
    else:
        wire.answer(article(asked.path) if asked.path.startswith("/news/") else page("The same"))


def refresh(wire: Wire, asked: Asked) -> None:
    """A page that refreshes itself, under a new number each time."""
    number = int(parse_qs(urlsplit(asked.path).query).get("n", ["0"])[0])
    wire.answer(f"<html><head><meta http-equiv=refresh content='0;url=/?n={number + 1}'></head><body></body></html>")


def frames(wire: Wire, asked: Asked) -> None:
    """Two frame sets that hold each other."""
    other = "/b.html" if asked.path == "/" else "/"
    wire.answer(f"<html><frameset><frame src='{other}'><frame src='{asked.path}'></frameset></html>")


def script(wire: Wire, asked: Asked) -> None:
    """Two scripts that redirect to each other."""
    other = "/b.html" if asked.path == "/" else "/"
    wire.answer(f"<html><body><script>window.location.href = '{other}';</script></body></html>")


def attachments(wire: Wire, asked: Asked) -> None:
    """Files to download among the articles."""
    files = "<a href='/files/plan.pdf'>Plan</a><a href='/files/form.docx'>Form</a><a href='/files/a.xls?x=1'>Table</a>"
    wire.answer(start(files) if asked.path == "/" else article(asked.path))


def storm(wire: Wire, asked: Asked) -> None:
    """A firewall that lets the home page pass and nothing else."""
    if asked.path == "/":
        wire.answer(start("".join(f"<a href='/more/{n}.html'>More of the county's news, {n}</a>" for n in range(30))))
    else:
        wire.answer("no", "403 Forbidden")


FAULTS = (
    Fault("trap-calendar", "a calendar without end", "address", calendar),
    Fault("trap-session-path", "session ids in paths", "same page, by address", session(";jsessionid=")),
    Fault("trap-session-query", "session ids in queries", "same page, by address", session("?PHPSESSID=")),
    Fault("trap-facets", "filters that combine without end", "same body, pattern by pattern", facets),
    Fault("trap-segments", "a relative link resolved over and over", "address", segments),
    Fault("trap-pagination", "a list without end", "same body, numbers apart", pagination),
    Fault("trap-copies", "one page under many addresses", "same body", copies),
    Fault("trap-refresh", "a refresh to itself", "page budget; a few hops", refresh),
    Fault("trap-frames", "frames in a circle", "address seen before", frames),
    Fault("trap-script", "script redirects in a circle", "address seen before", script),
    Fault("file-links", "PDF and Office files", "not fetched, kept as links", attachments),
    Fault("storm-403", "403 to all but the home page", "8 failures in a row", storm),
)  # fmt: skip
