import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import lxml.html
import pytest
from ruamel.yaml import YAML

from crawler.model import Verdict
from waiwen.demo import CUTOFF, EXPECTED, ROSTER
from waiwen.demo.build import written
from waiwen.demo.site import DemoSite, read_sites
from waiwen.demo.web import DemoWeb

ROUND = YAML(typ="safe", pure=True).load(EXPECTED)
SITES = ROUND["sites"]
VERSIONS = [(site, language) for site in SITES for language in SITES[site]["versions"]]
REAL = [(site, language) for site, language in VERSIONS if SITES[site]["versions"][language]["verdict"] == "real"]
READ = [key for key in VERSIONS if "pairs" in SITES[key[0]]["versions"][key[1]]]
HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def sites() -> list[DemoSite]:
    return read_sites()


def page(web: DemoWeb, url: str) -> str:
    parts = urlsplit(url)
    answer = web.answer(parts.hostname or "", parts.path)
    assert answer is not None and answer.status == 200, url
    return answer.body.decode("gb18030" if b"charset=gb2312" in answer.body else "utf-8")


def body_of(html: str) -> str:
    """Return an article's own text, found by the designs' containers."""
    tree = lxml.html.document_fromstring(re.sub(r"[\x00-\x08\x0e-\x1f]", "", html))
    return "".join(tree.xpath("//div[@class='content' or @id='zoom' or contains(@class, 'xl_con')]")[0].itertext())


def test_it_covers_the_roster_at_the_demonstrations_cutoff() -> None:
    roster = [line.partition(",")[0] for line in ROSTER.read_text("utf-8").splitlines()[1:]]

    assert list(SITES) == roster
    assert ROUND["cutoff"] == CUTOFF


def test_a_site_is_ranked_exactly_when_it_has_a_real_version() -> None:
    for name, site in SITES.items():
        verdicts = {version["verdict"] for version in site["versions"].values()}
        assert verdicts <= {verdict.value for verdict in Verdict}
        assert site["ranked"] == ("real" in verdicts), name
        assert site["ranked"] == ("reason" not in site), name


def test_at_least_three_cohorts_rank_three_sites() -> None:
    cohorts: dict[str, int] = {}
    for line in ROSTER.read_text("utf-8").splitlines()[1:]:
        name, _, cohort, *_ = line.split(",")
        cohorts[cohort] = cohorts.get(cohort, 0) + SITES[name]["ranked"]

    assert sum(count >= 3 for count in cohorts.values()) >= 3


@pytest.mark.parametrize(("site", "language"), READ)
def test_the_pairs_are_pages_and_the_chinese_one_is_not_the_younger(web: DemoWeb, site: str, language: str) -> None:
    days = {
        edition.url(text.id): text.day for s in sites() for edition in s.editions.values() for _, text in edition.texts
    }
    for foreign, chinese in SITES[site]["versions"][language]["pairs"]:
        assert page(web, foreign) != page(web, chinese)
        foreign_day, chinese_day = days[foreign], days[chinese]
        assert chinese_day is not None
        assert foreign_day is None or 0 <= (foreign_day - chinese_day).days <= 60


@pytest.mark.parametrize(("site", "language"), READ)
def test_bodies_are_chinese_exactly_where_listed(web: DemoWeb, site: str, language: str) -> None:
    version = SITES[site]["versions"][language]
    edition = next(s for s in sites() if s.id == site).editions[language]
    chinese = []
    for _, text in edition.texts:
        body = body_of(page(web, edition.url(text.id)))
        kana = re.search(r"[\u3040-\u30ff]", body)
        if not kana and len(HAN.findall(body)) > len(body) / 2:
            chinese.append(edition.url(text.id))

    assert chinese == version["chinese_bodies"]


@pytest.mark.parametrize(("site", "language"), REAL)
def test_the_newest_date_and_the_counts_are_what_the_open_articles_show(web: DemoWeb, site: str, language: str) -> None:
    version = SITES[site]["versions"][language]
    edition = next(s for s in sites() if s.id == site).editions[language]
    closed = set(SITES[site].get("robots_closed", []))
    style = str(edition.settings.get("date_style", "iso"))
    days: list[date] = []
    undated = 0
    for _, text in edition.texts:
        html = page(web, edition.url(text.id))
        if text.day and edition.url(text.id) not in closed:
            assert written(text.day, style) in html or f'name="PubDate" content="{text.day}' in html
            days.append(text.day)
        undated += text.day is None and "PubDate" not in html

    assert (max(days, default=None), len(days), undated) == (
        version["newest"],
        version["dated_articles"],
        version["undated_articles"],
    )


@pytest.mark.parametrize(("site", "language"), REAL)
def test_forms_mailbox_and_phones_stand_on_the_pages_exactly_where_listed(
    web: DemoWeb, site: str, language: str
) -> None:
    edition = next(s for s in sites() if s.id == site).editions[language]
    html = "\n".join(page(web, f"http://{edition.host}{path}") for path in edition.paths.values())
    seen = {
        "forms": re.search(r'href="/files/', html) is not None,
        "mailbox": "<textarea" in html,
        "international_phone": "+86" in html,
        "hotline": re.search(r"\bhotline\b", html, re.IGNORECASE) is not None,
    }
    listed = SITES[site]["versions"][language]["features"]

    assert {name for name, there in seen.items() if there} == set(listed) & set(seen)


def test_the_exemplary_site_pairs_its_pages_by_hreflang_both_ways(web: DemoWeb) -> None:
    for language in ("en", "fr"):
        for foreign, chinese in SITES["yunhe"]["versions"][language]["pairs"]:
            assert urlsplit(foreign).path == urlsplit(chinese).path
            assert f'hreflang="zh-CN" href="{chinese}"' in page(web, foreign)
            assert f'hreflang="{language}" href="{foreign}"' in page(web, chinese)


def test_robots_close_what_is_listed_as_closed(web: DemoWeb) -> None:
    for site in SITES.values():
        for url in site.get("robots_closed", []):
            robots = RobotFileParser()
            robots.parse(page(web, f"http://{urlsplit(url).hostname}/robots.txt").splitlines())
            assert not robots.can_fetch("waiwen", url)
            assert page(web, url)
