"""The frozen types that an indicator may read. Nothing here knows of SQL, files or weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from crawler.availability import Visit
from crawler.extract.facts import PageFacts
from crawler.model import Failure, ForeignVersion, Site
from crawler.scope import page_key
from scoring.reference import EvidenceRef
from scoring.trials import AttachmentEvidence, ExaminedPage, LinkCheck, SearchTrial, Transport

__all__ = [
    "AttachmentEvidence", "ColumnPair", "Evidence", "EvidenceRef", "ExaminedPage", "FailedFetch", "FailureRow",
    "LinkCheck", "Measurement", "Outcome", "PageEvidence", "Pair", "Parameter", "SearchTrial", "Transport",
    "gone_pages", "measured", "not_applicable", "not_measured",
]  # fmt: skip

# What a rule file may set of an indicator: a window, a threshold, a word, a list of words (the topics of a year).
Parameter = bool | int | float | str | tuple[str, ...]


class Outcome(StrEnum):
    """What came of measuring. The rule set says what each costs."""

    MEASURED = "measured"
    NOT_APPLICABLE = "not_applicable"  # the site has no such thing to measure
    NOT_MEASURED = "not_measured"  # we could not tell
    ERROR = "error"  # our bug; the message is kept


@dataclass(frozen=True)
class PageEvidence:
    """One captured page of a version, with its facts.

    `published` on a page that carries no date of its own may come from the list page that links to it;
    `date_cue` says so (`list`). `column_type` is the type of the column that the page is or hangs under.
    `depth` is clicks from the version's home page (home is 0). `seconds` is how long the page's answer took, `headers`
    are those it came with, both of the plain fetch; None and empty where a browser alone saw the page.
    """

    ref: EvidenceRef
    facts: PageFacts
    status: int
    depth: int
    published: date | None = None
    date_cue: str = ""
    column_type: str | None = None
    seconds: float | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """The address that answered."""
        return self.facts.url

    def header(self, name: str) -> str | None:
        """Return the first header called `name` (any case), or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def is_article(self) -> bool:
        """Whether the page carries a text of its own: at least 80 characters and fewer list items than five."""
        return self.facts.text_chars >= 80 and len(self.facts.items) < 5


@dataclass(frozen=True)
class FailedFetch:
    """An address of the version that gave nothing to read, and why."""

    url: str
    failure: Failure
    status: int | None
    referrer: str
    note: str
    ref: EvidenceRef | None  # the archived answer, where there was one

    @property
    def is_gone(self) -> bool:
        """Whether the site itself said that there is no such page: 404, 410, or words under 200 (a soft 404)."""
        return self.failure is Failure.HTTP_ERROR and self.status in (200, 404, 410)


def gone_pages(failed: Iterable[FailedFetch]) -> set[str]:
    """Return the page keys of the addresses of which the site itself said that there is no such page."""
    return {page_key(fetch.url) for fetch in failed if fetch.is_gone}


@dataclass(frozen=True)
class FailureRow:
    """A line of the failure list: an address of a site that gave nothing to read.

    `version` is a language tag, `zh` the Chinese version; `failure` is a `crawler.model.Failure` value,
    `advice` says what an operator or the site's owner can do.
    """

    site_id: str
    version: str
    url: str
    failure: str
    status: int | None
    note: str
    fetched: datetime | None
    advice: str


@dataclass(frozen=True)
class Pair:
    """A foreign page and its Chinese counterpart. Either may be None: unmatched core pages are listed too.

    `score` is 0..1, `cues` say why they were paired (`hreflang`, `mutual link`, `url shape`). `core` says that
    the Chinese page is a core article, one of those whose share with a counterpart is measured; `column_type` is the
    type of the column that the Chinese page hangs under, None where it has none.
    """

    foreign_url: str | None
    chinese_url: str | None
    score: float
    cues: tuple[str, ...]
    foreign_date: date | None = None
    chinese_date: date | None = None
    translated: bool | None = None  # False where the foreign page's body is in another language than the version
    core: bool = False
    column_type: str | None = None
    foreign_title: str = ""
    chinese_title: str = ""

    @property
    def lag_days(self) -> int | None:
        """Days from the Chinese to the foreign publication; negative where the foreign page came first."""
        if self.foreign_date is None or self.chinese_date is None:
            return None
        return (self.foreign_date - self.chinese_date).days


@dataclass(frozen=True)
class ColumnPair:
    """A core column of the Chinese version and its foreign counterpart, which is None where it is missing.

    `alive` says that the foreign column's page was captured, is in the foreign language and has content;
    None where it was not captured. `how` says by what it was matched: `declared` (one page names the other as its
    edition), `menu` (both menus name a column of the type) or `page` (a page deeper in the version is of the type);
    empty where it is missing.
    """

    type: str
    chinese_name: str
    chinese_url: str
    foreign_name: str | None
    foreign_url: str | None
    alive: bool | None
    confidence: float
    how: str = ""


@dataclass(frozen=True)
class Evidence:
    """The dossier of one foreign version in one round, as an indicator sees it.

    `pages` are the version's captured HTML pages that answered 200, home first, then in the order of
    capture; `chinese_pages` those of the Chinese version. `pairs` and `column_pairs` are None where the
    Chinese version could not be captured. `cutoff` is the only "today".

    `attachments` are the files that its pages link to, each once, in the order of its pages; a bounded sample of them
    was tried. `search` is the one query that its search was asked, None where none was. `outbound` are links of the
    home page and columns that lead out of the crawled versions, as far as they were tried. `visits` are those to
    its home page in the seven days that end with the cut-off date, oldest
    first (`crawler.availability.availability_of` sums them up). `transport` is None where nothing was seen of it,
    `examined` are the pages that a browser showed to axe-core, by address.
    """

    site: Site
    version: ForeignVersion
    cutoff: date
    home: PageEvidence | None = None
    pages: tuple[PageEvidence, ...] = ()
    failed: tuple[FailedFetch, ...] = ()
    chinese_home: PageEvidence | None = None
    chinese_pages: tuple[PageEvidence, ...] = ()
    pairs: tuple[Pair, ...] | None = None
    column_pairs: tuple[ColumnPair, ...] | None = None
    other_versions: tuple[ForeignVersion, ...] = ()
    attachments: tuple[AttachmentEvidence, ...] = ()
    outbound: tuple[LinkCheck, ...] = ()
    search: SearchTrial | None = None
    visits: tuple[Visit, ...] = ()
    transport: Transport | None = None
    examined: tuple[ExaminedPage, ...] = ()

    @property
    def language(self) -> str:
        """The version's language tag."""
        return self.version.language

    @property
    def dated_pages(self) -> tuple[PageEvidence, ...]:
        """Pages with a publication date at or before the cut-off."""
        return tuple(p for p in self.pages if p.published is not None and p.published <= self.cutoff)


@dataclass(frozen=True)
class Measurement:
    """What one indicator found on one version.

    `value` is in the indicator's unit (a share is 0..1, a boolean 0 or 1) and is None unless measured.
    `n` is the sample size, `note` a sentence that the site's owner understands. `interval` is the 95% interval
    (low, high) that a sample of n allows, in the unit of the value; None where nothing was sampled. `parameters` are
    those that it was measured under: a rule file that sets others needs it measured anew.
    """

    outcome: Outcome
    value: float | None = None
    n: int | None = None
    note: str = ""
    evidence: tuple[EvidenceRef, ...] = field(default=())
    interval: tuple[float, float] | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if (self.outcome is Outcome.MEASURED) != (self.value is not None):
            raise ValueError("a measurement has a value exactly when its outcome is `measured`")
        if self.interval is not None and (
            self.value is None or self.n is None or not self.interval[0] <= self.value <= self.interval[1]
        ):
            raise ValueError("an interval lies around a measured value and goes with the size of its sample")


def measured(
    value: float,
    *,
    note: str,
    evidence: list[EvidenceRef],
    n: int | None = None,
    interval: tuple[float, float] | None = None,
) -> Measurement:
    """Return a measured value; it must cite at least one archived page."""
    if not evidence:
        raise ValueError("a measured value needs evidence")
    return Measurement(Outcome.MEASURED, float(value), n, note, tuple(evidence), interval)


def not_applicable(note: str, evidence: list[EvidenceRef] | None = None) -> Measurement:
    """Say that the site has no such thing to measure."""
    return Measurement(Outcome.NOT_APPLICABLE, note=note, evidence=tuple(evidence or ()))


def not_measured(note: str, evidence: list[EvidenceRef] | None = None) -> Measurement:
    """Say that we could not tell, and why."""
    return Measurement(Outcome.NOT_MEASURED, note=note, evidence=tuple(evidence or ()))
