"""Versions whose pages only scripts fill, through the whole command line: with a browser, and without."""

import csv
import sys
from pathlib import Path

import pytest

from crawler.browser import what_is_missing
from waiwen import rendering
from waiwen.demo import CUTOFF, ROSTER
from waiwen.demo.server import DemoServer
from waiwen.workspace import open_workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "crawler"))
from conftest import loopback  # noqa: F401 - the web on loopback of the crawler's tests

HOME = "http://www.a.gov.example/"
SHELL = '<html><body><div id="app"></div><script src="/app.js"></script></body></html>'
CITY = f"id,name,cohort,region,url\na,甲市,city,甲省,{HOME}\n"
WORDS = "The city publishes notices and statistics, and explains its services to residents and visitors. " * 3
CHINESE = "本市发布公告和统计数据，并向居民和来访者介绍各项公共服务和办事流程，欢迎各界人士来信来访。" * 3

needs_a_browser = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing() or "there is a browser")


@pytest.fixture
def city(loopback, tmp_path):  # noqa: F811
    """A site whose every page is one shell; a script writes text and links, by the page's address."""
    script = f"""
      const app = document.getElementById("app"), path = location.pathname;
      if (path === "/") app.innerHTML = '<p>{CHINESE}</p><a href="/en/">English</a><a href="/gk/1.html">政务公开</a>';
      else if (path === "/en/") app.innerHTML = '<p>{WORDS}</p>' +
        [1, 2, 3, 4].map(n => `<a href="/en/news/${{n}}.html">Item ${{n}}</a>`).join(" ");
      else if (path.startsWith("/en/")) app.innerHTML = `<h1>Item ${{path}}</h1><p>{WORDS}</p>`;
      else app.innerHTML = `<h1>${{path}}</h1><p>{CHINESE}</p>`;
    """
    for path in ("", "en/", "gk/1.html", *(f"en/news/{n}.html" for n in range(1, 5))):
        loopback.page(f"{HOME}{path}", SHELL)
    loopback.page(f"{HOME}app.js", script, Content_Type="text/javascript")
    (tmp_path / "sites.csv").write_text(CITY, encoding="utf-8")
    return loopback


def audit(waiwen, tmp_path, proxy, *options, pages=20):
    manners = ("--delay", "0", "--max-pages", pages, "--proxy", proxy, "--workers", "1")
    return waiwen("audit", tmp_path / "sites.csv", "--workspace", tmp_path / "ws", "--round", "r", *manners, *options)


def versions(tmp_path):
    return {version.language: version for version in open_workspace(tmp_path / "ws").archive.versions("r", "a")}


@needs_a_browser
def test_a_site_built_by_scripts_is_found_crawled_and_measured_with_a_browser(waiwen, city, tmp_path):
    code, _, told = audit(waiwen, tmp_path, city.proxy, "--render")
    assert code == 0, told
    assert versions(tmp_path)["en"].verdict == "real", versions(tmp_path)
    captured = {capture.final_url for capture in open_workspace(tmp_path / "ws").archive.captures("r", "a")}
    assert {f"{HOME}en/news/{n}.html" for n in range(1, 5)} <= captured
    assert len(city.asked(f"{HOME}en/news/1.html")) == 2  # once plainly, once by the browser
    pictures = {path.name for path in (tmp_path / "ws" / "screenshots" / "r").glob("*.png")}
    assert pictures == {"a-zh.png", "a-en.png"}


@needs_a_browser
def test_what_axe_finds_tells_the_versions_of_a_demonstration_site_apart(waiwen, tmp_path):
    header, *rows = ROSTER.read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "sites.csv").write_text(header + next(row for row in rows if row.startswith("songling,")), "utf-8")
    with DemoServer() as server:
        code, _, told = audit(waiwen, tmp_path, server.proxy_url, "--render", "--cutoff", CUTOFF, pages=6)
    assert (code, "12 pages examined by axe-core" in told) == (0, True), told
    measured = open_workspace(tmp_path / "ws").store.measurements("r")
    values = {language: found["axe_serious_violations"].value for (_, language), found in measured.items()}
    assert values == {"en": 1, "ja": 0, "ko": 0}


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr(rendering, "what_is_missing", lambda: "No browser here. `apt-get install chromium`.")


def test_without_a_browser_such_a_site_is_not_measured_and_the_user_told_what_to_install(
    waiwen, city, tmp_path, no_browser
):
    city.page(
        HOME, f'<html><body><p>{CHINESE}</p><a href="/en/">English</a><a href="/gk/1.html">政务</a></body></html>'
    )
    _, _, told = audit(waiwen, tmp_path, city.proxy)
    english = versions(tmp_path)["en"]
    assert english.verdict == "not_captured"
    assert english.reason.startswith("Its home page needs a browser: its scripts fill the empty element #app")
    assert "pages need a browser, such as" in told
    assert "apt-get install chromium" in told
    with (tmp_path / "ws" / "reports" / "r" / "failures.csv").open(encoding="utf-8-sig") as file:
        rows = {row["url"]: row for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    assert "waiwen[browser]" in rows[f"{HOME}en/"]["advice"]


def test_rendering_that_is_asked_for_needs_a_browser_before_the_first_request(waiwen, city, tmp_path, no_browser):
    code, _, told = audit(waiwen, tmp_path, city.proxy, "--render")
    assert code == 2
    assert "apt-get install chromium" in told
    assert city.hits == []


def test_no_browser_is_asked_for_where_rendering_is_switched_off(waiwen, city, tmp_path, no_browser):
    _, _, told = audit(waiwen, tmp_path, city.proxy, "--no-render")
    assert "browser" not in told.replace("needs a browser", "")
