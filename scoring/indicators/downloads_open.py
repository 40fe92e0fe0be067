"""Share of the files offered for download that open.

What it measures
    Files (forms, documents) that captured pages of the version link to and that were tried: those that answered with a
    file, over those of which it is known; at least two.
Why it matters
    A form that does not open is worse than none: the reader has read the guide for nothing.
Blind spots
    A bounded sample is tried, and only its beginning is read: whether a file is whole, is the right one or is in the
    version's language, expert review says. A page in a file's place (a login, a viewer) tells nothing.
"""

from scoring.evidence import Evidence, Measurement, not_applicable, not_measured
from scoring.readings.downloads import citing
from scoring.readings.features import MOST_CITED, cited
from scoring.readings.sampled import sampled_share
from scoring.registry import indicator


@indicator(unit="share", needs=["pages"], parameters={"fewest": 2})
def downloads_open(evidence: Evidence, fewest: int) -> Measurement:
    """Measure on files whose fate is known; what was not tried says nothing."""
    files = evidence.attachments
    if not files:
        return not_applicable("the captured pages offer no file for download", cited(evidence.pages[:1]))
    tried = [file for file in files if file.opens is not None]
    if not tried:
        note = f"of {len(files)} files none is known to open or not"
        return not_measured(note, [citing(file) for file in files[:MOST_CITED]])
    shut = [file for file in tried if not file.opens]
    good = len(tried) - len(shut)
    return sampled_share(
        good,
        len(tried),
        of="files that were tried",
        fewest=max(fewest, 1),
        note=f"{good} of {len(tried)} files open",
        sample=f"the first of {len(files)} that the pages offer",
        evidence=[citing(file) for file in (shut or tried)[:MOST_CITED]],
    )
