"""Share of the Chinese version's core articles that have a translated counterpart.

What it measures
    Captured core articles of the Chinese version (those of its core columns) that are paired with a page of the
    foreign version whose body is not Chinese, over all captured core articles of the Chinese version.
Why it matters
    Core information should be roughly in step with the Chinese version.
Blind spots
    Pairs are found by cues (declared alternates, mutual links, addresses, dates, names), so a free rewriting may
    go unseen. Both versions are sampled under a page budget; the note gives the interval that n allows.
"""

from scoring.evidence import Evidence, EvidenceRef, Measurement, Pair, measured, not_measured
from scoring.features import MOST_CITED, refs_by_address
from scoring.registry import indicator
from scoring.statistics import wilson_interval

FEWEST = 5


@indicator(unit="share", needs=["pages", "pairs"])
def item_parity(evidence: Evidence) -> Measurement:
    """Measure on at least five Chinese core articles; foreign pages without counterpart do not count."""
    core = [pair for pair in evidence.pairs or () if pair.core]
    if len(core) < FEWEST:
        return not_measured(f"only {len(core)} core articles of the Chinese version were captured, {FEWEST} are needed")
    matched = [pair for pair in core if _is_matched(pair)]
    if not any(pair.foreign_url for pair in core):
        # Not one pair, translated or not: more likely that no cue of ours fits this site than that all is missing.
        return not_measured(
            f"none of {len(core)} core articles could be paired, so we cannot tell which are translated"
        )
    refs = _citations(core, evidence)
    if not refs:
        return not_measured("none of the pages that the comparison rests on was captured")
    low, high = wilson_interval(len(matched), len(core))
    note = (
        f"{len(matched)} of {len(core)} core articles of the Chinese version have a translated counterpart "
        f"(95% interval {low:.0%} to {high:.0%})"
    )
    return measured(len(matched) / len(core), note=note, evidence=refs, n=len(core))


def _is_matched(pair: Pair) -> bool:
    return pair.foreign_url is not None and pair.translated is not False


def _citations(core: list[Pair], evidence: Evidence) -> list[EvidenceRef]:
    known = refs_by_address(evidence)
    refs = []
    for pair in sorted(core, key=_is_matched):
        url = pair.foreign_url if _is_matched(pair) else pair.chinese_url
        ref = known(url)
        if ref is not None:
            cue = f"counterpart of {pair.chinese_url}" if _is_matched(pair) else "no translated counterpart found"
            refs.append(ref.citing(cue))
    return refs[:MOST_CITED]
