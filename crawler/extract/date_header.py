"""The HTTP header's Last-Modified: the last cue, of a change alone and never of publication."""

from __future__ import annotations

from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from crawler.extract.date_formats import EARLIEST, SHANGHAI, FoundDate
from crawler.extract.date_meta import Cue, Rank
from crawler.extract.facts import LAST_MODIFIED
from crawler.extract.page import Page

_FRESH = timedelta(days=1)  # before the fetch: a page that is made when it is asked for says the present time


def header_cue(page: Page) -> Cue | None:
    """Return when the server says that the page was last changed; None where that is the fetch, or impossible."""
    written = (page.last_modified or "").strip()[:60]
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not EARLIEST.year <= moment.year <= page.fetched.year:
        return None
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(SHANGHAI)
    if moment > page.fetched - _FRESH:
        return None
    found = FoundDate(moment.date(), "minute", 0, len(written), written, moment)
    return Cue(LAST_MODIFIED, Rank.HEADER, "updated", found, written)
