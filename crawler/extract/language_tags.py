"""What a page declares of its language, and where that breaks the rules: facts beside the language that it is in.

The rules, with their sources, stand in docs/language.md; a fault begins with the name of its rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extract.cleaning import clean
from crawler.extract.facts import Alternate, LanguageTags
from crawler.extract.language_codes import canonical, is_registered, same_language
from crawler.extract.page import Page

_LONGEST = 200  # characters of a declaration that are kept
_TAG = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"
)
_NO_LANGUAGE = frozenset({"und", "zxx", "mul"})


def language_tags(page: Page, body: str, alternates: tuple[Alternate, ...]) -> LanguageTags:
    """Return the declarations as written, and their faults, given the body's language and the declared editions."""
    root = page.nodes.root
    html, xml = (clean(root.get(name)[:_LONGEST]) for name in ("lang", "xml:lang"))
    meta = next((node for node in page.nodes.of("meta") if _is_content_language(node.get("http-equiv"))), None)
    written = clean(meta.get("content")[:_LONGEST]) if meta is not None else ""
    header = clean((page.content_language or "")[:_LONGEST])
    faults = [*_of_html(html, xml, body), *_of_meta(written, html), *_of_header(header, body)]
    faults += _of_editions(alternates, page.url)
    return LanguageTags(html or None, xml or None, written or None, header or None, tuple(dict.fromkeys(faults)))


def is_well_formed(tag: str) -> bool:
    """Tell whether a text is a language tag as RFC 5646 writes it, with a language that is registered.

    Of the registry only the languages that we know are known: extended and private subtags are taken for ill-formed.
    """
    return bool(_TAG.fullmatch(tag)) and (is_registered(tag.split("-", maxsplit=1)[0]) or tag.lower() in _NO_LANGUAGE)


def _is_content_language(name: str) -> bool:
    return name.strip().lower() == "content-language"


def _of_html(html: str, xml: str, body: str) -> Iterator[str]:
    if not html:
        yield "html-lang-missing"
    elif not is_well_formed(html):
        yield f"html-lang-malformed: {html}"
    elif body != "und" and not same_language(canonical(html) or "", body):
        yield f"html-lang-differs: {html}, written in {body}"
    if xml and html and xml.lower() != html.lower():
        yield f"xml-lang-differs: {xml}, lang is {html}"


def _of_meta(meta: str, html: str) -> Iterator[str]:
    if not meta:
        return
    yield f"meta-content-language: {meta}"
    if not html and ("," in meta or not is_well_formed(meta)):
        yield f"meta-content-language-ignored: {meta}"


def _of_header(header: str, body: str) -> Iterator[str]:
    tags = [tag.strip() for tag in header.split(",") if tag.strip()]
    yield from (f"header-malformed: {tag}" for tag in tags if not is_well_formed(tag))
    if tags and body != "und" and not any(same_language(canonical(tag) or "", body) for tag in tags):
        yield f"header-differs: {header}, written in {body}"


def _of_editions(alternates: tuple[Alternate, ...], url: str) -> Iterator[str]:
    languages = [edition for edition in alternates if edition.hreflang.lower() != "x-default"]
    yield from (f"hreflang-malformed: {e.hreflang}" for e in languages if not is_well_formed(e.hreflang))
    yield from (f"hreflang-rel: {e.rel or 'none'}" for e in alternates if "alternate" not in e.rel.lower().split())
    here = url.partition("#")[0]
    if alternates and all(edition.url != here for edition in alternates):
        yield "hreflang-not-self"
    seen: dict[str, str] = {}
    for edition in alternates:
        if seen.setdefault(edition.hreflang.lower(), edition.url) != edition.url:
            yield f"hreflang-twice: {edition.hreflang}"
