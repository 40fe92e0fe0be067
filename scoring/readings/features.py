"""What several indicators ask of a page: its language, its substance, and the words by which it is cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType

from crawler.extract.language_codes import same_language
from crawler.model import CHINESE
from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, PageEvidence

# Proposed here, published by nobody: less than two sentences and fewer than three entries is a heading, not a service.
SUBSTANCE_CHARS = 200
SUBSTANCE_ITEMS = 3
TEXT_CHARS = 80  # proposed here too: a sentence
# A text in these scripts says the same in about half the characters of a Latin one.
DENSE_SCRIPTS = ("Hani", "Kana", "Hang")
DENSITY = 2.0
# Up to this many archived pages are cited for a point: enough to check it by hand.
MOST_CITED = 5
GONE = (404, 410)  # by these a site says itself that there is no such page

UNDETERMINED = "und"
LANGUAGE_NAMES = MappingProxyType(
    {
        "ar": "Arabic",
        "de": "German",
        "en": "English",
        "es": "Spanish",
        "fr": "French",
        "it": "Italian",
        "ja": "Japanese",
        "ko": "Korean",
        "pt": "Portuguese",
        "ru": "Russian",
        "th": "Thai",
        "vi": "Vietnamese",
        "zh": "Chinese",
    }
)


def is_decided(tag: str) -> bool:
    """Tell whether the language could be told."""
    return tag not in ("", UNDETERMINED)


def in_base_language(tag: str, evidence: Evidence) -> bool:
    """Tell whether a tag is the site's own language, Chinese unless the roster says otherwise."""
    return same_language(tag, evidence.site.base_language)


def base_name(evidence: Evidence) -> str:
    """Return the English name of the site's own language."""
    return language_name(evidence.site.base_language)


def language_name(tag: str) -> str:
    """Return the English name of a language, or the tag where we know no name."""
    return LANGUAGE_NAMES.get(tag.partition("-")[0], tag)


def excerpt(text: str, limit: int = 80) -> str:
    """Return the first words of a text on one line, at most `limit` characters, as a cue."""
    words = " ".join(text[: 4 * limit].split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def page_cue(page: PageEvidence) -> str:
    """Return the words by which a reader recognises a page: its title, else how its text begins."""
    return excerpt(page.facts.title) or excerpt(page.facts.text) or "no title, no text"


def each_once(pages: Iterable[PageEvidence]) -> list[PageEvidence]:
    """Return the pages that answered 200, the first of each address, in order."""
    first: dict[str, PageEvidence] = {}
    for page in pages:
        if page.status == 200:
            first.setdefault(page_key(page.url), page)
    return list(first.values())


def captured_pages(evidence: Evidence) -> list[PageEvidence]:
    """Return the version's pages, home first, each address once."""
    home = (evidence.home,) if evidence.home else ()
    return each_once((*home, *evidence.pages))


def is_in_language(page: PageEvidence, evidence: Evidence) -> bool:
    """Tell whether the page's body is in the version's language, by content, not by its tags."""
    return same_language(page.facts.language.body, evidence.language)


def is_unread(page: PageEvidence, *facts: str) -> bool:
    """Tell whether one of these facts could not be read: it is then empty, and named first in a problem of the page.

    `menus` stands for columns and forms, which are not read on every page.
    """
    return any(problem.startswith(tuple(f"{fact}:" for fact in facts)) for problem in page.facts.problems)


def has_substance(page: PageEvidence) -> bool:
    """Tell whether a page says something: a text worth 200 Latin characters, or three list items."""
    facts = page.facts
    dense = sum(facts.language.share_of(script) for script in DENSE_SCRIPTS)
    return facts.text_chars * (1 + (DENSITY - 1) * dense) >= SUBSTANCE_CHARS or len(facts.items) >= SUBSTANCE_ITEMS


def holds_text(page: PageEvidence) -> bool:
    """Tell an article from an index: a text worth 80 Latin letters besides the words of its links."""
    if not page.is_article:
        return False
    facts = page.facts
    anchors = {link.anchor for link in facts.links if link.place == "body"} | {item.title for item in facts.items}
    own = sum(map(str.isalpha, facts.text)) - sum(char.isalpha() for anchor in anchors for char in anchor)
    dense = sum(facts.language.share_of(script) for script in DENSE_SCRIPTS)
    return own * (1 + (DENSITY - 1) * dense) >= TEXT_CHARS


def looks_chinese(text: str) -> bool:
    """Tell whether most letters of a short text are Chinese characters, without kana or hangul between them."""
    letters = [char for char in text if char.isalpha()]
    if any("\u3040" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7af" for char in letters):
        return False
    return 2 * sum("\u3400" <= char <= "\u9fff" for char in letters) > len(letters)


def left_in_chinese(text: str, evidence: Evidence) -> bool:
    """Tell whether a short text was left in Chinese: never on a site whose own language is another."""
    return in_base_language(CHINESE, evidence) and looks_chinese(text)


def passes_on(page: PageEvidence) -> bool:
    """Tell whether a page only sends its reader elsewhere, by refresh, script or frame: its content is not here."""
    return bool(page.facts.onward) and not has_substance(page)


def cited(pages: Iterable[PageEvidence], cue: Callable[[PageEvidence], str] = page_cue) -> list[EvidenceRef]:
    """Return the references of the first five pages, each with its cue."""
    return [page.ref.citing(cue(page)) for page in list(pages)[:MOST_CITED]]


def date_cue(page: PageEvidence) -> str:
    """Return what dates a page: the date, the source of it and, where it is the page's own, the words read."""
    own = page.facts.published
    if own is not None and own.date == page.published:
        return f"{page.published} ({excerpt(own.cue, 40)}: {excerpt(own.snippet)})"
    return f"{page.published} ({page.date_cue})" if page.date_cue else f"{page.published}"


def refs_by_address(evidence: Evidence) -> Callable[[str | None], EvidenceRef | None]:
    """Return a lookup from an address to the archived page of either version that answered it."""
    known: dict[str, EvidenceRef] = {}
    homes = [page for page in (evidence.home, evidence.chinese_home) if page is not None]
    for page in (*homes, *evidence.pages, *evidence.chinese_pages):
        known.setdefault(page_key(page.url), page.ref)
        known.setdefault(page_key(page.ref.url), page.ref)
    return lambda url: known.get(page_key(url)) if url is not None else None
