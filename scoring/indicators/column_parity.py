"""Share of the Chinese version's core columns that live in the foreign version.

What it measures
    Core columns of the Chinese version whose foreign counterpart was captured, is in the foreign language and has
    content, over those whose counterpart could be judged. A column without counterpart counts as not alive only
    where the foreign home page was captured and its menu names at least three columns that we know. All columns of the
    menu are looked at: there is no sample and no interval.
Why it matters
    Core information should be roughly in step with the Chinese version.
Blind spots
    Columns are paired by type and name: a counterpart under an unusual name is taken for missing. A foreign
    version may rightly leave out what only citizens need.
"""

from scoring.column_map import MISSING
from scoring.evidence import ColumnPair, Evidence, EvidenceRef, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED, refs_by_address
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
    absent = [pair for pair in missing if pair.foreign_url is None]
    hollow = [pair for pair in missing if pair.foreign_url is not None]
    note = f"{alive} of {len(judged)} core columns of the Chinese version live in this one"
    note += f"; missing: {_names(absent)}" if absent else ""
    note += f"; without content in the language: {_names(hollow)}" if hollow else ""
    return measured(alive / len(judged), note=note, evidence=refs, n=len(judged))


def _names(pairs: list[ColumnPair]) -> str:
    return ", ".join(pair.chinese_name for pair in pairs)


def _can_be_judged(pair: ColumnPair, evidence: Evidence) -> bool:
    if pair.foreign_url is None:
        return evidence.home is not None and pair.confidence >= MISSING
    return pair.alive is not None


def _citations(judged: list[ColumnPair], evidence: Evidence) -> list[EvidenceRef]:
    known = refs_by_address(evidence)
    homes = [page.ref for page in (evidence.home, evidence.chinese_home) if page is not None]
    refs = [ref.citing("the menu compared") for ref in homes]
    for pair in sorted(judged, key=lambda pair: bool(pair.alive)):
        ref = known(pair.foreign_url)
        if ref is not None:
            state = "alive" if pair.alive else "no content"
            refs.append(ref.citing(f"{pair.chinese_name} / {pair.foreign_name} (by {pair.how}): {state}"))
    return refs[:MOST_CITED]
