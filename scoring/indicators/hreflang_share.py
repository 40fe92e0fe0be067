"""Share of pages that declare their editions in other languages by the rules.

What it measures
    The home page, and every captured page that declares editions of itself (`hreflang`): those whose declarations hold
    a valid language code each, name the page itself under the version's language, stand on `rel="alternate"`, and are
    returned by each captured page that they name.
Why it matters
    Search engines send readers to the edition in their language by these declarations, and ignore one-sided ones (rules
    of the W3C's internationalisation pages and of the search engines).
Blind spots
    Declarations in an XML site map or an HTTP header are not read. A declared edition that was not captured is taken at
    its word.
"""

import re
from collections.abc import Mapping

from crawler.extract.facts import Alternate
from crawler.extract.language_codes import canonical, same_language
from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.features import captured_pages, cited, is_unread, passes_on
from scoring.registry import indicator

_SHAPE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_OWN_CODES = frozenset({"nb", "nn"})  # valid, though `canonical` folds them
DEFAULT = "x-default"


@indicator(unit="share", needs=["home"])
def hreflang_share(evidence: Evidence) -> Measurement:
    """Measure on the home page, which owes its editions, and on all pages that declare any."""
    home = evidence.home
    if home is None or passes_on(home) or is_unread(home, "alternates"):
        return not_measured("the home page's own content could not be read")
    if not evidence.other_versions and evidence.chinese_home is None:
        return not_applicable("no other edition of the site is known", [home.ref.citing("the only edition")])
    pages = captured_pages(evidence)
    declaring = [page for page in pages if page is home or page.facts.alternates]
    known = {page_key(page.url): page for page in (*evidence.chinese_pages, *pages)}
    faults = [(page, _fault(page, evidence, known)) for page in declaring]
    wrong = [(page, fault) for page, fault in faults if fault]
    right = [page for page, fault in faults if not fault]
    note = f"{len(right)} of {len(declaring)} pages declare their editions by the rules"
    note += f"; {wrong[0][0].url} {wrong[0][1]}" if wrong else ""
    refs = [page.ref.citing(fault) for page, fault in wrong[:5]] or cited(right, _declared)
    return measured(len(right) / len(declaring), note=note, evidence=refs, n=len(declaring))


def _fault(page: PageEvidence, evidence: Evidence, known: Mapping[str, PageEvidence]) -> str:
    """Say what is wrong with a page's declarations, as the rest of a sentence; empty where nothing is."""
    declared = page.facts.alternates
    if not declared:
        return "declares no edition in another language"
    for alternate in declared:
        if alternate.hreflang.lower() != DEFAULT and not is_valid(alternate.hreflang):
            return f"declares hreflang=“{alternate.hreflang[:20]}”, which is no language code"
        if "alternate" not in alternate.rel.lower().split():
            return f"declares an edition under rel=“{alternate.rel[:20]}” instead of rel=“alternate”"
    if not any(_is_self(alternate, page, evidence) for alternate in declared):
        return f"does not name itself as its own edition in “{evidence.language}”"
    for alternate in declared:
        other = known.get(page_key(alternate.url))
        if other is not None and other is not page and not _returns(other, page):
            return f"names {alternate.url}, which does not name it in return"
    return ""


def is_valid(tag: str) -> bool:
    """Tell whether a tag is a language, with script and region where given; country codes (`kr`) are none."""
    first = tag.lower().partition("-")[0]
    found = canonical(tag)
    return (
        bool(_SHAPE.fullmatch(tag)) and found is not None and (found.partition("-")[0] == first or first in _OWN_CODES)
    )


def _is_self(alternate: Alternate, page: PageEvidence, evidence: Evidence) -> bool:
    names = {page_key(page.url), page_key(page.ref.url)}
    return page_key(alternate.url) in names and same_language(alternate.hreflang, evidence.language)


def _returns(other: PageEvidence, page: PageEvidence) -> bool:
    names = {page_key(page.url), page_key(page.ref.url)}
    return any(page_key(alternate.url) in names for alternate in other.facts.alternates)


def _declared(page: PageEvidence) -> str:
    return "editions: " + ", ".join(alternate.hreflang for alternate in page.facts.alternates[:8])
