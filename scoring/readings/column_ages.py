"""How old the newest entry of each column is that is to be kept up, and how many are older than they may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, date_cue, excerpt, is_unread, passes_on
from scoring.readings.service_columns import Offer, offers
from scoring.readings.unseen_entries import may_hold_newer

# Days after which a column is stale. 政府网站普查 2015, veto V3, written for Chinese versions: news two weeks, notices
# and policies six months, personnel and planning (here: the organisation's column, where it is dated) a year.
WINDOWS: Mapping[str, int] = MappingProxyType(
    {"news": 14, "notices": 183, "laws": 183, "interpretation": 183, "organisation": 365}
)


@dataclass(frozen=True)
class ColumnAge:
    """A column of the menus that is to be kept up, with the newest date that it shows.

    `is_open` says that what we failed to see of it may be newer.
    """

    offer: Offer
    window: int
    newest: date
    ref: EvidenceRef
    is_open: bool

    def days(self, cutoff: date) -> int:
        """Days from the newest entry to the cut-off."""
        return (cutoff - self.newest).days


def overdue_columns(evidence: Evidence, bound: Callable[[ColumnAge], int], told: str) -> Measurement:
    """Count the columns whose newest entry is more than `bound` days old; `told` says so in the plural.

    A column that may hold something newer, which we failed to see, counts where it is within its bound, and not else.
    """
    home = evidence.home
    if home is None or passes_on(home) or is_unread(home, "columns", "menus"):
        return not_measured("the home page's menu could not be read")
    found = column_ages(evidence)
    ages = [age for age in found if not age.is_open or age.days(evidence.cutoff) <= bound(age)]
    if not ages:
        if found:
            note = f"newer entries may stand among those of {len(found)} columns that could not be looked at"
            return not_measured(note, [age.ref for age in found[:MOST_CITED]])
        if offers(evidence, WINDOWS):
            return not_measured("no column that is to be kept up was captured with a date")
        return not_applicable("the menus offer no column that is to be kept up", [home.ref.citing("no such column")])
    stale = [age for age in ages if age.days(evidence.cutoff) > bound(age)]
    note = f"{len(stale)} of {len(ages)} dated columns {told}"
    note += f", such as “{stale[0].offer.column.name}”, newest entry {stale[0].newest}" if stale else ""
    return measured(len(stale), note=note, evidence=[age.ref for age in (stale or ages)[:MOST_CITED]], n=len(ages))


def column_ages(evidence: Evidence) -> list[ColumnAge]:
    """Return the columns whose page was captured and shows a date, the oldest first.

    A column's dates are those of its list, and of the captured pages that it lists or that lie in its folder.
    """
    found = []
    for offer in offers(evidence, WINDOWS):
        page = offer.page
        if page is None or page is evidence.home:
            continue
        usable = [pair for pair in _dates(page, evidence) if pair[0] <= evidence.cutoff]
        if usable:
            newest, ref = max(usable, key=lambda pair: (pair[0], -pair[1].capture))
            window = WINDOWS[offer.column.type or ""]
            found.append(ColumnAge(offer, window, newest, ref, may_hold_newer(page, evidence)))
    return sorted(found, key=lambda age: (age.newest, age.offer.column.url))


def _dates(column: PageEvidence, evidence: Evidence) -> list[tuple[date, EvidenceRef]]:
    dated = [(i.date, column.ref.citing(f"{excerpt(i.title)}: {i.date}")) for i in column.facts.items if i.date]
    own = {page_key(item.url) for item in column.facts.items}
    folder = page_key(column.url).rstrip("/") + "/"
    for page in captured_pages(evidence):
        key = page_key(page.url)
        if page.published is not None and (key in own or key.startswith(folder) or page is column):
            dated.append((page.published, page.ref.citing(date_cue(page))))
    return dated
