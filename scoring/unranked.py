"""Why a site is not ranked, in a sentence that its owner understands. Never a score of zero."""

from __future__ import annotations

import math
from collections.abc import Iterable

from crawler.model import ForeignVersion, Verdict
from scoring.scorecard import Scorecard

NONE_FOUND = "no foreign version was found"

# What is told of a version that is not scored. What we failed to see comes first: it may be a real version.
SENTENCES = {
    Verdict.BLOCKED: "is blocked: a firewall or a challenge answered us, not the site, so it was not scored",
    Verdict.NOT_CAPTURED: "was not captured, so it could not be scored",
    Verdict.OTHER_HOST: "stands on another host, and the roster does not confirm that it is this body's own",
    Verdict.STUB: "is a stub: hardly a page stands behind its home page",
    Verdict.CHINESE_CONTENT: "is Chinese content under a foreign label",
    Verdict.WIDGET: "is a machine-translation widget, not a version of its own",
    Verdict.REDIRECT: "leads back to the Chinese version or elsewhere",
    Verdict.DEAD: "is dead: its home page could not be reached",
}
ORDER = {verdict: place for place, verdict in enumerate(SENTENCES)}


def version_reason(version: ForeignVersion) -> str:
    """Say why a version is not scored. Empty for a real one."""
    if version.verdict is Verdict.REAL:
        return ""
    because = f" ({version.reason.rstrip('.')})" if version.reason else ""
    return f"the {version.language} version {SENTENCES[version.verdict]}{because}"


def site_reason(versions: Iterable[ForeignVersion], problem: str = "") -> str:
    """Say why a site none of whose versions is real is unranked.

    `problem` is why the site's own home page could not be captured, where it could not: then nobody can
    say that there is no foreign version. An address that was merely guessed and is dead is no version.
    """
    seen = [version for version in versions if not (version.how == "guess" and version.verdict is Verdict.DEAD)]
    if not seen:
        return f"foreign versions could not be looked for: {problem}" if problem else NONE_FOUND
    first, *others = sorted(seen, key=lambda version: (ORDER[version.verdict], version.language, version.url))
    told = {(ORDER[version.verdict], version.language): version for version in others}
    told.pop((ORDER[first.verdict], first.language), None)
    also = ", ".join(f"{told[key].language} ({told[key].verdict.value.replace('_', ' ')})" for key in sorted(told))
    parts = [version_reason(first), f"also seen: {also}" if also else "", f"and {problem}" if problem else ""]
    return "; ".join(part for part in parts if part)


def coverage_reason(coverage: float, minimum: float) -> str:
    """Say that too little of a version could be measured."""
    # Rounded down, so that 59.97 % is never told as the 60 % that were needed.
    share = math.floor(coverage * 1000) / 10
    return f"coverage below minimum: {share:g} % of the weight could be scored, {100 * minimum:g} % is needed"


def standing_reason(card: Scorecard) -> str:
    """Say why a version that was measured has no total."""
    return f"{card.language}: {card.reason}"
