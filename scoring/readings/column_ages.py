"""How old the newest entry of each column is that is to be kept up, and by what window it counts as stale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, PageEvidence
from scoring.readings.features import captured_pages, date_cue, excerpt
from scoring.readings.service_columns import Offer, offers

# Days after which a column is stale. 政府网站普查 2015, veto V3, written for Chinese versions: news two weeks, notices
# and policies six months, personnel and planning (here: the organisation's column, where it is dated) a year.
WINDOWS: Mapping[str, int] = MappingProxyType(
    {"news": 14, "notices": 183, "laws": 183, "interpretation": 183, "organisation": 365}
)


@dataclass(frozen=True)
class ColumnAge:
    """A column of the menus that is to be kept up, with the newest date that it shows."""

    offer: Offer
    window: int
    newest: date
    ref: EvidenceRef

    def days(self, cutoff: date) -> int:
        """Days from the newest entry to the cut-off."""
        return (cutoff - self.newest).days


def column_ages(evidence: Evidence) -> list[ColumnAge]:
    """Return the columns whose page was captured and shows a date, the oldest first.

    A column's dates are those of its list, and of the captured pages that it lists or that lie in its folder.
    """
    found = []
    for offer in offers(evidence, WINDOWS):
        dated = _dates(offer.page, evidence) if offer.page is not None else []
        usable = [pair for pair in dated if pair[0] <= evidence.cutoff]
        if usable and offer.page is not evidence.home:
            newest, ref = max(usable, key=lambda pair: (pair[0], -pair[1].capture))
            found.append(ColumnAge(offer, WINDOWS[offer.column.type or ""], newest, ref))
    return sorted(found, key=lambda age: (age.newest, age.offer.column.url))


def _dates(column: PageEvidence | None, evidence: Evidence) -> list[tuple[date, EvidenceRef]]:
    if column is None:
        return []
    dated = [(i.date, column.ref.citing(f"{excerpt(i.title)}: {i.date}")) for i in column.facts.items if i.date]
    own = {page_key(item.url) for item in column.facts.items}
    folder = page_key(column.url).rstrip("/") + "/"
    for page in captured_pages(evidence):
        key = page_key(page.url)
        if page.published is not None and (key in own or key.startswith(folder) or page is column):
            dated.append((page.published, page.ref.citing(date_cue(page))))
    return dated
