"""Whether the version's search answers in the version's language.

What it measures
    Whether one harmless query, a common word of the version's language sent by the search box of its home page, is
    answered by a page that is not in the site's own language and lists at least three results, or links to at least
    three pages of the version beside those of the menu.
Why it matters
    A search box that finds Chinese pages, or nothing, sends the reader away.
Blind spots
    A box that a script sends, or that asks by POST, is not tried, nor one that robots.txt closes. The results of one
    word say little of the next.
"""

from crawler.model import Failure
from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, SearchTrial, measured, not_measured
from scoring.readings.features import (
    GONE,
    base_name,
    excerpt,
    in_base_language,
    is_unread,
    left_in_chinese,
    passes_on,
)
from scoring.registry import indicator

FEWEST = 3


@indicator(unit="boolean", needs=["home"])
def search_answers(evidence: Evidence) -> Measurement:
    """Measure by the answer to one query; a home page without any search box has none."""
    home, trial = evidence.home, evidence.search
    assert home is not None
    if trial is None:
        return _no_trial(home)
    ref = trial.ref or home.ref
    if trial.facts is None or trial.ref is None:
        return _no_page(trial, ref)
    facts = trial.facts
    known = {page_key(column.url) for column in home.facts.columns} | {page_key(home.url), page_key(trial.url)}
    found = {page_key(link.url): link for link in facts.links if link.anchor and link.place == "body"}
    results = [link for key, link in found.items() if key not in known and not left_in_chinese(link.anchor, evidence)]
    items = [item for item in facts.items if not left_in_chinese(item.title, evidence)]
    n = max(len(results), len(items))
    names = [*(item.title for item in items), *(link.anchor for link in results)]
    if in_base_language(facts.language.body, evidence):
        own = base_name(evidence)
        note = f"the search at {trial.url} answers in {own}"
        return measured(0, note=note, evidence=[ref.citing(excerpt(facts.text) or f"a page in {own}")], n=n)
    note = f"the search at {trial.url} answers with {n} results"
    return measured(n >= FEWEST, note=note, evidence=[ref.citing(excerpt("; ".join(names), 160) or "no results")], n=n)


def _no_trial(home: PageEvidence) -> Measurement:
    if passes_on(home) or is_unread(home, "forms", "menus"):
        return not_measured("the home page's forms could not be read")
    boxes = [form for form in home.facts.forms if form.kind == "search"]
    if boxes:
        return not_measured(
            "the search box was not tried: a script sends it, it asks by POST or elsewhere",
            [home.ref.citing(f"search box: {excerpt(boxes[0].labels) or boxes[0].action or 'without words'}")],
        )
    return measured(0, note="the home page offers no search", evidence=[home.ref.citing("no search box")])


def _no_page(trial: SearchTrial, ref: EvidenceRef) -> Measurement:
    status = trial.status or 0
    if trial.failure is Failure.HTTP_ERROR and (status in GONE or status >= 500):
        note = f"the search at {trial.url} answers with an error ({status})"
        return measured(0, note=note, evidence=[ref.citing(f"answers {status}")], n=0)
    reason = trial.failure.value.replace("_", " ") if trial.failure else "no web page"
    return not_measured(f"the search at {trial.url} could not be tried ({reason})")
