"""Which column each captured page of a version is, or hangs under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from crawler.archive.reading import Answer
from crawler.extract.columns import column_type
from crawler.extract.glossary import tokens
from crawler.scope import page_key

# A page hangs under a column when a chain of at most this many links leads from the column's page to it.
REACH = 4
# Every site lists much under these, and the same page under a column of its own: they claim last.
_GENERAL = frozenset({"news", "topics", "services", "home", "about", "sitemap", "search"})
# An index page that is shorter than this is made of its links; on a longer one links may lead anywhere.
_INDEX_CHARS = 600
# Under these a page's title may name a service of its own: "Residence Permit" under "Services".
_MIXED = frozenset({"services", "business", "living"})
_SERVICES = frozenset({"visa", "business", "investment", "parks", "education", "tourism"})
_WINDOW = 4  # words of a title that are looked at together; a column's name is hardly longer


def column_types(answers: Sequence[Answer]) -> dict[str, str]:
    """Return the column type of each page, by page key; pages that hang under none are left out.

    The surest sign decides: a menu names the page; a column's list holds it; it lies in the folder of a
    column; a column's short index page links to it; a chain of links leads to it from a column.
    """
    named = _named(answers)
    by_list = _children(answers, named, listed=True)
    by_link = _children(answers, named, listed=False)
    folders = {key.rstrip("/") + "/": kind for key, kind in named.items() if kind != "home" and "/" in key}
    referrers = {page_key(a.capture.final_url): page_key(a.capture.referrer) for a in answers if a.capture.referrer}
    found = {}
    for answer in answers:
        key = page_key(answer.capture.final_url)
        kind = (
            named.get(key)
            or by_list.get(key)
            or _by_folder(key, folders)
            or by_link.get(key)
            or _by_chain(key, named, referrers)
        )
        if kind in _MIXED and key not in named:
            kind = _topic(answer) or kind
        if kind is not None:
            found[key] = kind
    return found


def _topic(answer: Answer) -> str | None:
    """The service that a page's title names, if any."""
    words = tokens(answer.facts.title if answer.facts else "")
    for start in range(max(1, len(words) - _WINDOW + 1)):
        kind = column_type(" ".join(words[start : start + _WINDOW]))
        if kind in _SERVICES:
            return kind
    return None


def _named(answers: Iterable[Answer]) -> dict[str, str]:
    """Pages that a menu names, or that name themselves by their tags; the first naming stands."""
    found: dict[str, str] = {}
    for answer in answers:
        for column in answer.facts.columns if answer.facts else ():
            if column.type is not None:
                found.setdefault(page_key(column.url), column.type)
    return found


def _children(answers: Iterable[Answer], named: Mapping[str, str], *, listed: bool) -> dict[str, str]:
    """Pages that a column's page lists (`listed`), or links to from its body where it is a mere index."""
    found: dict[str, str] = {}
    columns = [(named.get(page_key(a.capture.final_url)), a) for a in answers]
    typed = [(kind, answer) for kind, answer in columns if kind is not None and kind != "home"]
    for kind, answer in sorted(typed, key=lambda pair: pair[0] in _GENERAL):
        for url in _items(answer) if listed else _index_links(answer):
            key = page_key(url)
            if key not in named:
                found.setdefault(key, kind)
    return found


def _items(answer: Answer) -> Iterator[str]:
    yield from (item.url for item in answer.facts.items) if answer.facts else ()


def _index_links(answer: Answer) -> Iterator[str]:
    if answer.facts is not None and answer.facts.text_chars < _INDEX_CHARS:
        yield from (link.url for link in answer.facts.links if link.place == "body")


def _by_folder(key: str, folders: Mapping[str, str]) -> str | None:
    """The column whose folder holds the page, the deepest first; a site's or version's root is no folder."""
    path = urlsplit(f"//{key}").path
    while path.count("/") > 1:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        kind = folders.get(urlsplit(f"//{key}").netloc + path)
        if kind is not None:
            return kind
    return None


def _by_chain(key: str, named: Mapping[str, str], referrers: Mapping[str, str]) -> str | None:
    at = key
    for _ in range(REACH):
        at = referrers.get(at, "")
        if not at:
            return None
        kind = named.get(at)
        if kind is not None and kind != "home":
            return kind
    return None
