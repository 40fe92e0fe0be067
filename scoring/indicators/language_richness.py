"""Number of foreign languages in which the site keeps a real version.

What it measures
    Languages of the site's versions that are judged real: their pages open, are in that language, and are more than a
    home page. This version counts; stubs, machine-translation widgets, dead, blocked and unseen ones do not.
Why it matters
    A bonus of an earlier evaluator (语种丰富度, 2009): who knows no English is reached by another language.
Blind spots
    A version that we failed to see is not counted, so this is a lower bound. How good each is, its own scores say.
"""

from crawler.model import Verdict
from scoring.evidence import Evidence, Measurement, measured
from scoring.registry import indicator


@indicator(unit="count", needs=["home"])
def language_richness(evidence: Evidence) -> Measurement:
    """Count distinct languages of real versions."""
    assert evidence.home is not None
    versions = (evidence.version, *evidence.other_versions)
    languages = sorted({version.language for version in versions if version.verdict is Verdict.REAL})
    others = sorted({version.language for version in versions} - set(languages))
    note = f"the site keeps real versions in {len(languages)} languages: {', '.join(languages)}"
    note += f"; not counted: {', '.join(others)}" if others else ""
    refs = [evidence.home.ref.citing(f"real versions: {', '.join(languages)}")]
    return measured(len(languages), note=note, evidence=refs, n=len(versions))
