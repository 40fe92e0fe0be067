"""Share of the foreign version's pages whose body is Chinese.

What it measures
    Captured pages whose body is Chinese (in the base language), over captured pages of at least 80 characters whose
    language could be told.
Why it matters
    A foreign frame around a Chinese text serves nobody.
Blind spots
    The language is told by content; a page that is half Chinese counts by its larger part. Texts in pictures are
    not read, and a poor translation counts as translated. `untranslated_chrome_share` looks at menus and footers.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.features import base_name, cited, excerpt, in_base_language, is_decided
from scoring.readings.sampled import sampled_share
from scoring.registry import indicator

FEWEST = 3
LEAST_CHARS = 80


@indicator(unit="share", needs=["pages"])
def untranslated_share(evidence: Evidence) -> Measurement:
    """Measure on at least three pages with enough text to tell their language."""
    told = [
        page for page in evidence.pages if page.facts.text_chars >= LEAST_CHARS and is_decided(page.facts.language.body)
    ]
    chinese = [page for page in told if in_base_language(page.facts.language.body, evidence)]
    return sampled_share(
        len(chinese),
        len(told),
        of="pages have enough text to tell their language",
        fewest=FEWEST,
        note=f"{len(chinese)} of {len(told)} pages have a {base_name(evidence)} body",
        sample="of the pages that the crawl took",
        evidence=cited(chinese or told, lambda page: f"{page.facts.language.body}: {excerpt(page.facts.text)}"),
    )
