"""What stands behind a column that a menu offers: content in the version's language, something else, or unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from crawler.extract.facts import Column
from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, FailedFetch, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import (
    MOST_CITED,
    captured_pages,
    cited,
    each_once,
    excerpt,
    has_substance,
    is_decided,
    is_in_language,
    is_unread,
    language_name,
    page_cue,
    passes_on,
)
from scoring.readings.unseen_entries import kept_from_us, leads_to


@dataclass(frozen=True)
class Offer:
    """A column that a menu offers, the page whose menu it is, and what came of following it.

    `page` is what stands behind it and `failed` the fetch that gave nothing; both None: never fetched.
    """

    column: Column
    source: PageEvidence
    page: PageEvidence | None
    failed: FailedFetch | None

    @property
    def is_gone(self) -> bool:
        """Whether the site itself answered that there is no such page."""
        return self.failed is not None and self.failed.is_gone

    @property
    def is_unseen(self) -> bool:
        """Whether we could not look at it, which says nothing about the site."""
        return self.page is None and not self.is_gone

    @property
    def is_kept(self) -> bool:
        """Whether it was tried and kept from us."""
        return self.is_unseen and self.failed is not None

    @property
    def reason(self) -> str:
        """Why there is no page, in words."""
        if self.failed is None:
            return "it was not fetched"
        if self.failed.status:
            return f"{self.failed.failure.value}, status {self.failed.status}"
        return str(self.failed.failure.value)

    @property
    def ref(self) -> EvidenceRef:
        """The archived page that shows the offer: the failed answer where there is one, else the menu."""
        if self.failed is not None and self.failed.ref is not None:
            return self.failed.ref.citing(f"{self.column.name}: {self.reason}")
        return self.source.ref.citing(f"menu entry: {excerpt(self.column.name)}")


def offers(evidence: Evidence, types: Collection[str]) -> list[Offer]:
    """Return the columns of these types that the captured pages' menus offer, each address once, home's first."""
    known: dict[str, PageEvidence] = {}
    chinese_home = (evidence.chinese_home,) if evidence.chinese_home else ()
    for page in (*captured_pages(evidence), *chinese_home, *evidence.chinese_pages):
        known.setdefault(page_key(page.url), page)
        known.setdefault(page_key(page.ref.url), page)
    failed = {page_key(fetch.url): fetch for fetch in reversed(evidence.failed)}
    found: dict[str, Offer] = {}
    for source in captured_pages(evidence):
        for column in source.facts.columns:
            key = page_key(column.url)
            if column.type in types and key not in found:
                page = known.get(key)
                if page is not None and passes_on(page):
                    ahead = (known.get(page_key(step.url)) for step in page.facts.onward)
                    page = next((answer for answer in ahead if answer is not None), None)
                found[key] = Offer(column, source, page, failed.get(key) if page is None else None)
    return list(found.values())


def column_pages(evidence: Evidence, types: Collection[str], offered: Iterable[Offer]) -> list[PageEvidence]:
    """Return the captured pages that are, or hang under, a column of these types; those of the menus first.

    A menu entry that leads back to the home page is no page of its own.
    """
    behind = [offer.page for offer in offered if offer.page is not None]
    under = [page for page in captured_pages(evidence) if page.column_type in types and not passes_on(page)]
    home = page_key(evidence.home.url) if evidence.home else None
    return [page for page in each_once((*behind, *under)) if page_key(page.url) != home]


def fault_of(page: PageEvidence, evidence: Evidence) -> str:
    """Say what keeps a page from serving the version's reader, as the rest of a sentence; empty where nothing does."""
    body = page.facts.language.body
    if is_decided(body) and not is_in_language(page, evidence):
        return f"is in {language_name(body)}, not in {language_name(evidence.language)}"
    if not has_substance(page) and not is_unread(page, "text", "items"):
        return f"is as good as empty ({page.facts.text_chars} characters, {len(page.facts.items)} list items)"
    return ""


def service_column(evidence: Evidence, types: Collection[str], what: str) -> Measurement:
    """Measure whether a column of one of `types` serves the version's reader: 1 or 0, or why we cannot tell.

    1: a page of it was captured, in the version's language and with substance. 0: the menus offer none, or
    what stands behind is in another language, empty, gone (404, 410) or the home page again. Not measured:
    the column is offered but could not be looked at, its language cannot be told, or no menu could be read.
    """
    offered = offers(evidence, types)
    pages = column_pages(evidence, types, offered)
    sound = [page for page in pages if not fault_of(page, evidence)]
    for page in sound:
        if is_in_language(page, evidence) and has_substance(page):
            return _serves(page, offered, evidence, what)
    if unseen := unseen_part(evidence, types, offered, what):
        return unseen
    if sound:
        return not_measured(f"the content or language of the {what} column {sound[0].url} cannot be told", cited(sound))
    if offered or pages:
        return _fails(pages, offered, evidence, what)
    return no_such_column(evidence, what)


def _serves(page: PageEvidence, offered: Iterable[Offer], evidence: Evidence, what: str) -> Measurement:
    menus = [offer for offer in offered if offer.page is page][:1]
    name = menus[0].column.name if menus else page_cue(page)
    note = (
        f"the {what} column “{excerpt(name)}” is in {language_name(evidence.language)}, "
        f"with {page.facts.text_chars} characters and {len(page.facts.items)} list items"
    )
    return measured(1, note=note, evidence=[page.ref.citing(page_cue(page)), *(offer.ref for offer in menus)])


def _fails(pages: Iterable[PageEvidence], offered: Iterable[Offer], evidence: Evidence, what: str) -> Measurement:
    faults = [(page.ref.citing(page_cue(page)), f"{page.url} {fault_of(page, evidence)}") for page in pages]
    faults += [(offer.ref, f"{offer.column.url} is gone ({offer.reason})") for offer in offered if offer.is_gone]
    if not faults:
        faults = [(offer.ref, f"{offer.column.url} leads back to the home page") for offer in offered]
    note = f"the {what} column does not serve its readers: {faults[0][1]}"
    return measured(0, note=note, evidence=[ref for ref, _ in faults[:MOST_CITED]])


def unseen_column(offered: Iterable[Offer], what: str) -> Measurement:
    """Say which offered column could not be looked at; at least one of `offered` must be unseen."""
    unseen = [offer for offer in offered if offer.is_unseen]
    note = f"the {what} column {unseen[0].column.url} could not be looked at ({unseen[0].reason})"
    return not_measured(note, [offer.ref for offer in unseen[:MOST_CITED]])


def unseen_part(evidence: Evidence, types: Collection[str], offered: Iterable[Offer], what: str) -> Measurement | None:
    """Say what of the columns of these types could not be looked at: a column, or pages that they lead to; else None.

    A column counts that was never fetched, too; of the pages behind it only those that were tried and kept from us.
    """
    every = list(offered)
    return unseen_column(every, what) if any(o.is_unseen for o in every) else kept_part(evidence, types, every, what)


def kept_part(
    evidence: Evidence, types: Collection[str], offered: Iterable[Offer], what: str, *, columns_only: bool = False
) -> Measurement | None:
    """Say what of the columns of these types was tried and kept from us: a column, or pages that they lead to.

    This leaves a count open which what was never fetched does not: a count is of what the page budget takes.
    """
    every = list(offered)
    if any(offer.is_kept for offer in every):
        return unseen_column([offer for offer in every if offer.is_kept], what)
    kept = set() if columns_only else kept_from_us(evidence)
    for page in column_pages(evidence, types, every) if kept else ():
        if lost := sorted(kept & leads_to(page)):
            note = f"{len(lost)} pages that the {what} column {page.url} leads to could not be looked at"
            return not_measured(note, [page.ref.citing(f"leads to {lost[0]}")])
    return None


def no_such_column(evidence: Evidence, what: str) -> Measurement:
    """Say that the menus offer no such column: 0, or not measured where no menu could be read."""
    menus = [page for page in captured_pages(evidence) if _menu(page)]
    if not menus:
        return not_measured("no menu could be read on the captured pages")
    names = ", ".join(column.name for column in _menu(menus[0])[:12])
    return measured(
        0,
        note=f"the menus of the captured pages offer no {what} column",
        evidence=[menus[0].ref.citing(f"menu: {excerpt(names, 160)}")],
    )


def _menu(page: PageEvidence) -> list[Column]:
    """Return what a page's menu offers: not the column that the page's own tags say it is."""
    if is_unread(page, "columns", "menus"):
        return []
    return [column for column in page.facts.columns if page_key(column.url) != page_key(page.url)]
