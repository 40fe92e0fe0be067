"""Number of links on the version's home page that lead nowhere.

What it measures
    Distinct addresses that the home page links to and that answered 404, 410, 5xx, or 200 with the words that there
    is no such page. Blocked, timed out, disallowed and unvisited addresses are not counted.
Why it matters
    The home page is what most readers see; site checks deduct a full point for each dead link there (census of 2015).
Blind spots
    Addresses beyond the page budget were not tried, and of links out of the site a sample. A server's bad hour looks
    like a dead link.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.dead_links import tried_links
from scoring.readings.features import MOST_CITED
from scoring.registry import indicator


@indicator(unit="count", needs=["home"])
def dead_home_links(evidence: Evidence) -> Measurement:
    """Count on the home page; where none of its links was tried there is nothing to tell by."""
    assert evidence.home is not None
    trial = tried_links(evidence, on_home=True)
    if not trial.tried:
        return not_measured("none of the home page's links was tried")
    note = f"{len(trial.dead)} of {trial.tried} links of the home page that were tried lead nowhere"
    note += f", such as {trial.dead[0].url} ({trial.dead[0].status})" if trial.dead else ""
    refs = [link.ref for link in trial.dead]
    refs = refs[:MOST_CITED] or [evidence.home.ref.citing(f"{trial.tried} links of it were tried")]
    return measured(len(trial.dead), note=note, evidence=refs, n=trial.tried)
