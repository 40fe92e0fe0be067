"""What a candidate for a foreign version turned out to be.

Pure: what was fetched comes in, a verdict and a sentence for the site's owner go out. A candidate is judged
twice, after its home page was fetched and again after its crawl, when its pages say what stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.extract.facts import PageFacts
from crawler.extract.language_codes import same_language
from crawler.extract.needs_browser import NEEDS_BROWSER
from crawler.extract.widgets import is_translator
from crawler.model import CHINESE, Candidate, Capture, Failure, ForeignVersion, Verdict
from crawler.scope import Scope, host_of, owner_of, page_key, registered_domain, scope_of_home

# A body below this many characters is a heading or a picture; its language says nothing (as PageEvidence.is_article).
BODY_CHARS = 80
# Before a crawl one page must speak for the version, so it must have a text worth the name.
HOME_CHARS = 200
CHINESE_SHARE = 0.8  # of the decided bodies; real versions with much untranslated news stay below
DECIDED_BODIES = 3
STUB_PAGES = 3

# What stands for a language that has several candidates. Not having seen one comes before finding another bad.
_ORDER = (
    Verdict.REAL,
    Verdict.BLOCKED,
    Verdict.NOT_CAPTURED,
    Verdict.CHINESE_CONTENT,
    Verdict.STUB,
    Verdict.OTHER_HOST,
    Verdict.DEAD,
    Verdict.REDIRECT,
    Verdict.WIDGET,
)


@dataclass(frozen=True)
class Body:
    """One page captured within a version: address, language of its body (BCP 47), characters of its main text."""

    url: str
    language: str
    chars: int


@dataclass(frozen=True)
class Look:
    """What was seen of a candidate.

    `capture` is the last of its home page's redirect chain, or the failed attempt; `home` the facts of that
    page where it is one. `scopes` are the places of the site's versions, the Chinese one among them. `pages`
    are those captured within the version (none right after discovery), `unseen` how many of its addresses
    gave nothing to read for reasons that are not the site's. `complete` says that its crawl is over.
    """

    site_url: str
    capture: Capture | None = None
    home: PageFacts | None = None
    failure: Failure | None = None
    note: str = ""  # what is told of the failure
    declared: bool = False
    base: str = CHINESE  # the site's base language; where this says "chinese", it means that language
    chinese_url: str = ""  # what answered as the Chinese home page
    chinese_digest: str = ""
    scopes: tuple[Scope, ...] = ()
    pages: tuple[Body, ...] = ()
    unseen: int = 0
    complete: bool = False

    @property
    def fault(self) -> Failure | None:
        """Why there is nothing to read, where that is so."""
        return self.failure or (self.capture.failure if self.capture else None)


Finding = tuple[Verdict, str] | None


def is_noise(candidate: Candidate, verdict: Verdict) -> bool:
    """Whether a candidate is a guess of ours that came to nothing: no version that anyone offers."""
    return candidate.how == "guess" and verdict is not Verdict.REAL


def best_of(versions: Iterable[ForeignVersion]) -> tuple[ForeignVersion, ...]:
    """Return one version a language: the best verdict, the first of equals; in order of first appearance."""
    best: dict[str, ForeignVersion] = {}
    for version in versions:
        known = best.setdefault(version.language, version)
        if _ORDER.index(version.verdict) < _ORDER.index(known.verdict):
            best[version.language] = version
    return tuple(best.values())


def judge(candidate: Candidate, look: Look) -> tuple[Verdict, str]:
    """Tell what a candidate turned out to be, with a sentence that the site's owner understands."""
    return next(finding for finding in _findings(candidate, look) if finding is not None)


def _findings(candidate: Candidate, look: Look) -> Iterator[Finding]:
    """The verdicts in their order; each is looked for only where none before applies."""
    if candidate.how == "widget" or is_translator(candidate.url):
        yield (
            Verdict.WIDGET,
            f"A machine-translation service renders the {_base_name(look)} pages; there is no version of its own.",
        )
    yield _failed(look)
    if look.capture is None or look.home is None:
        yield Verdict.NOT_CAPTURED, "What answered is not a web page, so we cannot tell what the version is."
        return
    yield _redirect(candidate, look, look.capture, look.home)
    yield _other_host(candidate, look, look.capture.final_url)
    yield _chinese_content(look, look.home)
    yield _stub(candidate, look, look.home)
    yield Verdict.REAL, _portrait(candidate, look, look.home)


_DEAD = {
    Failure.DNS: "Its host name does not resolve.",
    Failure.REFUSED: "Its server refuses connections.",
    Failure.NO_ANSWER: "Its server breaks the connection without an answer.",
    Failure.TLS: "No encrypted connection to its server could be set up.",
}
_UNSEEN = {
    # Slow for us may be quick for its readers: a site that is down refuses or breaks off.
    Failure.TIMEOUT: "Its server gave no answer within the time limit, so we cannot tell what the version is.",
    Failure.ROBOTS: "The site's robots.txt asks us not to read it.",
    Failure.GUARD: "Its address leads into a private network, which we do not enter.",
    Failure.TOO_LARGE: "Its home page is larger than we store.",
    Failure.OTHER: "Fetching it failed for a reason that is not the site's.",
}


def _failed(look: Look) -> Finding:
    fault = look.fault
    status = look.capture.status if look.capture else None
    note = look.capture.failure_note if look.capture else ""
    if fault is Failure.BLOCKED:
        return Verdict.BLOCKED, f"A firewall answered in the site's place{f': {note}' if note else ''}."
    if fault in _UNSEEN:
        unshown = look.note.startswith(NEEDS_BROWSER)
        return Verdict.NOT_CAPTURED, f"Its home page {look.note}." if unshown else _UNSEEN[fault]
    if fault in _DEAD:
        return Verdict.DEAD, _DEAD[fault]
    if fault is Failure.HTTP_ERROR or (status is not None and status >= 400):
        if status is None or status in (404, 410) or status >= 500:
            return (
                Verdict.DEAD,
                f"Its home page answers {status}." if status else "Its home page answers with an error.",
            )
        return Verdict.NOT_CAPTURED, f"Its home page answers {status}, so we cannot tell what the version is."
    return (Verdict.NOT_CAPTURED, "It was not fetched.") if look.capture is None else None


def _redirect(candidate: Candidate, look: Look, capture: Capture, home: PageFacts) -> Finding:
    if speaks(home, candidate.language):  # a language is told by content, not by address
        return None
    chinese = page_key(look.chinese_url or look.site_url)
    sentence = ""
    if page_key(capture.final_url) == chinese:
        sentence = f"It leads to the {_base_name(look)} home page."
    elif look.chinese_digest and capture.digest == look.chinese_digest:
        sentence = f"It shows the {_base_name(look)} home page under another address."
    elif home.text_chars < BODY_CHARS and any(page_key(step.url) == chinese for step in home.onward):
        sentence = f"Its home page sends the reader on to the {_base_name(look)} home page."
    elif owner := _other_owner(candidate, look, capture.final_url, home):
        sentence = f"It leads to {capture.final_url}, which belongs to the {owner.language} version."
    return (Verdict.REDIRECT, sentence) if sentence else None


def _other_owner(candidate: Candidate, look: Look, final_url: str, home: PageFacts) -> Scope | None:
    """The version that a candidate leads to in place of its own, or None."""
    own = scope_of_home(candidate.language, candidate.url, base=False, site_url=look.site_url)
    owner = owner_of(final_url, (own, *look.scopes))
    if owner is None or same_language(owner.language, candidate.language):
        return None
    # The base version owns whatever no other does, so there the page itself must be in its language.
    reads_base = same_language(home.language.body, look.base) or same_language(home.language.chrome, look.base)
    return owner if owner.language != look.base or reads_base else None


def _other_host(candidate: Candidate, look: Look, final_url: str) -> Finding:
    if look.declared or candidate.how == "roster":
        return None
    host, body = host_of(final_url), registered_domain(host_of(look.site_url))
    if registered_domain(host) == body:
        return None
    return (
        Verdict.OTHER_HOST,
        f"It stands on {host}, which is not under {body}. Declare it in the roster if it is the body's own.",
    )


def _chinese_content(look: Look, home: PageFacts) -> Finding:
    chinese, decided = _base_bodies(look)
    if decided >= DECIDED_BODIES:
        if chinese / decided < CHINESE_SHARE:
            return None
        return Verdict.CHINESE_CONTENT, f"{_share(look, chinese, decided)}, under a foreign label."
    if chinese < decided or home.text_chars < HOME_CHARS:
        return None
    if same_language(home.language.body, look.base) and same_language(home.language.chrome, look.base):
        return Verdict.CHINESE_CONTENT, f"Text and menus of its home page are {_base_name(look)}."
    return None


def _stub(candidate: Candidate, look: Look, home: PageFacts) -> Finding:
    if candidate.how == "guess" and not speaks(home, candidate.language):
        return Verdict.STUB, f"The guessed address answers, but its page holds no text in {candidate.language}."
    if not look.complete or look.unseen:
        return None
    if home.text_chars < BODY_CHARS and not home.links and len(look.pages) <= 1:
        return Verdict.NOT_CAPTURED, "Its home page shows neither text nor links to a reader without scripts."
    texts = sum(body.chars >= BODY_CHARS and same_language(body.language, candidate.language) for body in look.pages)
    if len(look.pages) <= 1:
        return Verdict.STUB, "It is a single page; nothing stands behind it."
    if texts < STUB_PAGES:
        return (
            Verdict.STUB,
            f"{texts} of its {len(look.pages)} pages hold a text in {candidate.language} "
            f"of at least {BODY_CHARS} characters; a version needs {STUB_PAGES}.",
        )
    return None


def _portrait(candidate: Candidate, look: Look, home: PageFacts) -> str:
    """What a real version is like, in numbers."""
    if not look.pages:
        told = speaks(home, candidate.language)
        return f"Its home page answers{f' and is in {candidate.language}' if told else ''}."
    sentence = f"{len(look.pages)} page{'s' * (len(look.pages) != 1)} captured"
    chinese, decided = _base_bodies(look)
    if chinese:
        sentence += f"; {_share(look, chinese, decided)}"
    if look.unseen:
        sentence += f"; {look.unseen} more could not be seen"
    return f"{sentence}."


def _base_bodies(look: Look) -> tuple[int, int]:
    """Count the bodies in the base language among those whose language could be told."""
    decided = [body for body in look.pages if body.chars >= BODY_CHARS and body.language != "und"]
    return sum(same_language(body.language, look.base) for body in decided), len(decided)


def _share(look: Look, count: int, decided: int) -> str:
    return f"{count} of {decided} page bodies are {_base_name(look)} ({100 * count / decided:.0f}%)"


def _base_name(look: Look) -> str:
    return "Chinese" if look.base == CHINESE else f"base-language ({look.base})"


def speaks(home: PageFacts, language: str) -> bool:
    """Whether a page is in a language: by its body, or by its menus where the body does not say."""
    told = home.language.chrome if home.language.body == "und" else home.language.body
    return same_language(told, language)
