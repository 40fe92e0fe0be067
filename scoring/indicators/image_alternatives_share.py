"""Share of images with an alternative text that the version's reader understands.

What it measures
    Distinct images of the captured pages, logos and badges in footers left out, whose `alt` is there and not Chinese,
    over all of them; at least five. An empty `alt` says that an image only decorates, and counts as there.
Why it matters
    Readers who cannot see the image, or whose line is slow, have only its alternative text (WCAG 2.1, 1.1.1).
Blind spots
    Whether the text describes the image is not judged. Backgrounds and images that a script loads are not seen.
"""

from crawler.extract.facts import Image
from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_applicable, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, excerpt, is_unread, left_in_chinese
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="share", needs=["pages"])
def image_alternatives_share(evidence: Evidence) -> Measurement:
    """Measure each image once, by the first page that shows it."""
    pages = captured_pages(evidence)
    images: dict[str, tuple[Image, EvidenceRef]] = {}
    for page in pages:
        for image in page.facts.images:
            if image.place != "footer":
                images.setdefault(image.url, (image, page.ref))
    if any(is_unread(page, "images") for page in pages):
        return not_measured("the images of a captured page could not be read")
    if not images:
        return not_applicable(f"the {len(pages)} captured pages show no images")
    if len(images) < FEWEST:
        return not_measured(f"the captured pages show only {len(images)} images, at least {FEWEST} are needed")
    bad = [(image, ref) for image, ref in images.values() if not _is_told(image, evidence)]
    shown = bad or list(images.values())
    note = f"{len(images) - len(bad)} of {len(images)} images carry an alternative text in the version's language"
    refs = [ref.citing(f"{excerpt(image.url[-80:])}: {_words(image)}") for image, ref in shown[:MOST_CITED]]
    return measured(1 - len(bad) / len(images), note=note, evidence=refs, n=len(images))


def _is_told(image: Image, evidence: Evidence) -> bool:
    return image.alt is not None and not left_in_chinese(image.alt or "x", evidence)


def _words(image: Image) -> str:
    return "no alt" if image.alt is None else f"alt “{excerpt(image.alt, 60)}”"
