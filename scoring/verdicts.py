"""Has every candidate foreign version of a site judged on what the round captured of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crawler.archive.index import Archive
from crawler.archive.reading import RENDERED, SiteReader
from crawler.discovery import candidates, guesses
from crawler.extract.facts import PageFacts
from crawler.extract.link_header import header_alternates
from crawler.left_out import is_unseen
from crawler.model import Candidate, Capture, Failure, ForeignVersion, Site, Verdict
from crawler.scope import page_key, scope_of_home
from crawler.verdict import Body, Look, best_of, is_noise, judge
from scoring.dossier import Dossier

# What kept us from seeing a page without being the site's doing, or not surely.
NOT_THE_SITES = frozenset(
    {Failure.BLOCKED, Failure.ROBOTS, Failure.GUARD, Failure.TOO_LARGE, Failure.TIMEOUT, Failure.OTHER}
)


def judge_site(archive: Archive, round_name: str, site: Site, *, complete: bool) -> Dossier:
    """Return the site's dossier with a verdict on every candidate, one version a language.

    `complete` says that the crawl is over, so that what was not found is not there.
    """
    reader = SiteReader(archive, round_name, site)
    found = tuple(_candidates(reader, site))
    blank = tuple(_version(site, candidate, Verdict.NOT_CAPTURED, "", None) for candidate in found)
    dossier = Dossier(reader, site, blank)
    left_out = archive.left_out(round_name, site.id)
    judged = []
    for candidate in found:
        end = reader.end_of(candidate.url)
        budget = sum(version == candidate.language and is_unseen(reason) for (version, _), reason in left_out.items())
        verdict, reason = judge(candidate, _look(dossier, candidate, complete=complete, left_out=budget))
        if not is_noise(candidate, verdict):
            judged.append(_version(site, candidate, verdict, reason, end.id if end else None))
    return Dossier(reader, site, best_of(judged))


def _candidates(reader: SiteReader, site: Site) -> Iterator[Candidate]:
    """What the roster declares and the captured home page and its gateways link to; else what the site's maps declare;
    else the guesses that we tried.
    """
    base = site.base_language
    asked = {c.final_url for c in reader.captures if c.version == base and c.purpose == "home"}
    homes = [
        _with_header(answer.facts, capture)
        for capture in reader.captures
        if capture.purpose in ("home", RENDERED) and capture.final_url in asked
        if (answer := reader.answer(capture)).facts is not None
    ]
    seen: set[tuple[str, str]] = set()
    declared = [Candidate(language, url, "", "roster") for language, url in site.versions]
    linked = [found for facts in homes for found in candidates(facts, site_url=site.url, base=base)]
    home = reader.home(site.url)
    possible = (*guesses(site.url, base), *(guesses(home.capture.final_url, base) if home else ()))
    tried = [] if linked or declared else [guess for guess in possible if reader.end_of(guess.url)]
    for candidate in (*declared, *linked, *(_mapped(reader) or tried)):
        key = (candidate.language, page_key(candidate.url))
        if key not in seen:
            seen.add(key)
            yield candidate


def _mapped(reader: SiteReader) -> list[Candidate]:
    """What the site's maps declare: discovery looked into them only where there was no link."""
    asked = (c for c in reader.captures if c.purpose == "candidate" and c.referrer in reader.site_maps)
    return list(dict.fromkeys(Candidate(capture.version, capture.url, "", "sitemap") for capture in asked))


def _with_header(facts: PageFacts, capture: Capture) -> PageFacts:
    """A home page's facts with the editions that its `Link` header declares."""
    declared = header_alternates(capture.header("Link") or "", capture.final_url)
    return replace(facts, alternates=(*facts.alternates, *declared)) if declared else facts


def _look(dossier: Dossier, candidate: Candidate, *, complete: bool, left_out: int) -> Look:
    reader, site, language = dossier.reader, dossier.site, candidate.language
    end = reader.end_of(candidate.url)
    home = reader.home(candidate.url)
    chinese = dossier.chinese_home
    own = scope_of_home(language, candidate.url, base=False, site_url=dossier.chinese_url)
    crawled = complete and dossier.scopes.get(language) == own
    pages = dossier.pages.get(language, ()) if crawled else ()
    unseen = sum(failed.failure in NOT_THE_SITES for failed in dossier.failed(language)) if crawled else 0
    answer = home if home is not None and home.facts is not None else (reader.answer(end) if end else None)
    return Look(
        site_url=site.url,
        capture=answer.capture if answer else None,
        home=answer.facts if answer else None,
        failure=answer.failure[0] if answer and answer.failure else None,
        note=answer.failure[1] if answer and answer.failure else "",
        declared=any(page_key(url) == page_key(candidate.url) for _, url in site.versions),
        base=site.base_language,
        chinese_url=dossier.chinese_url,
        chinese_digest=chinese.capture.digest if chinese else "",
        scopes=(*dossier.scopes.values(), *dossier.other_scopes),
        pages=tuple(Body(page.url, page.facts.language.body, page.facts.text_chars) for page in pages),
        unseen=unseen + left_out if crawled else 0,
        complete=crawled,
    )


def _version(site: Site, found: Candidate, verdict: Verdict, reason: str, home: int | None) -> ForeignVersion:
    return ForeignVersion(site.id, found.language, found.url, found.anchor, found.how, verdict, reason, home)
