"""Whether a law or policy, or an explanation of one, can be downloaded as a file.

What it measures
    Whether a file that a captured page of the law or interpretation column links to was tried and opens.
Why it matters
    A file can be kept, printed, sent on to headquarters and searched.
Blind spots
    A bounded sample of files is tried. The language of a file is not read.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.column_facets import serving_pages
from scoring.readings.downloads import citing, files_on
from scoring.readings.features import MOST_CITED, cited, excerpt
from scoring.readings.service_columns import offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("laws", "interpretation")
WHAT = "law and policy"


@indicator(unit="boolean", needs=["home"])
def policy_downloads(evidence: Evidence) -> Measurement:
    """One file that opens is enough; none is a zero only where all that was offered is known."""
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, WHAT)
    files = files_on(pages, evidence)
    for file in files:
        if file.opens:
            return measured(1, note=f"“{excerpt(file.link.anchor) or file.link.url}” opens", evidence=[citing(file)])
    if unseen := unseen_part(evidence, TYPES, offered, WHAT):
        return unseen
    if any(file.opens is None for file in files):
        return not_measured("no file is known to open or not", [citing(file) for file in files[:MOST_CITED]])
    note = f"none of {len(files)} files opens" if files else f"the {len(pages)} pages on law and policy offer no file"
    return measured(0, note=note, evidence=[citing(file) for file in files[:MOST_CITED]] or cited(pages), n=len(pages))
