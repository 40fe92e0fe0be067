"""Policies for investors that can be read in the version's language.

What it measures
    Captured pages of the investment, law and interpretation columns that are in the version's language, hold a text of
    their own and speak of foreign investment and, in some sentence, of a rule (policy, law, tax, grant ...).
Why it matters
    An investor is bound by rules, and looks for those made for foreign capital.
Blind spots
    Words are those of a list (`facets.yaml`). Policies kept as files, or only named in a list, do not count here.
"""

from scoring.evidence import Evidence, Measurement, measured
from scoring.readings.column_facets import no_words, serving_pages
from scoring.readings.facets import Telling, is_listed, told
from scoring.readings.features import MOST_CITED, cited, holds_text
from scoring.readings.service_columns import kept_part, offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("investment", "laws", "interpretation")
WHAT = "investment or policy"


@indicator(unit="count", needs=["home"])
def investment_policies(evidence: Evidence) -> Measurement:
    """Count pages, each once, wherever they stand."""
    language = evidence.language
    if not (is_listed("investment_policies", language) and is_listed("business", language)):
        return no_words(evidence, "of policies for investors")
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, WHAT)
    articles = [page for page in pages if holds_text(page)]
    found: list[Telling] = []
    for page in articles:
        investors = told("investment_policies", [page], language).get("foreign_investment")
        if investors is not None and "policy" in told("business", [page], language):
            found.append(investors)
    look = kept_part if found else unseen_part
    if unseen := look(evidence, TYPES, offered, WHAT):
        return unseen
    note = f"{len(found)} of {len(articles)} articles on investment and law tell rules for foreign investment"
    refs = [telling.ref for telling in found[:MOST_CITED]] or cited(pages)
    return measured(len(found), note=note, evidence=refs, n=len(articles))
