"""Each way by which a home page may lead to its foreign version, from the first request to the verdict.

Every case is a site of its own; one worker looks at all of them, once.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from crawler.archive.index import Archive, open_database
from crawler.job import Job, SiteTask
from crawler.manners import Manners
from crawler.model import Site, Verdict
from crawler.pool import run_jobs
from scoring.verdicts import judge_site

CHINESE = "<html><body><p>" + "本市人民政府今天发布了新的消息。" * 20 + "</p>{}</body></html>"
ENGLISH = (
    "<html><body><h1>Welcome</h1><p>"
    + "The municipal government informs its foreign readers about the city and its services. " * 10
    + "</p></body></html>"
)
HREFLANG = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'
XML = {"Content_Type": "text/xml"}


@dataclass
class Case:
    """A site: `pages` by path or address, `{zh}` and `{en}` standing for its hosts; what is to be found, and what
    must not have been asked for.
    """

    name: str
    pages: dict[str, object]
    expected: dict[str, tuple[str, str]]  # language → (address, how); every one of them is real
    untouched: tuple[str, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()
    maybe: dict[str, str] = field(default_factory=dict)  # language → how: found, whatever came of it

    @property
    def zh(self):
        return f"http://www.{self.name}.gov.example"

    @property
    def en(self):
        return f"http://en.{self.name}.gov.example"

    def fill(self, text):
        return text.replace("{zh}", self.zh).replace("{en}", self.en)

    def url(self, path):
        return self.fill(path if path.startswith(("{", "http")) else "{zh}" + path)


def home(markup=""):
    return CHINESE.replace("{}", markup)


def sitemap(*entries):
    """A sitemap of (address, ((hreflang, address), ...))."""
    urls = "".join(
        f"<url><loc>{url}</loc>{''.join(HREFLANG.format(*pair) for pair in pairs)}</url>" for url, pairs in entries
    )
    return f'<?xml version="1.0"?><urlset xmlns:xhtml="http://www.w3.org/1999/xhtml">{urls}</urlset>'


def linked(name, markup, how, path="{en}/"):
    guess = f"http://english.{name}.gov.example/"
    return Case(name, {"/": home(markup), path: ENGLISH}, {"en": (path, how)}, untouched=("/sitemap.xml", guess))


def behind(name, gateway):
    pages = {"/": f"<html><head>{gateway}</head></html>", "/zh/": home("<a href='{en}/'>English</a>"), "{en}/": ENGLISH}
    return Case(name, pages, {"en": ("{en}/", "link")})


def named(host, anchor, language):
    link = home(f"<a href='http://{host}.named-{host}.gov.example/'>{anchor}</a>")
    return Case(f"named-{host}", {"/": link}, {}, maybe={language: "link"})


def guessed(name, path):
    return Case(name, {"/": home(), path: ENGLISH}, {"en": (path, "guess")})


def sibling(name, path):
    gateway = "<meta http-equiv='refresh' content='0; url=/zh-cn/'>"
    pages = {"/": gateway, "/zh-cn/": home("<button>中 / EN</button>"), path: ENGLISH}
    return Case(name, pages, {"en": (path, "guess")})


TWO_EDITIONS = sitemap(
    ("{zh}/1.html", (("en", "{en}/news/1.html"), ("kr", "http://kr.map-robots.gov.example/news/1.html"))),
    ("{zh}/", (("zh-CN", "{zh}/"), ("en", "{en}/"), ("zh-TW", "{zh}/tw/"))),
)
ONE_EDITION = sitemap(("{zh}/", (("en-US", "{en}/"),)))
CASES = [
    linked("link", "<a href='{en}/'>English</a>", "link"),
    linked("links", "<a href='{en}/'>ENGLISH</a><a href='{en}/index.html'>EN</a>", "link"),  # two links, one version
    linked("chinese-words", "<a href='{en}/'>英文版</a>", "link"),
    linked("select", "<select><option>中文</option><option value='{en}/'>English</option></select>", "select"),
    linked("image", "<a href='{en}/'><img src='/i/x.gif' alt='English'></a>", "image"),
    linked("onclick", "<a href='#' onclick=\"window.open('{en}/')\">English</a>", "script"),
    linked("onclick-span", "<span onclick=\"location.href='{en}/'\">English</span>", "script"),
    linked("hreflang", "<link rel='alternate' hreflang='en' href='{en}/'>", "hreflang"),
    Case(
        "frame",
        {"/": "<frameset><frame src='{en}/'><frame src='/top'></frameset>", "{en}/": ENGLISH, "/top": home()},
        {"en": ("{en}/", "frame")},
        untouched=("/sitemap.xml", "/en/"),
    ),
    *(
        linked(f"folder-{number}", f"<a href='{path}'>English</a>", "link", path)
        for number, path in enumerate(["/english/", "/en/", "/mfa_eng/", "/en/view/pages/index/index.html"])
    ),
    named("kr", "한국어", "ko"),
    named("jp", "日本語", "ja"),
    named("ru", "Русский", "ru"),
    named("ar", "العربية", "ar"),
    named("fr", "Français", "fr"),
    named("de", "Deutsch", "de"),
    named("es", "Español", "es"),
    behind("gateway-refresh", "<meta http-equiv='refresh' content='0; url=/zh/'>"),
    behind("gateway-script", "<script>location.href='/zh/'</script>"),
    behind("gateway-frames", "<frameset><frame src='/zh/'></frameset>"),
    Case(
        "redirect",
        {"/": (302, {"Location": "/index/"}, b""), "/index/": home("<a href='{en}/'>English</a>"), "{en}/": ENGLISH},
        {"en": ("{en}/", "link")},
    ),
    Case(
        "link-header",
        {
            "/": (200, {"Link": '<{en}/>; rel="alternate"; hreflang="en"'}, home().encode()),
            "{en}/": ENGLISH,
        },
        {"en": ("{en}/", "hreflang")},
    ),
    # A map that tells leaves nothing to guess.
    Case(
        "map-robots",
        {
            "/": home(),
            "/robots.txt": (200, {"Content-Type": "text/plain"}, b"Sitemap: {zh}/map.xml"),
            "/map.xml": TWO_EDITIONS,
            "{en}/": ENGLISH,
        },
        {"en": ("{en}/", "sitemap")},
        untouched=("/sitemap.xml", "/en/"),
        maybe={"ko": "sitemap"},
    ),
    Case(
        "map-usual",
        {"/": home(), "/sitemap.xml": ONE_EDITION, "{en}/": ENGLISH},
        {"en": ("{en}/", "sitemap")},
        untouched=("/en/",),
    ),
    Case(
        "map-closed",
        {
            "/": home(),
            "/robots.txt": (
                200,
                {"Content-Type": "text/plain"},
                b"User-agent: *\nDisallow: /map.xml\nSitemap: {zh}/map.xml",
            ),
            "/map.xml": ONE_EDITION,
        },
        {},
        untouched=("/map.xml",),
    ),
    guessed("guess-en-host", "{en}/"),
    guessed("guess-english-host", "http://english.guess-english-host.gov.example/"),
    guessed("guess-en", "/en/"),
    guessed("guess-english", "/english/"),
    sibling("sibling-en-us", "/en-us/"),
    sibling("sibling-en", "/en/"),
    Case(
        "declared",
        {"/": home(), "{en}/": ENGLISH},
        {"en": ("{en}/", "roster")},
        untouched=("/sitemap.xml", "/english/"),
        declared=(("en", "{en}/"),),
    ),
    Case(
        "traditional",
        {
            "/": home(
                "<a href='/big5/'>繁體</a><a href='javascript:StranBody()'>繁体</a>"
                "<link rel='alternate' hreflang='zh-Hant' href='/tw/'>"
            )
        },
        {},
    ),
]


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, loopback_web):
    """The versions of every case, language → version, and all addresses that were asked for."""
    tmp = tmp_path_factory.mktemp("finding")
    sites = []
    for case in CASES:
        declared = tuple((language, case.fill(url)) for language, url in case.declared)
        sites.append(Site(case.name, case.name, "county", "", f"{case.zh}/", declared))
        for path, found in case.pages.items():
            status, headers, body = (200, {}, found.encode()) if isinstance(found, str) else found
            named_ = {name: case.fill(value) for name, value in headers.items()}
            loopback_web.answers[case.url(path)] = (status, named_, case.fill(body.decode()).encode())
    (tmp / "archive").mkdir()
    database = f"sqlite:///{tmp / 'w.db'}"
    archive = Archive(open_database(database), tmp / "archive")
    started = datetime(2026, 6, 1, tzinfo=UTC)
    archive.start_round("r", sites, cutoff=date(2026, 6, 1), started=started, digest="d", settings={})
    manners = Manners(delay=0, timeout=60, proxy=loopback_web.proxy)
    tasks = tuple(SiteTask(site) for site in sites)
    job = Job("discover", "r", "discover-0", database, str(tmp / "archive"), str(tmp / "log"), manners, tasks)
    assert run_jobs([job], lambda: None) == []
    versions = {
        site.id: {v.language: v for v in judge_site(archive, "r", site, complete=False).versions} for site in sites
    }
    return versions, {url for url, _, _ in loopback_web.hits}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_version_is_found_and_how_is_told(case, looked_at):
    versions = looked_at[0][case.name]
    real = {language: (v.url, v.how) for language, v in versions.items() if v.verdict is Verdict.REAL}
    assert real == {language: (case.url(url), how) for language, (url, how) in case.expected.items()}
    assert {language: v.how for language, v in versions.items() if language not in real} == case.maybe


@pytest.mark.parametrize("case", [case for case in CASES if case.untouched], ids=lambda case: case.name)
def test_nothing_is_asked_for_that_a_better_source_makes_needless(case, looked_at):
    assert not {case.url(path) for path in case.untouched} & looked_at[1]
