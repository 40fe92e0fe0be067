"""Whether a site writes 25/12/2015 or 12/25/2015, from all its dates, and what its undecided dates then say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from crawler.extract.date_formats import Order
from crawler.extract.facts import PageFacts
from crawler.scope import page_key


def site_order(pages: Iterable[PageFacts], listed: Mapping[str, date]) -> Order | None:
    """Return the order that a version's slashed dates are written in, or None where they do not agree or none tells.

    A page tells by a date that can be read one way only, and by an undecided date that the list linking to it
    (`listed`: page key → date) gives too.
    """
    orders: set[Order] = set()
    for facts in pages:
        if facts.date_order:
            orders.add(facts.date_order)
        if facts.undecided and (when := listed.get(page_key(facts.url))):
            orders |= {"dmy"} if when == facts.undecided.day_first else set()
            orders |= {"mdy"} if when == facts.undecided.month_first else set()
    return orders.pop() if len(orders) == 1 else None


def publication(facts: PageFacts, order: Order | None, listed: Mapping[str, date]) -> tuple[date | None, str]:
    """Return when a page was published and by what cue: its own date, one that the site's order reads, its list's."""
    if facts.published:
        return facts.published.date, facts.published.cue
    if facts.undecided and order:
        read = facts.undecided.day_first if order == "dmy" else facts.undecided.month_first
        return read, f"{facts.undecided.cue}, in the order of the site's other dates"
    when = listed.get(page_key(facts.url))
    return when, "list" if when else ""
