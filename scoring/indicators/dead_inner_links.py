"""Number of links on the version's other pages that lead nowhere.

What it measures
    Distinct addresses that captured pages other than the home page link to, and the home page does not, and that
    answered 404, 410, 5xx, or 200 with the words that there is no such page.
Why it matters
    A dead link inside costs the reader who had come furthest; site checks deduct a tenth of a point for each (census
    of 2015).
Blind spots
    Addresses beyond the page budget were not tried, and of links out of the site a sample, so a larger budget may
    find more. A server's bad hour looks like a dead link.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.dead_links import tried_links
from scoring.readings.features import MOST_CITED
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="count", needs=["pages"])
def dead_inner_links(evidence: Evidence) -> Measurement:
    """Count where at least five inner links were tried."""
    trial = tried_links(evidence, on_home=False)
    if trial.tried < FEWEST:
        return not_measured(f"only {trial.tried} links of inner pages were tried, at least {FEWEST} are needed")
    note = f"{len(trial.dead)} of {trial.tried} links of inner pages that were tried lead nowhere"
    note += f", such as {trial.dead[0].url} ({trial.dead[0].status})" if trial.dead else ""
    refs = [link.ref for link in trial.dead]
    refs = refs[:MOST_CITED] or [evidence.pages[-1].ref.citing(f"{trial.tried} links of inner pages were tried")]
    return measured(len(trial.dead), note=note, evidence=refs, n=trial.tried)
