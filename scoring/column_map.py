"""The core columns of the Chinese version and their foreign counterparts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from crawler.extract.facts import Column
from crawler.extract.language_codes import canonical, same_language
from crawler.model import CHINESE
from crawler.scope import page_key
from scoring.evidence import ColumnPair, FailedFetch, PageEvidence, gone_pages

# The columns that the published indicator tables ask for (information disclosure, public services, interaction).
CORE_TYPES = (
    "overview",
    "leaders",
    "organisation",
    "news",
    "notices",
    "laws",
    "interpretation",
    "statistics",
    "visa",
    "business",
    "investment",
    "education",
    "tourism",
    "mailbox",
)
CONTENT_CHARS = 80  # as PageEvidence.is_article

_DECLARED = 1.0  # one column's page names the other as its edition
_BY_MENU = 0.9  # both menus name the column
_BY_PAGE = 0.7  # a page deeper in the version belongs to such a column
_CONFIDENCE = {"declared": _DECLARED, "menu": _BY_MENU, "page": _BY_PAGE}
MISSING = 0.8
# A home page with fewer named columns may have a menu that we could not read.
_READABLE_MENU = 3
_MISSING_UNREAD = 0.5


def spoken_languages(language: str, home: PageEvidence | None, base_language: str) -> set[str]:
    """Return what a page of a version may be in: its language, and what its home page is taken for.

    The latter in case we cannot tell the version's language; never the base language.
    """
    tags = {language, _told(home)} if home is not None else {language}
    return {tag for tag in tags if not same_language(tag, base_language)}


def map_columns(
    chinese_home: PageEvidence,
    foreign_home: PageEvidence,
    foreign_pages: Sequence[PageEvidence],
    failed: Sequence[FailedFetch] = (),
    chinese_pages: Sequence[PageEvidence] = (),
    *,
    language: str,
    base_language: str = CHINESE,
) -> tuple[ColumnPair, ...]:
    """Return each core column of the Chinese navigation with its foreign counterpart, in the order of CORE_TYPES.

    Columns are matched by what their pages declare, else by type, the first Chinese column of a type standing for it.
    `confidence` is 0..1 for the match, or for the absence where there is none. `failed` are the version's addresses
    that gave nothing to read: a column that is gone is not alive, one that we failed to see is neither. `language` is
    the version's; a column may also be in what its home page is taken for, in case we cannot tell that language.
    """
    captured = _by_key(foreign_pages)
    declared = _declared(foreign_pages, chinese_pages, base_language)

    def alive(url: str) -> bool | None:
        return _alive(captured.get(page_key(url)), spoken, gone=page_key(url) in gone)

    spoken = spoken_languages(language, foreign_home, base_language)
    gone = gone_pages(failed)
    offered = chinese_home.facts.columns
    typed = sum(column.type is not None for column in foreign_home.facts.columns)
    pairs = []
    for kind in CORE_TYPES:
        chinese = next((column for column in offered if column.type == kind), None)
        if chinese is None:
            continue
        edition = declared.get(page_key(chinese.url))
        foreign, how = _counterpart(kind, foreign_home, foreign_pages, alive)
        if edition is not None and edition.depth > 0:
            foreign, how = Column(_name(edition, foreign_home), edition.url, kind), "declared"
        absence = MISSING if typed >= _READABLE_MENU else _MISSING_UNREAD
        pairs.append(
            ColumnPair(
                type=kind,
                chinese_name=chinese.name,
                chinese_url=chinese.url,
                foreign_name=foreign.name if foreign else None,
                foreign_url=foreign.url if foreign else None,
                alive=alive(foreign.url) if foreign else None,
                confidence=_CONFIDENCE.get(how, absence),
                how=how,
            )
        )
    return tuple(pairs)


def _counterpart(
    kind: str, home: PageEvidence, pages: Sequence[PageEvidence], alive: Callable[[str], bool | None]
) -> tuple[Column | None, str]:
    """Find the foreign column of a type: in the home's menu, a live one first, else by a page that is of it."""
    named = [column for column in home.facts.columns if column.type == kind]
    if named:
        live = (column for column in named if alive(column.url))
        return next(live, named[0]), "menu"
    own = [page for page in pages if page.column_type == kind and page.depth > 0]
    if not own:
        return None, ""
    page = min(own, key=lambda page: (page.is_article, page.depth))
    return Column(page.facts.title, page.url, kind), "page"


def _declared(
    foreign: Iterable[PageEvidence], chinese: Iterable[PageEvidence], base_language: str
) -> dict[str, PageEvidence]:
    """Chinese pages by key → the captured foreign page that either of the two declares to be its edition."""
    foreign, found = list(foreign), {}
    captured = _by_key(foreign)
    for page in chinese:
        editions = (captured.get(page_key(alternate.url)) for alternate in page.facts.alternates)
        edition = next((edition for edition in editions if edition is not None), None)
        if edition is not None:
            found[page_key(page.url)] = edition
    for page in foreign:
        for alternate in page.facts.alternates:
            if same_language(canonical(alternate.hreflang) or "", base_language):
                found.setdefault(page_key(alternate.url), page)
    return found


def _name(page: PageEvidence, home: PageEvidence) -> str:
    """What the menu calls a page, else its title."""
    return next((c.name for c in home.facts.columns if page_key(c.url) == page_key(page.url)), page.facts.title)


def _alive(page: PageEvidence | None, spoken: Collection[str], *, gone: bool) -> bool | None:
    """Whether a column's page has content in one of the languages `spoken`; None where it was not captured."""
    if page is None:
        return False if gone else None
    has_content = page.facts.text_chars >= CONTENT_CHARS or bool(page.facts.items)
    told = _told(page)
    return has_content and (told == "und" or any(same_language(tag, told) for tag in spoken))


def _told(page: PageEvidence) -> str:
    language = page.facts.language
    return language.chrome if language.body == "und" else language.body


def _by_key(pages: Iterable[PageEvidence]) -> dict[str, PageEvidence]:
    """Pages by the address that answered and by the one asked for, the first of each."""
    found: dict[str, PageEvidence] = {}
    for page in pages:
        for url in (page.url, page.ref.url):
            found.setdefault(page_key(url), page)
    return found
