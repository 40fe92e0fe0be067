"""For how many of three visa matters a form opens: application, residence permit, lost passport.

What it measures
    Matters for which a captured page of the visa column links to a file that was tried and opens; the file is for
    a matter where its link's words or the title of a page that holds it name the matter. 0 to 3.
Why it matters
    The form is what the reader came for; filling it in at home saves a journey.
Blind spots
    A bounded sample of files is tried. The form's language and date are not read. Words are those of a list
    (`facets.yaml`). Forms that are filled in on line are not seen.
"""

from scoring.evidence import AttachmentEvidence, Evidence, Measurement, PageEvidence, not_measured
from scoring.readings.column_facets import facets_measured, no_words, serving_pages
from scoring.readings.downloads import citing, files_on
from scoring.readings.facets import Telling, facets_of, is_listed, says
from scoring.readings.features import MOST_CITED
from scoring.readings.service_columns import offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("visa",)
SUBJECT = "visa"


@indicator(unit="count", needs=["home"])
def visa_forms(evidence: Evidence) -> Measurement:
    """Count matters; a matter whose form was not tried leaves it open."""
    if not is_listed(SUBJECT, evidence.language):
        return no_words(evidence, "of visas")
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, SUBJECT)
    found: dict[str, Telling] = {}
    open_questions: list[AttachmentEvidence] = []
    for matter in facets_of(SUBJECT):
        forms = _forms_for(matter, pages, evidence)
        opening = next((pair for pair in forms if pair[1].opens), None)
        if opening is not None:
            page, form = opening
            found[matter] = Telling(matter, page, citing(form).cue)
        open_questions += [form for _, form in forms if form.opens is None and opening is None]
    if len(found) < len(facets_of(SUBJECT)) and (unseen := unseen_part(evidence, TYPES, offered, SUBJECT)):
        return unseen
    if open_questions:
        return not_measured("not every form was tried", [citing(form) for form in open_questions[:MOST_CITED]])
    return facets_measured(SUBJECT, found, pages, "visa", "offer forms for")


def _forms_for(
    matter: str, pages: list[PageEvidence], evidence: Evidence
) -> list[tuple[PageEvidence, AttachmentEvidence]]:
    """Return the files for a matter, each with the page that offers it."""
    found = []
    for page in pages:
        titled = says(SUBJECT, matter, page.facts.title, evidence.language)
        anchors = {link.url: link.anchor for link in page.facts.attachments}
        for file in files_on([page], evidence):
            if titled or says(SUBJECT, matter, anchors[file.link.url], evidence.language):
                found.append((page, file))
    return found
