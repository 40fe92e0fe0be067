"""Signs of a page's date that machines write: meta tags, JSON-LD, microdata, <time datetime>."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal

from crawler.extract.date_formats import FoundDate, find_dates
from crawler.extract.date_lines import Layout, Stamp
from crawler.extract.page import Page

Role = Literal["published", "updated"]


class Rank(IntEnum):
    """Strength of a cue: the lowest wins. Up to LABEL_ANYWHERE they are strong: their differences are conflicts."""

    META = 0
    JSON_LD = 1
    ITEMPROP = 2
    ELEMENT = 3
    LABEL = 4
    TIME = 5
    CLASS = 6
    GENERIC_LABEL = 7
    LABEL_ANYWHERE = 8
    UPDATED_LABEL = 9
    STANDING = 10
    URL_DAY = 11
    DATELINE = 12
    END_OF_TEXT = 13
    UPDATED_ANYWHERE = 14
    NEWEST_POST = 15
    WEAK_META = 16
    URL_MONTH = 17
    HEADER = 18


@dataclass(frozen=True)
class Cue:
    """One sign: what it is called, how strong, the date and the text it was read from."""

    name: str
    rank: Rank
    role: Role
    found: FoundDate
    snippet: str


_META_PUBLISHED = (
    "pubdate", "publishdate", "publish_date", "publish-date", "publishtime", "publish_time", "firstpublishedtime",
    "article:published_time", "og:published_time", "article:published", "published_time", "publication_date",
    "publicationdate", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "dc.date.publication", "citation_publication_date", "citation_date", "citation_online_date",
    "sailthru.date", "parsely-pub-date", "article.published", "datepublished", "date_published", "pub_date", "pubtime",
    "release_date", "createdate", "create_date", "og:article:published_time", "bt:pubdate", "rnews:datepublished",
    "article_date_original", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_META_WEAK = ("maketime", "created", "originalpublicationdate", "og:release_date", "og:article:release_date")
_META_UPDATED = (
    "lastmodifiedtime", "article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmodified", "last_modified", "datemodified", "date_modified", "modified_time", "revised",
    "updatetime", "updatedate",
)  # fmt: skip
_META_NAMES: dict[str, tuple[Rank, Role, int]] = {
    **{name: (Rank.META, "published", number) for number, name in enumerate(_META_PUBLISHED)},
    **{name: (Rank.WEAK_META, "published", number) for number, name in enumerate(_META_WEAK)},
    **{name: (Rank.META, "updated", number) for number, name in enumerate(_META_UPDATED)},
}

_ARTICLE_TYPES = frozenset({
    "article", "newsarticle", "blogposting", "report", "reportagenewsarticle", "socialmediaposting", "techarticle",
})  # fmt: skip
_NO_ARTICLE_TYPES = frozenset({"website", "comment", "review", "imageobject", "videoobject"})
_FOREIGN_KEYS = frozenset({
    "itemlistelement", "comment", "review", "haspart", "ispartof", "image", "video", "author", "publisher",
    "breadcrumb", "associatedmedia", "mentions", "blogpost", "citation", "relatedlink", "logo", "thumbnail",
})  # fmt: skip
_BROKEN = re.compile(r'"(datePublished|dateModified)"\s{0,4}:\s{0,4}"([^"]{4,40})"')  # where it is not quite JSON
_JSON_LIMIT = 300_000  # characters of a JSON-LD block that are read


def read_value(value: str, page: Page, layout: Layout) -> FoundDate | None:
    """Read the date that begins a machine-written value; None for `null` and for an ambiguous one."""
    found = find_dates(value[:80], fetched=page.fetched, language=layout.language, order=layout.order)
    return found[0] if found and found[0].start <= 8 and not found[0].ambiguous and not found[0].relative else None


def meta_cues(page: Page, layout: Layout) -> Iterator[Cue]:
    """Dates of meta tags, the most telling names first."""
    found: list[tuple[int, Cue]] = []
    for tag in page.nodes.of("meta"):
        name = (tag.get("name") or tag.get("property") or tag.get("itemprop") or tag.get("http-equiv")).strip()
        known = _META_NAMES.get(name.lower())
        value = tag.get("content")
        if known and (date := read_value(value.strip(), page, layout)):
            rank, role, number = known
            found.append((number, Cue(f"meta:{name}", rank, role, date, value[:80])))
    yield from (cue for _, cue in sorted(found, key=lambda item: item[0]))


def json_ld_cues(page: Page, layout: Layout) -> Iterator[Cue]:
    """datePublished and dateModified of the page's own article; a page of several articles has none of its own."""
    things = [thing for script in _scripts(page) for thing in _things(script)]
    articles = [thing for thing in things if _type(thing) in _ARTICLE_TYPES] or things
    if len({str(thing.get("datePublished"))[:10] for thing in articles}) != 1:
        return
    roles: tuple[tuple[str, Role], ...] = (("datePublished", "published"), ("dateModified", "updated"))
    for key, role in roles:
        value = str(articles[0].get(key) or "")
        if found := read_value(value, page, layout):
            yield Cue("json-ld", Rank.JSON_LD, role, found, f"{key}: {value[:60]}")


def _scripts(page: Page) -> Iterator[Any]:
    for script in page.nodes.of("script"):
        text = (script.text or "").strip()[:_JSON_LIMIT]
        if "ld+json" in script.get("type").lower() or text.startswith('{"@context"'):
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                yield dict(_BROKEN.findall(text)[:4])


def _things(data: Any) -> list[dict[str, Any]]:
    """Objects with a datePublished, those of other pages (lists, comments, media) left out."""
    found: list[dict[str, Any]] = []
    waiting: list[Any] = [data]
    while waiting and len(found) < 20:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting.extend(thing[:50])
        elif isinstance(thing, dict):
            if thing.get("datePublished") and _type(thing) not in _NO_ARTICLE_TYPES:
                found.append(thing)
            waiting.extend(v for k, v in thing.items() if isinstance(v, dict | list) and k.lower() not in _FOREIGN_KEYS)
    return found


def _type(thing: dict[str, Any]) -> str:
    kind = thing.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind).lower()


def stamp_cues(page: Page, layout: Layout, near: range, taken: set[int]) -> Iterator[Cue]:
    """Dates of <time datetime> near the title and of itemprop=datePublished, those of rows and boxes left out."""
    for stamp in layout.stamps:
        prop = stamp.element.get("itemprop").lower()
        found = read_value(stamp.value, page, layout)
        if not found or stamp.area in ("aside", "footer", "nav") or stamp.line in taken:
            continue
        names = f"{prop} {stamp.element.get('class')}"[:200].lower()
        role: Role = "updated" if re.search(r"modif|updat", names) and "publish" not in names else "published"
        if prop in ("datepublished", "datemodified", "datecreated"):
            yield Cue(f"itemprop:{stamp.element.get('itemprop')}", Rank.ITEMPROP, role, found, stamp.value)
        elif stamp.element.tag == "time" and (stamp.line in near or "pubdate" in stamp.element.attributes):
            yield Cue("time", Rank.TIME, role, found, _stamp_text(stamp))


def _stamp_text(stamp: Stamp) -> str:
    return " ".join((stamp.element.text or "").split())[:80] or stamp.value
