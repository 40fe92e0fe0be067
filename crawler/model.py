"""Frozen records that every part shares: sites, versions, captures.

All times are aware `datetime`s in UTC; all dates are calendar dates in the site's own time zone
(Asia/Shanghai unless stated); all languages are BCP 47 tags, the Chinese version being `zh`.

A site's base language is what its own readers speak, and what is foreign is told from it. It is Chinese unless the
roster says otherwise; where the code says "Chinese version" it means the version in the base language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CHINESE = "zh"
# Purposes of captures that are no pages. Those in PEEKED hold the beginning of an answer only: whether it came is all
# that was asked.
ATTACHMENT = "attachment"
LINK = "link"
SITE_MAP = "sitemap"
# A home page asked for by the other of http and https.
TRANSPORT = "transport"
PEEKED = frozenset({ATTACHMENT, LINK, TRANSPORT})
# The answer of a version's search to one query: it is read, but it is no page of the version.
SEARCH = "search"
# What axe-core found on a page, as JSON; its address is the page's with AXE as fragment.
AXE = "axe"
ASIDE = PEEKED | {SEARCH, AXE}


class Verdict(StrEnum):
    """What a candidate foreign version turned out to be."""

    REAL = "real"
    STUB = "stub"  # one page or two, nothing behind them
    REDIRECT = "redirect"  # leads back to the Chinese version or elsewhere
    WIDGET = "machine_translation_widget"
    CHINESE_CONTENT = "chinese_content"  # a foreign label over Chinese bodies
    OTHER_HOST = "other_host"  # on a host that is not the body's own, and not confirmed in the roster
    DEAD = "dead"
    BLOCKED = "blocked"  # a firewall or a challenge answered us, not the site
    NOT_CAPTURED = "not_captured"  # we have not seen it (robots, guard, budget): never held against a site


class Failure(StrEnum):
    """Why a fetch gave us nothing to read. Only the first group says something about the site."""

    DNS = "dns"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"  # the connection broke before an answer
    TIMEOUT = "timeout"
    TLS = "tls"
    HTTP_ERROR = "http_error"  # 404, 410, 5xx and other answers that are no page
    BLOCKED = "blocked"  # challenge, captcha, 403/412/429/521
    ROBOTS = "robots"  # robots.txt asks us not to
    GUARD = "guard"  # a private address, refused by us
    TOO_LARGE = "too_large"
    OTHER = "other"


@dataclass(frozen=True)
class Site:
    """One body's web presence: a row of the roster. `line` is where it stands in the file.

    `base_language` is the primary tag of the language that `url` is in; its version is the one that foreign ones are
    compared with.
    """

    id: str
    name: str
    cohort: str
    region: str
    url: str
    versions: tuple[tuple[str, str], ...] = ()  # (language, url) that the roster declares
    nominated_by: str = ""
    notes: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    line: int = 0
    base_language: str = CHINESE


@dataclass(frozen=True)
class Candidate:
    """A link, tag or guess that may lead to a foreign version.

    `how` is one of: roster, link, select, image, script, hreflang, frame, widget, sitemap, guess.
    """

    language: str
    url: str
    anchor: str
    how: str


@dataclass(frozen=True)
class ForeignVersion:
    """A candidate with its verdict: one edition of a site in a language that is not its base language."""

    site_id: str
    language: str
    url: str
    anchor: str
    how: str
    verdict: Verdict
    reason: str  # a sentence that the site's owner understands
    home_capture: int | None = None  # id of the capture of its home page, where there is one


@dataclass(frozen=True)
class Certificate:
    """A server's certificate: common names of holder and issuer, the hosts that it is for, and from when to when.

    `begins` and `ends` are ISO 8601 in UTC, `sha256` is its fingerprint.
    """

    subject: str
    issuer: str
    names: tuple[str, ...]
    begins: str
    ends: str
    self_signed: bool
    sha256: str


@dataclass(frozen=True)
class Violation:
    """A rule of axe-core that a page breaks: its id and impact, on how many elements, and where the first stands."""

    rule: str
    impact: str
    elements: int
    example: str  # a CSS selector


@dataclass(frozen=True)
class Examination:
    """What one version of axe-core found on one page, worst first."""

    version: str
    violations: tuple[Violation, ...]

    @property
    def serious(self) -> tuple[Violation, ...]:
        """The violations of serious and critical impact."""
        return tuple(violation for violation in self.violations if violation.impact in ("serious", "critical"))


@dataclass(frozen=True)
class Capture:
    """One response as fetched, or one failed attempt (`failure` set, no WARC address).

    `url` is what was asked for, `final_url` what answered after redirects (each hop is a capture of its
    own: there `final_url` is the hop). `elapsed` is in seconds, `length` the WARC record's in bytes. `certificate` is
    kept with home pages, where the answer came by https.
    """

    id: int
    round: str
    site_id: str
    version: str  # language tag of the version it was fetched for; the site's base language for its own
    purpose: str  # home | candidate | page | rendered | robots | sitemap | attachment | link | search | transport | axe
    url: str
    final_url: str
    status: int | None
    fetched: datetime
    headers: tuple[tuple[str, str], ...]
    digest: str  # sha256:<hex> of the raw body as received
    warc_file: str
    offset: int
    length: int
    elapsed: float
    failure: Failure | None = None
    failure_note: str = ""
    depth: int = 0
    referrer: str = ""  # the page that linked here
    anchor: str = ""  # the link's text
    certificate: Certificate | None = None

    def header(self, name: str) -> str | None:
        """Return the first header called `name` (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
