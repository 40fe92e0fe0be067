"""Share of the foreign version's pages whose menus and footer are in Chinese.

What it measures
    Captured pages whose menus, headers and footers are mostly Chinese by content, over those whose language could be
    told there. `untranslated_share` looks at the bodies.
Why it matters
    A translated text is of little use to a reader who cannot find the way to it.
Blind spots
    Menus made of pictures are not read. A Chinese line in an otherwise foreign footer (a filing number, an address)
    does not count. In Japanese, short menus may be written in characters that Chinese shares: those are left out.
"""

from crawler.extract.language_codes import same_language
from crawler.model import CHINESE
from scoring.evidence import Evidence, Measurement, PageEvidence
from scoring.readings.features import base_name, cited, excerpt, in_base_language, is_decided
from scoring.readings.sampled import sampled_share
from scoring.registry import indicator

FEWEST = 3


@indicator(unit="share", needs=["pages"])
def untranslated_chrome_share(evidence: Evidence) -> Measurement:
    """Measure on at least three pages whose menus tell their language."""
    told = [page for page in evidence.pages if _is_told(page, evidence)]
    chinese = [page for page in told if in_base_language(page.facts.language.chrome, evidence)]
    return sampled_share(
        len(chinese),
        len(told),
        of="pages have menus that tell their language",
        fewest=FEWEST,
        note=f"{len(chinese)} of {len(told)} pages have {base_name(evidence)} menus and footers",
        sample="of the pages that the crawl took",
        evidence=cited(chinese or told, lambda page: f"{page.facts.language.chrome}: {_words(page)}"),
    )


def _is_told(page: PageEvidence, evidence: Evidence) -> bool:
    chrome = page.facts.language.chrome
    # Only the simplified characters are surely no Japanese.
    shared = same_language(evidence.language, "ja") and same_language(chrome, CHINESE) and chrome != "zh-Hans"
    return is_decided(chrome) and not shared


def _words(page: PageEvidence) -> str:
    return excerpt(page.facts.chrome_text) or "the menus"
