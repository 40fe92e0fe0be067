"""Share of pages that describe themselves in the version's language.

What it measures
    Captured pages with a `description` tag of at least 30 characters (15 in Chinese characters, kana or hangul) that no
    other captured page has and that is not Chinese, over all captured pages; at least five.
Why it matters
    The description is what a search engine shows under the link.
Blind spots
    Search engines often write their own. Whether a description is good, nobody measures here; the lengths are this
    project's own.
"""

from collections import Counter

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import captured_pages, cited, excerpt, is_unread, left_in_chinese
from scoring.registry import indicator

FEWEST = 5
SHORTEST = 30  # characters of a Latin text
_DENSE = 0x2E80  # first code point of the scripts that say the same in half the characters


@indicator(unit="share", needs=["pages"])
def own_description_share(evidence: Evidence) -> Measurement:
    """Measure on at least five pages; a description that stands on every page describes none."""
    pages = [page for page in captured_pages(evidence) if not is_unread(page, "meta")]
    if len(pages) < FEWEST:
        return not_measured(f"only {len(pages)} pages were captured, at least {FEWEST} are needed")
    uses = Counter(map(_description, pages))
    wrong = [
        page for page in pages if uses[_description(page)] > 1 or not _says_something(_description(page), evidence)
    ]
    own = len(pages) - len(wrong)
    note = f"{own} of {len(pages)} pages carry a description of their own in the version's language"
    refs = cited(wrong or pages, lambda page: f"description: {excerpt(_description(page)) or 'none'}")
    return measured(own / len(pages), note=note, evidence=refs, n=len(pages))


def _description(page: PageEvidence) -> str:
    tags = page.facts.meta_tags
    return (tags.get("description") or tags.get("og:description") or "").strip()


def _says_something(words: str, evidence: Evidence) -> bool:
    weight = sum(1 + (ord(char) >= _DENSE) for char in words if not char.isspace())
    return weight >= SHORTEST and not left_in_chinese(words, evidence)
