"""`waiwen probe` on the demonstration sites."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.model import ForeignVersion, Site, Verdict
from crawler.probes import availability
from waiwen.demo.server import DemoServer
from waiwen.demo.web import DemoWeb, page
from waiwen.probe import homes_of
from waiwen.workspace import open_workspace

SITE = Site(
    "a", "甲市", "prefecture", "东", "http://www.a.gov.example/", versions=(("en", "http://en.a.gov.example/"),)
)
ROSTER = (
    "id,name,cohort,region,url,versions\n"
    "a,甲市,prefecture,东,http://www.a.gov.example/,en=http://en.a.gov.example/\n"
    "b,乙市,prefecture,东,http://www.b.gov.example/,\n"
    "c,丙市,prefecture,东,http://www.c.gov.example/,\n"
)


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(ROSTER, "utf-8")
    return path


def found(place, site, version):
    now = datetime.now(UTC)
    return availability(place.archive.engine, site, version, now - timedelta(hours=1), now + timedelta(hours=1))


def test_every_call_stores_a_visit_to_each_home_page(waiwen, roster, tmp_path):
    answers = {
        ("www.a.gov.example", "/"): page(b"<html><body>home</body></html>"),
        ("en.a.gov.example", "/"): page(b"<html><body>gone</body></html>", status=500),
        ("www.b.gov.example", "/"): page(b"<html><body>no</body></html>", status=403),
        ("www.c.gov.example", "/"): page(b"<html><body>home</body></html>"),
        ("www.c.gov.example", "/robots.txt"): page(b"User-agent: *\nDisallow: /\n", kind="text/plain"),
    }
    hits = []
    with DemoServer(DemoWeb(answers), hits=hits) as server:
        options = ("--workspace", tmp_path / "ws", "--proxy", server.proxy_url, "--delay", "0")
        code, out, _ = waiwen("probe", roster, *options, "--times", "2", "--every", "1")
    assert code == 0
    assert out.count("4 home pages visited, 1 opened, 2 did not, 1 blocked us") == 2
    assert [hit for hit in hits if hit[0] == "www.c.gov.example" and hit[1] == "/"] == []
    place = open_workspace(tmp_path / "ws")
    assert found(place, "a", "zh").visits == 2
    assert (found(place, "a", "en").failed, found(place, "a", "en").share) == (2, 1.0)
    assert (found(place, "b", "zh").blocked, found(place, "b", "zh").share) == (2, None)
    assert found(place, "c", "zh").unseen == 2


def test_the_home_pages_are_those_of_the_newest_round_or_else_of_the_site_list(tmp_path):
    place = open_workspace(tmp_path / "ws", create=True)
    urls = [home.url for home in homes_of(place, [SITE])]
    assert urls == ["http://www.a.gov.example/", "http://en.a.gov.example/"]
    started = datetime(2026, 1, 1, tzinfo=UTC)
    place.archive.start_round("r", [SITE], cutoff=date(2026, 1, 1), started=started, digest="d", settings={})
    real = ForeignVersion("a", "fr", "http://fr.a.gov.example/", "Français", "link", Verdict.REAL, "")
    dead = replace(real, language="ja", url="http://ja.a.gov.example/", verdict=Verdict.DEAD)
    place.archive.replace_versions("r", "a", [real, dead])
    place.archive.finish_step("r", "discover")
    assert [home.url for home in homes_of(place, [SITE])] == ["http://www.a.gov.example/", "http://fr.a.gov.example/"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "--contact is missing"),
        (("--contact", "a@b.example", "--timeout", "15"), "has 15 s to open"),
        (("--contact", "a@b.example", "--quiet-hours", "8-18"), "HH:MM-HH:MM"),
        (("--contact", "nobody"), "mail or web address"),
    ],
)
def test_bad_options_are_refused_before_anything_is_written(waiwen, roster, tmp_path, monkeypatch, options, told):
    monkeypatch.delenv("WAIWEN_CONTACT", raising=False)
    code, _, err = waiwen("probe", roster, "--workspace", tmp_path / "ws", *options)
    assert code == 2
    assert told in err
    assert not (tmp_path / "ws").exists()


def test_rounds_that_have_discovered_nothing_yet_or_hold_other_sites_do_not_hide_the_versions(tmp_path):
    place = open_workspace(tmp_path / "ws", create=True)

    def begin(name, site, *, discovered):
        now = datetime.now(UTC)
        place.archive.start_round(name, [site], cutoff=date(2026, 6, 30), started=now, digest="d", settings={})
        if discovered:
            place.archive.finish_step(name, "discover")

    begin("one", SITE, discovered=True)
    french = ForeignVersion("a", "fr", "http://fr.a.gov.example/", "Français", "link", Verdict.REAL, "")
    place.archive.replace_versions("one", "a", [french])
    begin("of other sites", replace(SITE, id="z"), discovered=True)
    begin("one.retest-a-1", SITE, discovered=True)
    begin("under way", SITE, discovered=False)
    assert [home.url for home in homes_of(place, [SITE])][1:] == ["http://fr.a.gov.example/"]
    begin("two", SITE, discovered=True)  # where the site has no foreign version any more
    assert [home.version for home in homes_of(place, [SITE])] == ["zh", "en"]  # as the site list declares
