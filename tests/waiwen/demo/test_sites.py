import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from ruamel.yaml import YAML

from crawler.availability import availability_of
from crawler.probes import stored_visits
from waiwen.demo import CUTOFF, EXPECTED, ROSTER
from waiwen.demo.build import build_sites
from waiwen.demo.site import DemoSite, read_sites
from waiwen.demo.visits import past_visits, store_past_visits
from waiwen.demo.web import DemoWeb
from waiwen.workspace import open_workspace

EXPECTED_SITES = YAML(typ="safe", pure=True).load(EXPECTED)["sites"]
REFERENCES = "//a/@href | //img/@src | //frame/@src | //link/@href | //option/@value | //*/@background"


@cache
def sites() -> list[DemoSite]:
    return read_sites()


def html_pages(web: DemoWeb) -> Iterator[tuple[str, str]]:
    for (host, path), answer in web.answers.items():
        if answer.content_type == "text/html":
            gbk = b"charset=gb2312" in answer.body
            yield f"http://{host}{path}", answer.body.decode("gb18030" if gbk else "utf-8")


def references(url: str, html: str) -> Iterator[str]:
    tree = lxml.html.document_fromstring(re.sub(r"[\x00-\x08\x0e-\x1f]", "", html))
    for reference in tree.xpath(REFERENCES):
        joined = urljoin(url, reference)
        if reference and joined.startswith("http:"):
            yield joined


def ask(web: DemoWeb, url: str) -> int | None:
    parts = urlsplit(url)
    answer = web.answer(parts.hostname or "", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    return answer.status if answer else None


def test_two_builds_are_the_same(web: DemoWeb) -> None:
    assert build_sites().answers == web.answers


def test_every_link_between_the_sites_leads_to_a_page_but_those_listed_as_broken(web: DemoWeb) -> None:
    broken = {
        link
        for page, html in html_pages(web)
        for link in references(page, html)
        if urlsplit(link).hostname in web.hosts and ask(web, link) == 404
    }
    listed = {
        link
        for site in EXPECTED_SITES.values()
        for version in site["versions"].values()
        for link in version.get("broken", [])
    }

    assert broken == listed


def test_every_page_can_be_reached_by_links_frames_or_a_gateway(web: DemoWeb) -> None:
    linked = {link for page, html in html_pages(web) for link in references(page, html)}
    gateways = {f"http://{e.host}{e.home}" for site in sites() for e in site.editions.values()}
    homes = {f"http://{host}/" for host in web.hosts}

    assert {page for page, _ in html_pages(web)} <= linked | gateways | homes


def test_no_page_is_dated_after_the_cutoff(web: DemoWeb) -> None:
    dates = re.compile(r'(?:name="PubDate" content="|datetime="|发布时间：|\[)(\d{4}-\d\d-\d\d)')
    found = [date for _, html in html_pages(web) for date in dates.findall(html)]

    assert len(found) > 500
    assert max(found) <= CUTOFF.isoformat()
    assert all(
        text.day is None or text.day <= CUTOFF for s in sites() for e in s.editions.values() for _, text in e.texts
    )


def test_the_gbk_site_cannot_be_read_as_the_gb2312_that_it_declares(web: DemoWeb) -> None:
    answer = web.answer("www.rongshan.gov.example", "/main.html")
    assert answer is not None
    body = answer.body

    assert b"charset=gb2312" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")
    assert "镕山市" in body.decode("gb18030")
    assert any("堃" in html for url, html in html_pages(web) if "rongshan" in url)


def test_the_calendar_always_offers_one_month_more(web: DemoWeb) -> None:
    url = "http://en.zean.gov.example/calendar?month=2026-11"
    for _ in range(30):
        answer = web.answer("en.zean.gov.example", url.partition(".example")[2])
        assert answer is not None
        url = list(references(url, answer.body.decode()))[-1]

    assert url == "http://en.zean.gov.example/calendar?month=2029-05"


@pytest.mark.parametrize("month", ["2026-13", "x", "2026", "-", "2026-00"])
def test_the_calendar_knows_no_month_that_is_none(web: DemoWeb, month: str) -> None:
    assert ask(web, f"http://en.zean.gov.example/calendar?month={month}") == 404


def test_the_home_pages_behind_gateways_carry_no_text_of_their_own(web: DemoWeb) -> None:
    pages = dict(html_pages(web))

    assert 'window.location.href="/linshuo/index.html"' in pages["http://www.linshuo.gov.example/"]
    assert 'http-equiv="refresh" content="0; url=/portal/"' in pages["http://www.zean.gov.example/"]
    assert '<frame name="main" src="/main.html">' in pages["http://www.rongshan.gov.example/"]


def test_the_hostile_letter_is_data_and_no_markup(web: DemoWeb) -> None:
    html = dict(html_pages(web))[EXPECTED_SITES["nca"]["hostile"]]
    tree = lxml.html.document_fromstring(re.sub(r"[\x00-\x08\x0e-\x1f]", "", html))

    assert "\x1b[31m" in html and "\u202e" in html
    assert tree.findtext(".//title").startswith('=HYPERLINK("http://evil.example/"')
    assert not [script for script in tree.xpath("//script") if "alert" in (script.text or "")]


def test_each_chinese_side_has_between_a_dozen_and_thirty_five_pages() -> None:
    for site in sites():
        for language, edition in site.editions.items():
            if language == "zh":
                assert 12 <= len(edition.paths) <= 35, site.id


def test_the_roster_lists_every_site_once_and_its_home_answers_as_expected(web: DemoWeb) -> None:
    with ROSTER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert sorted(row["id"] for row in rows) == [site.id for site in sites()]
    for row in rows:
        reason = EXPECTED_SITES[row["id"]].get("reason")
        usual = {"dead": {None}, "blocked": {200, 412}}.get(reason, {200})
        assert ask(web, row["url"]) in usual, row["id"]
        assert {row["cohort"]} <= {"ministry", "province", "capital", "prefecture", "district", "county"}


def test_no_address_of_the_demonstration_is_a_real_host(web: DemoWeb) -> None:
    assert all(host.endswith((".gov.example", ".dailynews.example")) for host in web.hosts)


def test_past_visits_are_twenty_a_day_and_fail_as_often_as_the_site_says() -> None:
    visits = past_visits()
    by_site = {visit.site_id: [v for v in visits if v.site_id == visit.site_id] for visit in visits}
    found = {site: availability_of(made) for site, made in by_site.items()}
    assert {each.full_days for each in found.values()} == {7}
    assert (found["liuxi"].failed, found["liuxi"].slow) == (9, 2)
    assert found["yunhe"].share == 0


def test_past_visits_are_kept_once(tmp_path) -> None:
    engine = open_workspace(tmp_path / "ws", create=True).archive.engine
    for _ in range(2):
        store_past_visits(engine)
    since, until = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
    assert len(stored_visits(engine, "liuxi", "en", since, until)) == 140
