"""What a version published and when: distinct addresses that a page, or a captured list, dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED, date_cue, excerpt
from scoring.readings.service_columns import offers, unseen_column
from scoring.readings.unseen_entries import may_hold_newer

NEWS_TYPES = ("news", "notices")
UNDATED = "no captured page or list entry carries a usable date"


@dataclass(frozen=True)
class Update:
    """One dated address. `key` is the address as a page key, `ref` the archived page that dates it."""

    key: str
    day: date
    ref: EvidenceRef


def dated_updates(evidence: Evidence) -> list[Update]:
    """Return what is dated at or before the cut-off, newest first, each address once.

    A page's own date counts before a list's.
    """
    found: dict[str, Update] = {}
    for page in evidence.pages:
        if page.published is not None:
            key = page_key(page.url)
            found.setdefault(key, Update(key, page.published, page.ref.citing(date_cue(page))))
    for page in evidence.pages:
        for item in page.facts.items:
            if item.date is not None:
                key, cue = page_key(item.url), f"{excerpt(item.title)}: {item.date}"
                found.setdefault(key, Update(key, item.date, page.ref.citing(cue)))
    usable = (update for update in found.values() if update.day <= evidence.cutoff)
    return sorted(usable, key=lambda update: update.day, reverse=True)


def unseen_news(evidence: Evidence) -> Measurement | None:
    """Say which news or notices column could not be looked at, or not whole: the newest may stand there; else None."""
    offered = offers(evidence, NEWS_TYPES)
    if any(offer.is_unseen for offer in offered):
        return unseen_column(offered, "news or notices")
    for offer in offered:
        if offer.page is not None and offer.page is not evidence.home and may_hold_newer(offer.page, evidence):
            note = f"newer entries of the news or notices column {offer.page.url} could not be looked at"
            return not_measured(note, [offer.page.ref.citing("entries without a date that were not opened")])
    return None


def updates_within(evidence: Evidence, days: int) -> Measurement:
    """Count the updates of the last `days` calendar days, the cut-off date among them.

    A news or notices column that could not be looked at leaves the count open.
    """
    dated = dated_updates(evidence)
    if not dated:
        return not_measured(UNDATED)
    if unseen := unseen_news(evidence):
        return unseen
    return count_within(dated, days, evidence.cutoff, "dated pages and list entries")


def count_within(dated: list[Update], days: int, cutoff: date, what: str) -> Measurement:
    """Count those of `dated` (newest first, at least one) that fall within the `days` days to the cut-off."""
    recent = [update for update in dated if update.day > cutoff - timedelta(days=days)]
    note = f"{len(recent)} of {len(dated)} {what} fall within the {days} days to {cutoff}"
    refs = [update.ref for update in (recent or dated)[:MOST_CITED]]
    return measured(len(recent), note=note, evidence=refs, n=len(dated))
