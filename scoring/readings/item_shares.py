"""The share of core Chinese items that have a translated counterpart, as several indicators measure it."""

from __future__ import annotations

from collections.abc import Collection

from scoring.evidence import Evidence, EvidenceRef, Measurement, Pair, not_measured
from scoring.pairing.pages import content_cues_available
from scoring.readings.features import MOST_CITED, excerpt, language_name, refs_by_address
from scoring.readings.parity import column_shares, core_items, is_translated, unseen_items, window_of
from scoring.readings.sampled import sampled_share

FEWEST = 5
MOST_UNSEEN = 0.5  # of the version's listed items; beyond it a missing counterpart may be one that we did not fetch


def translated_share(
    evidence: Evidence, window_days: int, what: str, types: Collection[str] | None = None
) -> Measurement:
    """Measure the share of core Chinese items of the window, of these column types (None: all), that are translated.

    `what` names the items in the plural. `not_measured` where a missing counterpart could not be told from one that we
    did not see: no cue fits the language or the site, or most of the version's items were not captured.
    """
    pairs = evidence.pairs or ()
    first, last = window_of(evidence.cutoff, window_days)
    items = [pair for pair in core_items(pairs, (first, last)) if types is None or pair.column_type in types]
    if reason := _why_untold(evidence, window_days, len(items)):
        return not_measured(reason)
    translated = [pair for pair in items if is_translated(pair)]
    note = f"{len(translated)} of {len(items)} {what} of the Chinese version have a translated counterpart"
    note += _by_column(items) if types is None else ""
    note += _titles_missing(items)
    return sampled_share(
        len(translated),
        len(items),
        of=f"{what} of the Chinese version, dated {first} to {last}, were captured",
        fewest=FEWEST,
        note=note,
        sample=f"of those dated {first} to {last} that the crawl took, newest first and spread over columns",
        evidence=_citations(items, evidence),
    )


def _why_untold(evidence: Evidence, window_days: int, items: int) -> str:
    if not content_cues_available(evidence.language, evidence.site.base_language):
        return f"pages in {language_name(evidence.language)} cannot be paired by what they say yet"
    if items >= FEWEST and not any(pair.core and pair.foreign_url for pair in evidence.pairs or ()):
        # Not one pair, translated or not: more likely that no cue of ours fits this site than that all is missing.
        return f"none of {items} items could be paired, so we cannot tell which are translated"
    unseen, known = unseen_items(evidence, window_days)
    if known and unseen / known > MOST_UNSEEN:
        return f"{unseen} of the {known} items that the version lists of this time were not captured"
    return ""


def _by_column(items: Collection[Pair]) -> str:
    named = [share for share in column_shares(items) if share.type]
    return ": " + ", ".join(f"{s.type} {s.translated} of {s.total}" for s in named) if len(named) > 1 else ""


def _titles_missing(items: Collection[Pair]) -> str:
    missing = sorted((item for item in items if not is_translated(item)), key=_newest_first)
    named = [excerpt(item.chinese_title, 30) for item in missing if item.chinese_title][:2]
    return (
        f"; not found in translation: {', '.join(named)}{' ...' if len(missing) > len(named) else ''}" if named else ""
    )


def _newest_first(item: Pair) -> tuple[int, str]:
    return -(item.chinese_date.toordinal() if item.chinese_date else 0), item.chinese_url or ""


def _citations(items: Collection[Pair], evidence: Evidence) -> list[EvidenceRef]:
    known = refs_by_address(evidence)
    refs = []
    for item in sorted(items, key=lambda item: (is_translated(item), *_newest_first(item))):
        ref = known(item.foreign_url if is_translated(item) else item.chinese_url)
        if ref is not None:
            found = is_translated(item)
            refs.append(
                ref.citing(f"counterpart of {item.chinese_url}" if found else "no translated counterpart found")
            )
    return refs[:MOST_CITED]
