"""Archive → evidence: all that a round saw of a site, sorted by version, ready for the indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from crawler.archive.reading import RENDERED, Answer, SiteReader
from crawler.availability import Visit
from crawler.blocked import advice
from crawler.extract.facts import PageFacts
from crawler.extract.language_codes import canonical, same_language
from crawler.job import SiteTask, Target
from crawler.manners import SITE_ZONE
from crawler.model import CHINESE, Capture, Failure, ForeignVersion, Site, Verdict
from crawler.scope import Scope, owner_of, page_key, scope_of_home
from scoring.column_map import map_columns
from scoring.column_types import column_types
from scoring.date_order import publication, site_order
from scoring.evidence import ColumnPair, Evidence, FailedFetch, FailureRow, PageEvidence, Pair
from scoring.link_checks import attachments_of, examined_of, outbound_of, ref_of, search_of
from scoring.pairing.pages import pair_pages
from scoring.transport import transport_of

# The span of the census's rule on home pages that do not open.
PROBED = timedelta(days=7)


@dataclass
class Dossier:
    """A site's captures in one round, sorted by version. `versions` are its candidates with their verdicts."""

    reader: SiteReader
    site: Site
    versions: tuple[ForeignVersion, ...]

    @cached_property
    def chinese_home(self) -> Answer | None:
        """The site's own home page, behind its gateways."""
        return self.reader.home(self.site.url)

    @cached_property
    def chinese_url(self) -> str:
        """The address of the Chinese home page: where it answered, else where the roster says it is."""
        answer = self.chinese_home
        return answer.capture.final_url if answer is not None and answer.facts is not None else self.site.url

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        """Language → the place of that version; the first candidate of a language has it."""
        base = self.site.base_language
        found = {base: scope_of_home(base, self.chinese_url, base=True)}
        for version in sorted(self.versions, key=lambda version: version.verdict is not Verdict.REAL):
            scope = scope_of_home(version.language, version.url, base=False, site_url=self.chinese_url)
            if (scope.host, scope.prefix) != (found[base].host, found[base].prefix):
                found.setdefault(version.language, scope)
        return found

    @cached_property
    def other_scopes(self) -> tuple[Scope, ...]:
        """Places of editions that are no version of ours (Traditional Chinese), so that none swallows them."""
        answer, base = self.chinese_home, self.site.base_language
        declared = answer.facts.alternates if answer is not None and answer.facts is not None else ()
        taken = {(scope.host, scope.prefix) for scope in self.scopes.values()}
        found = []
        for alternate in declared:
            tag = canonical(alternate.hreflang)
            if tag is None or tag in self.scopes:
                continue
            is_base = same_language(tag, base)
            scope = scope_of_home(tag, alternate.url, base=is_base, site_url=self.chinese_url)
            if (scope.host, scope.prefix) not in taken and not (is_base and scope.prefix == "/"):
                label = "zh-Hant" if tag == CHINESE else f"{tag}-x-other"
                found.append(Scope(label if tag == base else tag, scope.host, scope.prefix))
        return tuple(found)

    def language_at(self, url: str) -> str | None:
        """The version that an address belongs to, or None."""
        scope = owner_of(url, (*self.scopes.values(), *self.other_scopes))
        return scope.language if scope is not None else None

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """One answer a page, in the order of capture.

        What a browser showed, else the first that is a page and no gateway, else the last.
        """
        best: dict[str, Answer] = {}
        for capture in self.reader.captures:
            answer = self.reader.answer(capture)
            if answer.facts is None and answer.failure is None:
                continue  # a redirect's hop, or an attachment
            key = page_key(capture.final_url)
            known = best.get(key)
            better = capture.purpose == RENDERED or (known is not None and known.facts and known.facts.onward)
            if known is None or known.facts is None or (answer.facts is not None and better):
                best[key] = answer
        return tuple(sorted(best.values(), key=lambda answer: answer.capture.id))

    @cached_property
    def pages(self) -> Mapping[str, tuple[PageEvidence, ...]]:
        """Language → its captured pages, in the order of capture."""
        sorted_: dict[str, list[Answer]] = {}
        for answer in self.answers:
            language = self.language_at(answer.capture.final_url)
            if answer.facts is not None and language is not None:
                sorted_.setdefault(language, []).append(answer)
        plain = {capture.final_url: capture for capture in self.reader.captures if capture.purpose != RENDERED}
        return {language: _pages(answers, plain) for language, answers in sorted_.items()}

    def home_of(self, url: str, language: str) -> PageEvidence | None:
        """A version's home page as evidence, or None where it was not captured."""
        answer = self.reader.home(url)
        if answer is None or answer.facts is None:
            return None
        key = page_key(answer.capture.final_url)
        return next((page for page in self.pages.get(language, ()) if page_key(page.url) == key), None)

    def failed(self, language: str) -> tuple[FailedFetch, ...]:
        """The version's addresses that gave nothing to read."""
        return tuple(
            FailedFetch(
                url=answer.capture.final_url,
                failure=kind,
                status=answer.capture.status,
                referrer=answer.capture.referrer,
                note=note,
                ref=ref_of(answer.capture) if answer.capture.warc_file else None,
            )
            for answer, (kind, note) in self._failures()
            if self.language_at(answer.capture.final_url) == language
        )

    @cached_property
    def _file_digests(self) -> dict[str, str]:
        """Key → digest of the captured files that are no pages, whether read whole or only their beginning."""
        return {page_key(file.final_url): file.digest for file in self.reader.files}

    def _failures(self) -> Iterator[tuple[Answer, tuple[Failure, str]]]:
        for answer in self.answers:
            if answer.failure is not None:
                yield answer, answer.failure

    def failure_rows(self) -> tuple[FailureRow, ...]:
        """Every address that gave nothing to read, guesses that came to nothing left out."""
        kept = {version.url for version in self.versions}
        return tuple(
            FailureRow(
                site_id=self.site.id,
                version=self.language_at(answer.capture.final_url) or answer.capture.version,
                url=answer.capture.final_url,
                failure=kind.value,
                status=answer.capture.status,
                note=note,
                fetched=answer.capture.fetched,
                advice=advice(kind, note, answer.capture.status),
            )
            for answer, (kind, note) in self._failures()
            if answer.capture.purpose != "candidate" or answer.capture.url in kept
        )

    def problem(self) -> str:
        """Why the site's own home page could not be read, empty where it could."""
        answer = self.chinese_home
        if answer is not None and answer.facts is not None:
            return ""
        if answer is None:
            return "its home page was not captured"
        if answer.failure is None:
            return "what answers as its home page is no web page"
        kind, note = answer.failure
        return f"its home page could not be read ({kind.value.replace('_', ' ')}: {note})"

    def evidence(self, version: ForeignVersion, cutoff: date) -> Evidence:
        """The dossier of one foreign version, as an indicator sees it."""
        language = version.language
        pages = self.pages.get(language, ())
        home = self.home_of(version.url, language)
        base = self.site.base_language
        chinese_pages = self.pages.get(base, ())
        chinese_home = self.home_of(self.site.url, base)
        pairs: tuple[Pair, ...] | None = None
        columns: tuple[ColumnPair, ...] | None = None
        if chinese_pages and pages:
            scopes = self.scopes
            pairs = pair_pages(
                pages,
                chinese_pages,
                foreign_scope=scopes[language],
                chinese_scope=scopes[base],
                foreign_language=language,
                base_language=base,
                digests=self._file_digests,
            )
        if chinese_home is not None and home is not None:
            lost = self.failed(language)
            columns = map_columns(chinese_home, home, pages, lost, chinese_pages, language=language, base_language=base)
        return Evidence(
            site=self.site,
            version=version,
            cutoff=cutoff,
            home=home,
            pages=_home_first(home, pages),
            failed=self.failed(language),
            chinese_home=chinese_home,
            chinese_pages=_home_first(chinese_home, chinese_pages),
            pairs=pairs,
            column_pairs=columns,
            other_versions=tuple(other for other in self.versions if other is not version),
            attachments=attachments_of(self.reader, pages),
            outbound=outbound_of(self.reader, pages, lambda url: self.language_at(url) in self.pages),
            search=search_of(self.reader, language),
            visits=self._visits(language, cutoff),
            transport=transport_of(self.reader, home) if home is not None else None,
            examined=examined_of(self.reader, language),
        )

    def _visits(self, language: str, cutoff: date) -> tuple[Visit, ...]:
        """The visits to a version's home page in the week that ends with the cut-off date, on the site's calendar."""
        until = datetime.combine(cutoff + timedelta(days=1), time(), SITE_ZONE)
        return self.reader.visits(language, until - PROBED, until)

    def task(self) -> SiteTask:
        """What to crawl: the Chinese version where it answers, and every real foreign one, once a language."""
        chinese = self.chinese_home
        targets = []
        if chinese is not None and chinese.facts is not None:
            base = self.site.base_language
            targets.append(Target(base, self.site.url, self.scopes[base]))
        taken = set()
        for version in self.versions:
            if version.verdict is Verdict.REAL and version.language not in taken and version.language in self.scopes:
                taken.add(version.language)
                targets.append(Target(version.language, version.url, self.scopes[version.language]))
        crawled = {target.language for target in targets}
        others = [scope for language, scope in self.scopes.items() if language not in crawled]
        return SiteTask(self.site, tuple(targets), (*others, *self.other_scopes))


def _home_first(home: PageEvidence | None, pages: Iterable[PageEvidence]) -> tuple[PageEvidence, ...]:
    others = tuple(page for page in pages if page is not home)
    return others if home is None else (home, *others)


def _pages(answers: list[Answer], plain: Mapping[str, Capture]) -> tuple[PageEvidence, ...]:
    """Answers of one version as evidence; a page that states no date has that of the list that links to it.

    Day and month of 05/12/2015 are told apart by all dates of the version.
    """
    listed: dict[str, date] = {}
    for answer in answers:
        for item in answer.facts.items if answer.facts else ():
            if item.date is not None:
                listed.setdefault(page_key(item.url), item.date)
    types = column_types(answers)
    order = site_order([answer.facts for answer in answers if answer.facts is not None], listed)
    pages = (
        _page(answer, answer.facts, publication(answer.facts, order, listed), types)
        for answer in answers
        if answer.facts is not None
    )
    return tuple(_with_fetch(page, plain.get(page.ref.url)) for page in pages)


def _with_fetch(page: PageEvidence, plain: Capture | None) -> PageEvidence:
    if plain is None or plain.status != 200:
        return page
    return replace(page, seconds=plain.elapsed, headers=plain.headers)


def _page(answer: Answer, facts: PageFacts, dated: tuple[date | None, str], types: Mapping[str, str]) -> PageEvidence:
    return PageEvidence(
        ref=ref_of(answer.capture),
        facts=facts,
        status=answer.capture.status or 0,
        depth=answer.capture.depth,
        published=dated[0],
        date_cue=dated[1],
        column_type=types.get(page_key(answer.capture.final_url)),
    )
