"""How fully the leaders are told: portfolio and contact of each.

What it measures
    For each leader that a captured page of the leaders column names with an office: half a point for a sentence on
    what they are in charge of, half for a telephone number or mail address. The mean over all leaders, 0 to 1.
Why it matters
    A reader wants to know who decides on a matter and how to write to them; a portrait tells neither.
Blind spots
    Leaders are told by an office (mayor, director ...) and a name beside it; portraits without text are not read, and
    Arabic is not. Whether the portfolio is up to date, leaders_in_step and expert review say.
"""

from scoring.evidence import Evidence, Measurement, measured
from scoring.readings.column_facets import no_words, serving_pages
from scoring.readings.facets import is_listed
from scoring.readings.features import MOST_CITED, cited
from scoring.readings.listed_leaders import listed_leaders
from scoring.readings.service_columns import offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("leaders",)
WHAT = "leaders"


@indicator(unit="share", needs=["home"])
def leader_details(evidence: Evidence) -> Measurement:
    """Measure on every leader once, over all pages of the column; a column that names nobody earns nothing."""
    if not is_listed(WHAT, evidence.language):
        return no_words(evidence, "of leaders")
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, WHAT)
    leaders = listed_leaders(pages, evidence.language)
    marks = sum(leader.has_portfolio + leader.is_reachable for leader in leaders)
    is_full = bool(leaders) and marks == 2 * len(leaders)
    if not is_full and (unseen := unseen_part(evidence, TYPES, offered, WHAT)):
        return unseen
    if not leaders:
        return measured(0, note="the leaders column names nobody beside an office", evidence=cited(pages), n=0)
    portfolios = sum(leader.has_portfolio for leader in leaders)
    contacts = sum(leader.is_reachable for leader in leaders)
    return measured(
        marks / (2 * len(leaders)),
        note=f"of {len(leaders)} leaders {portfolios} are told with their portfolio and {contacts} with a contact",
        evidence=[leader.ref for leader in leaders[:MOST_CITED]],
        n=len(leaders),
    )
