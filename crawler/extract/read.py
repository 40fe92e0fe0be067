"""A page read whole: every fact, each on its own, so that one that fails does not lose the page."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TypeVar

from crawler.extract.accounts import apps, social
from crawler.extract.attachments import attachments
from crawler.extract.chats import chats
from crawler.extract.cleaning import clean
from crawler.extract.columns import columns, own_column
from crawler.extract.contacts import contacts
from crawler.extract.dates import order_written, published, undecided
from crawler.extract.facts import Alternate, Charset, Column, DateFact, Identity, Language, LanguageTags, PageFacts
from crawler.extract.features import forms
from crawler.extract.identity import identity
from crawler.extract.language import language_of
from crawler.extract.language_tags import language_tags
from crawler.extract.links import alternates, links, onward
from crawler.extract.lists import list_items
from crawler.extract.media import code_words, feeds, headings, images
from crawler.extract.needs_browser import NEEDS_BROWSER, needs_browser
from crawler.extract.offers import Form
from crawler.extract.page import Page
from crawler.extract.residue import residue
from crawler.extract.source import source_of
from crawler.extract.text import PageText, text_of
from crawler.extract.versions import unresolved_switches, versions
from crawler.extract.visible import visible_text
from crawler.model import CHINESE, Candidate

_TITLE_LIMIT = 500
_META_LIMIT = 4000  # characters of one tag's content
_MOST_META = 300
_SKIPPED_PROBLEM = "menus: columns and forms were not read"
_NO_DATES: tuple[DateFact | None, DateFact | None] = (None, None)
_Fact = TypeVar("_Fact")
_Reader = TypeVar("_Reader", bound=Callable[..., PageFacts])


def _without_collector(read: _Reader) -> _Reader:
    """Let Python's garbage collector rest while a page is read: it would search all its elements over and over."""

    @wraps(read)
    def reading(page: Page, *, menus: bool = True) -> PageFacts:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return read(page, menus=menus)
        finally:
            if was_enabled:
                gc.enable()

    return reading  # type: ignore[return-value]


@_without_collector
def read_page(page: Page, *, menus: bool = True) -> PageFacts:
    """Read every fact of a page; never raises.

    A fact that cannot be read is neutral (empty, None, `und`) and named in `problems`, as `dates: ValueError ...`.
    `menus=False` leaves out what needs BeautifulSoup (columns but the page's own, forms), about 12 ms for 45 KB, and
    says so in `problems`: an empty tuple must not be taken for a page without a menu.
    """
    problems: list[str] = []

    def fact(name: str, read: Callable[[], _Fact], neutral: _Fact) -> _Fact:
        try:
            return read()
        except Exception as error:  # noqa: BLE001 - a hostile page must cost one fact, not the page
            problems.append(f"{name}: {type(error).__name__} {error}"[:300])
            return neutral

    text = fact("text", lambda: text_of(page), PageText("", ""))
    charset = fact("charset", lambda: Charset(page.decoded.declared, page.decoded.used), Charset(None, "utf-8"))
    no_language = Language("und", "und", (), None)
    language = fact("language", lambda: language_of(page, text.main, text.chrome), no_language)
    editions: tuple[Alternate, ...] = fact("alternates", lambda: alternates(page), ())
    dates = fact("dates", lambda: published(page, text.main), _NO_DATES)
    unread = fact("dates", lambda: undecided(page, text.main), None) if dates[0] is None else None
    found_versions: tuple[Candidate, ...] = fact("versions", lambda: versions(page), ())
    own: tuple[Column, ...] = fact("columns", lambda: tuple(filter(None, [own_column(page)])), ())
    found_forms: tuple[Form, ...] = fact("forms", lambda: forms(page), ()) if menus else ()
    unseen: tuple[str, ...] = fact("versions", lambda: unresolved_switches(page, found_versions), ())
    meta: tuple[tuple[str, str], ...] = fact("meta", lambda: meta_of(page), ())
    facts = PageFacts(
        url=page.url,
        title=fact("title", lambda: title_of(page), ""),
        charset=charset,
        language=language,
        published=dates[0],
        updated=dates[1],
        text=text.main,
        chrome_text=text.chrome,
        versions=found_versions,
        alternates=editions,
        columns=fact("columns", lambda: columns(page), own) if menus else own,
        items=fact("items", lambda: list_items(page), ()),
        links=fact("links", lambda: links(page), ()),
        forms=found_forms,
        contacts=fact("contacts", lambda: contacts(page, f"{text.main}\n{text.chrome}"), ()),
        social=fact("social", lambda: social(page), ()),
        identity=fact("identity", lambda: identity(page), Identity()),
        meta=meta,
        onward=fact("onward", lambda: onward(page), ()),
        problems=(),
        attachments=fact("attachments", lambda: attachments(page), ()),
        source=fact("source", lambda: source_of(page, meta), ""),
        language_tags=fact("language_tags", lambda: language_tags(page, language.body, editions), LanguageTags()),
        residue=fact("residue", lambda: residue(text.main, language.body) if page.base_language == CHINESE else (), ()),
        images=fact("images", lambda: images(page), ()),
        headings=fact("headings", lambda: headings(page), ()),
        feeds=fact("feeds", lambda: feeds(page), ()),
        chats=fact("chats", lambda: chats(page), ()),
        apps=fact("apps", lambda: apps(page), ()),
        undecided=unread,
        date_order=fact("dates", lambda: order_written(page), None),
        code_words=fact("code_words", lambda: code_words(page), ()),
    )
    problems += fact("charset", lambda: list(page.decoded.problems), [])
    problems += fact("page", lambda: list(page.cuts), [])
    problems += [f"versions: the switch {label!r} has no address without a browser" for label in unseen[:20]]
    unshown = fact("needs_browser", lambda: needs_browser(page), None)
    problems += [f"{NEEDS_BROWSER}: {unshown}"] if unshown else []
    problems += [] if menus else [_SKIPPED_PROBLEM]
    return replace(facts, problems=tuple(dict.fromkeys(problems)))


def title_of(page: Page) -> str:
    """Return the <title> without control characters, else the first <h1>, else an empty string."""
    titles = (node for node in page.nodes.of("title") if all(outer.tag != "svg" for outer in node.around()))
    for node in (next(titles, None), next(iter(page.nodes.of("h1")), None)):
        if node is not None:
            words = (node.text or "") if node.tag == "title" else visible_text(node, _TITLE_LIMIT)
            if title := clean(words[: _TITLE_LIMIT * 4])[:_TITLE_LIMIT]:
                return title
    return ""


def meta_of(page: Page) -> tuple[tuple[str, str], ...]:
    """Return the named meta tags in page order, names in lower case; `property` counts as a name (og:title)."""
    found: list[tuple[str, str]] = []
    for element in page.nodes.of("meta"):
        name = clean((element.get("name") or element.get("property"))[:100]).lower()
        if name and "content" in element.attributes:
            found.append((name, clean(element.attributes["content"][:_META_LIMIT])))
            if len(found) >= _MOST_META:
                break
    return tuple(found)
