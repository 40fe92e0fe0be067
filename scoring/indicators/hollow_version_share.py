"""Share of the site's foreign versions that are none: a stub, a machine-translation widget, Chinese in disguise.

What it measures
    Languages that the site offers, this version's included, whose offer turned out to be a stub (hardly a page behind
    the home page), a machine-translation widget, a redirect elsewhere or Chinese content, over those that could be
    judged.
Why it matters
    A row of flags that lead to nothing looks like openness and serves nobody.
Blind spots
    It is a fact about the whole site, shown with each of its versions. Offers that were blocked, timed out or stand
    on another body's host are left out.
"""

from types import MappingProxyType

from crawler.model import ForeignVersion, Verdict
from scoring.evidence import Evidence, Measurement, measured
from scoring.readings.features import MOST_CITED, language_name
from scoring.registry import indicator

HOLLOW = MappingProxyType(
    {
        Verdict.STUB: "a stub",
        Verdict.WIDGET: "a machine-translation widget",
        Verdict.REDIRECT: "a redirect",
        Verdict.CHINESE_CONTENT: "Chinese content",
        Verdict.DEAD: "dead",
    }
)


@indicator(unit="share", needs=["home"])
def hollow_version_share(evidence: Evidence) -> Measurement:
    """Measure on all versions that the site offers and that could be judged; there is no sample."""
    offered = [version for version in (evidence.version, *evidence.other_versions) if _is_offered(version)]
    judged = [version for version in offered if version.verdict in HOLLOW or version.verdict is Verdict.REAL]
    hollow = [version for version in judged if version.verdict in HOLLOW]
    named = [f"{language_name(version.language)} is {HOLLOW[version.verdict]}" for version in hollow]
    note = f"{len(hollow)} of {len(judged)} foreign versions that the site offers have nothing behind them"
    note += f": {', '.join(named)}" if named else ""
    pages = [page for page in (evidence.chinese_home, evidence.home) if page is not None]
    cue = "; ".join(named)[:200] or f"{len(judged)} versions, all of them real"
    return measured(
        len(hollow) / len(judged) if judged else 0.0,
        note=note,
        evidence=[page.ref.citing(cue) for page in pages][:MOST_CITED],
        n=len(judged),
    )


def _is_offered(version: ForeignVersion) -> bool:
    return version.how != "guess" or version.verdict is Verdict.REAL
