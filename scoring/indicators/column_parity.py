"""Share of the Chinese version's core columns that live in the foreign version.

What it measures
    Core columns of the Chinese version whose foreign counterpart was captured, is in the foreign language and has
    content, over those whose counterpart could be judged. A column without counterpart counts as not alive only
    where the foreign home page, and so its menu, was captured.
Why it matters
    Core information should be roughly in step with the Chinese version.
Blind spots
    Columns are paired by type and name: a counterpart under an unusual name is taken for missing. A foreign
    version may rightly leave out what only citizens need.
"""

from scoring.evidence import ColumnPair, Evidence, EvidenceRef, Measurement, measured, not_measured
from scoring.features import MOST_CITED, refs_by_address
from scoring.registry import indicator

FEWEST = 3


@indicator(unit="share", needs=["column_pairs"])
def column_parity(evidence: Evidence) -> Measurement:
    """Measure on at least three columns that could be judged."""
    judged = [pair for pair in evidence.column_pairs or () if _can_be_judged(pair, evidence)]
    if len(judged) < FEWEST:
        return not_measured(f"only {len(judged)} core columns could be judged, at least {FEWEST} are needed")
    missing = [pair for pair in judged if not pair.alive]
    alive = len(judged) - len(missing)
    refs = _citations(judged, evidence)
    if not refs:
        return not_measured("none of the pages that the comparison rests on was captured")
    names = ", ".join(pair.chinese_name for pair in missing[:MOST_CITED])
    note = f"{alive} of {len(judged)} core columns of the Chinese version live in this one"
    note += f"; missing or without content: {names}" if missing else ""
    return measured(alive / len(judged), note=note, evidence=refs, n=len(judged))


def _can_be_judged(pair: ColumnPair, evidence: Evidence) -> bool:
    if pair.foreign_url is None:
        return evidence.home is not None
    return pair.alive is not None


def _citations(judged: list[ColumnPair], evidence: Evidence) -> list[EvidenceRef]:
    known = refs_by_address(evidence)
    homes = [page.ref for page in (evidence.home, evidence.chinese_home) if page is not None]
    refs = [ref.citing("the menu compared") for ref in homes]
    for pair in sorted(judged, key=lambda pair: bool(pair.alive)):
        ref = known(pair.foreign_url)
        if ref is not None:
            refs.append(
                ref.citing(f"{pair.chinese_name} / {pair.foreign_name}: {'alive' if pair.alive else 'no content'}")
            )
    return refs[:MOST_CITED]
