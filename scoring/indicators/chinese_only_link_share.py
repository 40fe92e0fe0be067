"""Share of the version's links that lead to a page in Chinese or to none.

What it measures
    Distinct addresses that the version's pages link to and whose end is known: captured pages of either version, and
    addresses that answered 404, 410, 5xx, or 200 with the words that there is no such page. Of these, the ones that
    are dead or whose page has a Chinese body. Switches between the versions are no such links: those to the Chinese
    home page, and from a page to its own counterpart.
Why it matters
    A foreign reader who follows a menu into Chinese is as lost as one who meets an error.
Blind spots
    Links to other sites are not followed, and a link to a Chinese page that the crawl did not take is not counted. A
    language switch that leads to another Chinese page than the counterpart counts as a link.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.facts import Link
from crawler.extract.labels import read_label
from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, PageEvidence
from scoring.readings.dead_links import is_dead
from scoring.readings.features import MOST_CITED, base_name, excerpt, in_base_language, is_decided
from scoring.readings.sampled import sampled_share
from scoring.registry import indicator

FEWEST = 10


@dataclass(frozen=True)
class _End:
    """Where a link leads: `what` is `foreign`, `dead` or `in Chinese` (the base language).

    `source` is the first page that holds it.
    """

    link: Link
    source: PageEvidence
    what: str


@indicator(unit="share", needs=["pages"])
def chinese_only_link_share(evidence: Evidence) -> Measurement:
    """Measure on at least ten addresses."""
    ends = list(_ends(evidence))
    lost = [end for end in ends if end.what != "foreign"]
    dead = sum(end.what == "dead" for end in lost)
    return sampled_share(
        len(lost),
        len(ends),
        of="addresses that the version links to were followed to an end",
        fewest=FEWEST,
        note=f"{len(lost)} of {len(ends)} links lead nowhere or into {base_name(evidence)}: "
        f"{dead} dead, {len(lost) - dead} to a page in {base_name(evidence)}",
        sample="each address once, of those that the crawl followed",
        evidence=[
            end.source.ref.citing(f"{excerpt(end.link.anchor, 40)} → {excerpt(end.link.url)}: {end.what}")
            for end in lost or ends
        ][:MOST_CITED],
    )


def _ends(evidence: Evidence) -> Iterator[_End]:
    """Each address that a page of the version links to, once, where its end is known."""
    known = _known_ends(evidence)
    seen = set()
    for page in evidence.pages:
        switches = _switches(page, evidence)
        for link in page.facts.links:
            key = page_key(link.url)
            if key in known and key not in seen and key not in switches and not _is_switch(link, evidence):
                seen.add(key)
                yield _End(link, page, known[key])


def _known_ends(evidence: Evidence) -> dict[str, str]:
    known = {page_key(lost.url): "dead" for lost in evidence.failed if is_dead(lost)}
    for page in (*evidence.chinese_pages, *evidence.pages):
        body = page.facts.language.body
        if is_decided(body):
            what = f"in {base_name(evidence)}" if in_base_language(body, evidence) else "foreign"
            known.update({page_key(url): what for url in (page.ref.url, page.url)})
    return known


def _switches(page: PageEvidence, evidence: Evidence) -> set[str]:
    """Addresses of the Chinese home page and of the page's own Chinese counterpart."""
    homes = [evidence.site.url, *(u for p in (evidence.chinese_home,) if p for u in (p.url, p.ref.url))]
    own = [alternate.url for alternate in page.facts.alternates]
    paired = [pair.chinese_url for pair in evidence.pairs or () if pair.foreign_url == page.url and pair.chinese_url]
    return {page_key(url) for url in (*homes, *own, *paired)}


def _is_switch(link: Link, evidence: Evidence) -> bool:
    """Whether the link's label is the name of the site's own language, such as 中文."""
    reading = read_label(link.anchor)
    return reading.is_plain and in_base_language(reading.languages[0], evidence)
