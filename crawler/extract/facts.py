"""The facts of one page, as frozen records. What reads them off a page stands in the sibling modules.

Languages are BCP 47 tags (`zh-Hans`, `zh-Hant`, or `zh` where the script cannot be told; `und` where the
text is too short or mixed to say). Scripts are ISO 15924 codes (`Latn`, `Hani`, `Kana`, `Hang`, `Cyrl`, ...).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from crawler.extract.offers import Attachment, Chat, Contact, Form, SocialLink
from crawler.model import Candidate

Precision = Literal["minute", "day", "month"]
LAST_MODIFIED = "http:last-modified"
"""The cue of an update that only the server tells: a file may be copied or built anew without a word of it changed."""
Place = Literal["nav", "body", "footer"]


@dataclass(frozen=True)
class Charset:
    """`declared` is what the page or its header says, `used` what decoded it."""

    declared: str | None
    used: str


@dataclass(frozen=True)
class Language:
    """Language by content of body and chrome (menus, footers), and what the page declares.

    `share` maps a script to its part of the body's letters, 0..1, largest first; a Han character counts as
    one letter, and a Latin or Cyrillic word as one and a half.
    """

    body: str
    chrome: str
    share: tuple[tuple[str, float], ...]
    declared: str | None  # <html lang>

    def share_of(self, script: str) -> float:
        """Return the part of the body's letters that is in `script`, 0 where there is none."""
        return dict(self.share).get(script, 0.0)


@dataclass(frozen=True)
class LanguageTags:
    """What the page declares of its language, as written: `<html lang>`, `xml:lang`, the `http-equiv` Content-Language
    and the header of that name, each None where there is none. `faults` name the rule that each breaks first
    (docs/language.md).
    """

    html: str | None = None
    xml: str | None = None
    meta: str | None = None
    header: str | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Residue:
    """Chinese within a text in another language, at `start:end` of the main text. A gloss explains a name."""

    start: int
    end: int
    text: str
    is_gloss: bool


@dataclass(frozen=True)
class DateFact:
    """A publication or update date with the cue that gave it.

    `cue` names the source: `meta:PubDate`, `json-ld`, `label:发布时间`, `element:#News_Body_Time`, `time`, `url`, ...
    `snippet` is the text it was read from. `conflicts` are other cues' differing dates, as `cue=YYYY-MM-DD`.
    """

    date: date
    precision: Precision
    cue: str
    snippet: str
    conflicts: tuple[str, ...] = ()
    moment: datetime | None = None  # where the precision is a minute


@dataclass(frozen=True)
class UndecidedDate:
    """A publication date such as 05/12/2015 that nothing on the page can read: the site's other dates may."""

    day_first: date
    month_first: date
    cue: str
    snippet: str


@dataclass(frozen=True)
class Link:
    """A followable http(s) link, absolute, without fragment."""

    url: str
    anchor: str
    place: Place


@dataclass(frozen=True)
class Image:
    """An image of the page, absolute. `alt` is None where the attribute is missing, empty where it says nothing."""

    url: str
    alt: str | None
    place: Place


@dataclass(frozen=True)
class Heading:
    """A heading and its level, 1 to 6."""

    level: int
    text: str


@dataclass(frozen=True)
class Feed:
    """A feed that the page declares. `kind` is rss, atom or json."""

    kind: str
    url: str
    title: str


@dataclass(frozen=True)
class Alternate:
    """A declared edition of this very page in another language (`<link hreflang>`), the tag as written."""

    hreflang: str
    url: str
    rel: str


@dataclass(frozen=True)
class Column:
    """A section of the site that the navigation offers.

    `type` is a column type of the glossary, or None; `aspect` the finer subject within it. `cue` says what told the
    type: tag (ColumnType), name (the whole name is known), term (a part of it is), address, parent (the entry that it
    hangs under); empty where nothing did. `confidence` is 0..1 for the type.
    """

    name: str
    url: str
    type: str | None
    aspect: str | None = None
    cue: str = ""
    confidence: float = 0.0


@dataclass(frozen=True)
class ListItem:
    """An entry of a list page."""

    title: str
    url: str
    date: date | None


@dataclass(frozen=True)
class Identity:
    """What the page says of who runs it. `site_codes` are (where, code): meta, footer, script."""

    site_codes: tuple[tuple[str, str], ...] = ()
    conac: str | None = None  # the badge's link
    icp: str | None = None
    police: str | None = None
    jiucuo: str | None = None  # the error-report entry's link or site code
    organiser: str | None = None  # "Sponsored by ...", 主办单位
    tags: tuple[str, ...] = ()  # the page tags that are filled, of the ten of 国办发〔2017〕47号

    @property
    def codes_agree(self) -> bool | None:
        """Whether the copies of the site code are one; None where there are fewer than two."""
        codes = [code.lower() for _, code in self.site_codes]
        return len(set(codes)) == 1 if len({where for where, _ in self.site_codes}) > 1 else None


@dataclass(frozen=True)
class Onward:
    """Where a page sends its reader by itself. `kind` is refresh, script or frame."""

    kind: str
    url: str


@dataclass(frozen=True)
class PageFacts:
    """All facts of one page."""

    url: str
    title: str
    charset: Charset
    language: Language
    published: DateFact | None = None
    updated: DateFact | None = None
    text: str = ""  # main text, without navigation and footer
    chrome_text: str = ""  # the words of menus, headers and footers
    versions: tuple[Candidate, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    columns: tuple[Column, ...] = ()
    items: tuple[ListItem, ...] = ()
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    contacts: tuple[Contact, ...] = ()
    social: tuple[SocialLink, ...] = ()
    identity: Identity = Identity()
    meta: tuple[tuple[str, str], ...] = ()  # named meta tags, names in lower case, order of the page
    onward: tuple[Onward, ...] = ()
    problems: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    source: str = ""  # who the page says that its text comes from
    language_tags: LanguageTags = LanguageTags()
    residue: tuple[Residue, ...] = ()  # Chinese in the main text of a foreign page
    images: tuple[Image, ...] = ()
    headings: tuple[Heading, ...] = ()
    feeds: tuple[Feed, ...] = ()
    chats: tuple[Chat, ...] = ()
    apps: tuple[SocialLink, ...] = ()  # `network` is the shop
    undecided: UndecidedDate | None = None  # where there is no `published`
    date_order: Literal["dmy", "mdy"] | None = None  # of the page's slashed dates that can be read one way only
    code_words: tuple[str, ...] = ()  # words in elements of code, in lower case

    @property
    def text_chars(self) -> int:
        """Characters of the main text, blanks not counted."""
        return len("".join(self.text.split()))

    @property
    def meta_tags(self) -> dict[str, str]:
        """Meta tags by lower-case name, the first of each."""
        return dict(reversed(self.meta))
