"""Number of links to hijacked or parked domains.

What it measures
    Distinct links out of the site whose name or address speaks of gambling, pornography or fake medicine, or that
    lead to a known page for parked or expired domains.
Why it matters
    A dead partner's domain is bought by a casino, and a government's page goes on recommending it; broken-in pages
    carry such links too.
Blind spots
    Told by words and hosts, not by reading the linked page: a hijacked domain under an innocent name is missed. Links
    to other government hosts are not looked at. A person should look before anything rests on it.
"""

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.facts import Link
from crawler.scope import host_of, registered_domain
from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_applicable, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, excerpt, is_unread
from scoring.registry import indicator

_NAMES = re.compile(
    r"\bonline casino|\bcasino (?:online|bonus)|\bslots? (?:online|gacor)|\bslot gacor|\bsports ?book\b"
    r"|\bonline betting\b"
    r"|\bbet365\b|\bporn|\bsex (?:video|cam)|\bviagra\b|\bcialis\b|\bjudi online"
    r"|博彩|百家乐|真人娱乐|娱乐城|彩票投注|体育投注|六合彩|时时彩|赌博网|澳门赌场|成人视频|色情"
    r"|онлайн[- ]казино|카지노 ?사이트|토토사이트",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"(?:^|[.-])(?:bet365|casino|slotgacor|judi|porn|pornhub|xvideos|baccarat|sportsbook|togel)(?=[.\d-]|$)",
    re.IGNORECASE,
)
PARKED = frozenset({
    "sedoparking.com", "parkingcrew.net", "bodis.com", "hugedomains.com", "afternic.com", "dan.com", "above.com",
    "parklogic.com", "domainmarket.com", "sedo.com", "undeveloped.com", "cashparking.com",
})  # fmt: skip


@indicator(unit="count", needs=["home"])
def hijacked_links(evidence: Evidence) -> Measurement:
    """Count links out of the site, each address once."""
    pages = captured_pages(evidence)
    own = registered_domain(host_of(evidence.site.url)), registered_domain(host_of(evidence.version.url))
    out: dict[str, tuple[Link, EvidenceRef]] = {}
    for page in pages:
        for link in page.facts.links:
            host = host_of(link.url)
            if registered_domain(host) not in own and not host.endswith(".gov.cn"):
                out.setdefault(link.url, (link, page.ref))
    if not out:
        if any(is_unread(page, "links") for page in pages):
            return not_measured("the links of a captured page could not be read")
        return not_applicable(f"none of {len(pages)} captured pages links out of the site")
    leads = {check.url: check.ref.url for check in evidence.outbound if check.ref is not None}
    bad = [(link, ref) for url, (link, ref) in sorted(out.items()) if _is_bad(link, leads.get(url, url))]
    note = f"{len(bad)} of {len(out)} links out of the site lead to hijacked or parked domains, by their words"
    note += f", such as {excerpt(bad[0][0].url, 120)}" if bad else ""
    refs = [ref.citing(f"{excerpt(link.anchor, 60)} → {excerpt(link.url, 100)}") for link, ref in bad[:MOST_CITED]]
    refs = refs or [ref.citing(f"{link.anchor[:60]} → {link.url[:100]}") for link, ref in list(out.values())[:1]]
    return measured(len(bad), note=note, evidence=refs, n=len(out))


def _is_bad(link: Link, leads_to: str) -> bool:
    host = host_of(link.url)
    words = f"{link.anchor[:200]} {unquote(urlsplit(link.url).path)[:200]}"
    parked = {registered_domain(host), registered_domain(host_of(leads_to))} & PARKED
    return bool(_NAMES.search(words) or _HOSTS.search(host) or parked)
