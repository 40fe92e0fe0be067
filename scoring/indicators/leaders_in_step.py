"""Share of the leaders on the Chinese leaders page who are found on the foreign one.

What it measures
    Names that captured Chinese pages of the leaders column list behind an office, over which a captured page of the
    foreign leaders or organisation column holds in characters, in pinyin (surname first or last) or in the usual
    Russian, Korean or Arabic spelling.
Why it matters
    A foreign version that still names the mayor before last cannot be trusted in anything.
Blind spots
    Names on portraits are not read. A name spelt in another way (Wade-Giles, a name of an ethnic minority written in
    its own way) is not recognised. A Chinese version without leaders column gives nothing to compare with.
"""

from collections.abc import Mapping

from crawler.extract.language_codes import same_language
from crawler.model import CHINESE
from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.pairing.names import names_available
from scoring.readings.column_facets import serving_pages
from scoring.readings.features import MOST_CITED, cited, in_base_language
from scoring.readings.listed_leaders import NamesOnPages, chinese_leaders
from scoring.readings.service_columns import offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("leaders", "organisation")
WHAT = "leaders"


@indicator(unit="share", needs=["home", "chinese_home"])
def leaders_in_step(evidence: Evidence) -> Measurement:
    """Compare names, not offices: a promotion is no gap."""
    if not in_base_language(CHINESE, evidence):
        return not_applicable("only Chinese names are compared")
    if not names_available():
        return not_measured("the readings of Chinese characters are not installed (waiwen[parity])")
    pages = [page for page in evidence.chinese_pages if page.column_type == WHAT and _is_chinese(page)]
    expected = chinese_leaders(pages)
    return _compared(expected, evidence) if expected else _nobody(pages, evidence)


def _is_chinese(page: PageEvidence) -> bool:
    return same_language(page.facts.language.body, CHINESE)


def _nobody(pages: list[PageEvidence], evidence: Evidence) -> Measurement:
    """Say why no name was read: the Chinese menu offers no leaders, or theirs could not be seen."""
    home = evidence.chinese_home
    if home is None or pages or any(column.type == WHAT for column in home.facts.columns):
        return not_measured("no leader's name could be read on the Chinese version", cited(pages))
    return not_applicable("the Chinese version's menu offers no leaders", [home.ref.citing("no leaders in its menu")])


def _compared(expected: Mapping[str, PageEvidence], evidence: Evidence) -> Measurement:
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, WHAT)
    names = NamesOnPages(pages, evidence.language)
    missing = [name for name in expected if not names.holds(name)]
    if missing and (unseen := unseen_part(evidence, TYPES, offered, WHAT)):
        return unseen
    note = f"{len(expected) - len(missing)} of {len(expected)} leaders of the Chinese version are named"
    note += f"; not found: {', '.join(missing[:MOST_CITED])}" if missing else ""
    refs: list[EvidenceRef] = [*cited(pages[:2])]
    refs += [page.ref.citing(f"leader: {name}") for name, page in expected.items() if not missing or name in missing]
    return measured(1 - len(missing) / len(expected), note=note, evidence=refs[:MOST_CITED], n=len(expected))
