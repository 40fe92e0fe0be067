import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import scoring
from scoring.reports import write_reports
from scoring.reports.chart import contributions, ranking_chart
from scoring.reports.evidence_pages import MOST_SOURCE, archived_page
from scoring.reports.html import environment, policy_digest
from scoring.reports.profile_chart import Standing, profile_chart, standings
from scoring.reports.site_pages import site_pages
from scoring.scorecard import CategoryScore

CONFTEST = Path(__file__).with_name("conftest.py")


class Tags(HTMLParser):
    """Every start tag of a page with its attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def links(self) -> list[str]:
        return [attributes.get("href") or "" for tag, attributes in self.tags if tag == "a"]


@pytest.fixture(scope="session")
def pages(folder: Path) -> dict[str, Tags]:
    return {
        path.relative_to(folder).as_posix(): Tags(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")
    }


def test_no_page_holds_a_script_but_ours_or_asks_the_network_for_anything(pages):
    for name, page in pages.items():
        for tag, attributes in page.tags:
            assert tag not in ("link", "object", "embed", "form", "base", "img"), name
            assert not any(key.startswith("on") or key in ("src", "xlink:href") for key in attributes), name
            assert "url(" not in (attributes.get("style") or ""), name
        policies = [a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none'")


def test_every_page_and_table_says_how_much_weight_its_edition_leaves_unspecified(report, tmp_path):
    write_reports(replace(report, unspecified=0.55), tmp_path / "round")
    written = {path.name: path.read_text("utf-8-sig") for path in (tmp_path / "round").rglob("*.*ml")}
    assert {"report.html", "statistics.html", "robustness.html"} <= written.keys()
    assert [name for name, text in written.items() if "55% of the weight unspecified" not in text] == []
    for path in (tmp_path / "round").glob("*.csv"):
        head, *lines = path.read_text("utf-8-sig").splitlines()
        assert "unspecified" in head.split(","), path.name
        assert all(",0.55" in line for line in lines), path.name


def test_links_lead_to_the_web_or_to_a_file_that_is_there(pages, folder):
    for name, page in pages.items():
        for link in page.links():
            if not re.match("https?://", link):
                target, _, anchor = link.partition("#")
                assert not target or ((folder / name).parent / target).is_file(), (name, link)
                assert not anchor or any(a.get("id") == anchor for _, a in page.tags), (name, link)


def test_links_to_the_web_tell_nothing_of_where_they_come_from(pages):
    for page in pages.values():
        for tag, attributes in page.tags:
            if tag == "a" and (attributes.get("href") or "").startswith("http"):
                assert attributes["rel"] == "noreferrer noopener"


def test_crawled_text_is_escaped_and_bidi_controls_are_gone(folder, pages):
    for name in pages:
        text = (folder / name).read_text(encoding="utf-8")
        scripts = re.findall("<script>(.*?)</script>", text, re.DOTALL)
        assert text.count("<script") == len(scripts) == (2 if name == "weights.html" else 1)
        allowed = " ".join(f"'{policy_digest(script)}'" for script in scripts)
        assert f"script-src {allowed};" in text  # the policy lets these run and no other
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "<script>alert(1)</script>" in pages["report.html"].text
    assert "newest page\n is <i>new</i>" in pages["sites/a.html"].text
    assert "javascript:alert(2)" in pages["parity/a.html"].text


def test_every_site_has_a_page_and_the_ranking_links_it(pages):
    sites = {name for name in pages if name.startswith("sites/")}
    assert len(sites) == 5
    assert sites <= set(pages["report.html"].links())


def test_every_measured_line_links_to_an_evidence_page_that_exists(report, folder):
    text = (folder / "sites/a.html").read_text(encoding="utf-8")
    rows = [row for row in re.findall(r"<tr[ >].*?</tr>", text, re.DOTALL) if 'class="badge measured"' in row]
    assert len(rows) == 4
    for row in rows:
        cited = re.findall(r'href="\.\./(evidence/[^"]+)"', row)
        assert cited
        assert all((folder / path).is_file() for path in cited)


def test_an_unmeasured_line_looks_different_from_a_zero(folder):
    rows = (folder / "sites/a.html").read_text(encoding="utf-8").split("<tr")[1:]
    zero = next(row for row in rows if "broken_link_share" in row)
    unmeasured = next(row for row in rows if "the mailbox page timed out" in row)
    assert "0.00" in zero
    assert "uncounted" not in zero
    assert "uncounted" in unmeasured
    assert "does not count" in unmeasured


def test_an_unranked_site_says_why_in_the_ranking_and_on_its_page(pages):
    assert "a firewall answered us" in pages["report.html"].text
    assert "a firewall answered us" in pages["sites/d.html"].text
    assert "the site was not scored in this round" in pages["report.html"].text


def test_fixes_are_named_in_order_the_largest_gain_first(pages):
    text = pages["sites/a.html"].text
    assert text.index("+15.00") < text.index("+10.00") < text.index("+1.00")
    assert text.index("+1.00") < text.index("+0.50")


def test_missing_counterparts_are_shown(pages):
    text = pages["parity/a.html"].text
    assert "not found in this version" in text
    assert "no Chinese source found" in text
    assert "no such column found" in text
    assert "no counterpart found" in pages["sites/a.html"].text
    assert "../parity/a.html" in pages["sites/a.html"].links()


def test_an_evidence_page_says_where_the_capture_lies_and_what_rests_on_it(pages):
    text = pages["evidence/0101010101010101-1.html"].text
    for wanted in ("archive/2026-000.warc.gz:1000", "sha256:0101", "2026-03-01 00:30:00 UTC", "200", "last updated"):
        assert wanted in text
    assert "../sites/b.html" in pages["evidence/0101010101010101-1.html"].links()


def test_the_archived_page_is_framed_without_rights_and_its_source_is_readable(pages):
    page = pages["evidence/0101010101010101-1.html"]
    frame = next(attributes for tag, attributes in page.tags if tag == "iframe")
    assert frame["sandbox"] == ""
    inside = Tags(frame["srcdoc"])
    assert inside.tags[1][1]["content"].startswith("default-src 'none'")
    assert not any(tag == "link" for tag, _ in inside.tags)
    assert "City News" in inside.text
    assert '<link rel="preconnect" href="https://evil.example/">' in page.text
    assert "[U+202E]esrever" in page.text


def test_a_capture_that_the_archive_cannot_give_back_has_a_page_that_says_so(pages):
    page = pages["evidence/0303030303030303-3.html"]
    assert "the record at 3000 ends early" in page.text
    assert not any(tag == "iframe" for tag, _ in page.tags)


def test_long_source_is_cut_and_what_is_no_text_is_only_described():
    long = archived_page(b"a" * (MOST_SOURCE + 5), "text/html")
    assert (len(long.source), long.length) == (MOST_SOURCE, MOST_SOURCE + 5)
    picture = archived_page(b"\x89PNG\r\n", "image/png")
    assert (picture.frame, picture.source) == ("", "")
    assert "image/png" in picture.problem


def test_the_parts_of_a_bar_add_up_to_the_total_and_leave_the_unmeasured_out(report):
    card = report.scorecards()[0]
    assert contributions(card) == [("disclosure", pytest.approx(card.total))]
    assert contributions(replace(card, total=None)) == []


def test_a_chart_of_nothing_is_no_chart_and_names_in_it_are_escaped(report):
    entries = report.entries("province")
    assert ranking_chart(entries[2:], report.categories()) is None
    drawn = ranking_chart(entries, report.categories())
    assert "甲省人民政府" in drawn
    assert "&lt;script" in ranking_chart(
        [replace(e, site=replace(e.site, name="<script>")) for e in entries], report.categories()
    )


def test_a_chart_of_zero_totals_is_drawn(report):
    zero = [replace(e, scorecard=replace(e.scorecard, total=0.0)) for e in report.entries("province")[:1]]
    assert "0.00" in ranking_chart(zero, report.categories())


def test_a_profile_shows_each_category_beside_the_median_and_the_best_of_the_cohort(report):
    entries, card = report.entries("province"), report.scorecards()[0]
    assert standings(entries) == {"disclosure": Standing(median=57, best=60, sites=2)}
    drawn = profile_chart(card.categories, standings(entries), report.titles.categories)
    for words in ("Disclosure", "信息公开", "60.0", "median: 57", "best: 60", "–"):  # a gap is no zero
        assert words in drawn
    assert "<script" not in drawn
    assert drawn == profile_chart(card.categories, standings(entries), report.titles.categories)


def test_a_cohort_of_one_has_nothing_to_stand_beside_and_no_score_makes_no_profile(report):
    assert standings(report.entries("province")[:1]) == {}
    assert "median:" not in profile_chart(report.scorecards()[0].categories, {}, {})
    assert profile_chart((CategoryScore("a", 1, None, 0),), {}, {}) is None
    assert "&lt;b&gt;" in profile_chart((CategoryScore("a", 1, 5, 1),), {}, {"a": ("<b>", "")})


def test_a_profile_says_in_the_table_what_it_draws(pages):
    page = pages["sites/a.html"]
    assert "Median of the cohort" in page.text
    assert "57.0" in page.text
    labels = [a["aria-label"] for tag, a in page.tags if a.get("role") == "img"]
    assert any("the table above has the numbers" in label for label in labels)


def test_another_process_writes_the_same_bytes(folder, tmp_path):
    program = (
        "import runpy, sys, pathlib; made = runpy.run_path(sys.argv[1]); "
        "made['write_reports'](made['small_round'](), pathlib.Path(sys.argv[2]))"
    )
    root = Path(scoring.__file__).parents[1]
    subprocess.run(
        [sys.executable, "-c", program, str(CONFTEST), str(tmp_path / "again")],
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": "12345", "TZ": "America/New_York", "PYTHONPATH": str(root)},
    )
    files = {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    again = tmp_path / "again"
    assert {path.relative_to(again): path.read_bytes() for path in sorted(again.rglob("*")) if path.is_file()} == files


def test_an_interrupted_run_leaves_the_reports_that_were_there_and_no_other_trace(report, tmp_path):
    write_reports(report, tmp_path / "reports")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_reports(replace(report, captures=99, body_of=interrupt), tmp_path / "reports")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_pages_of_an_earlier_run_go_and_the_files_of_others_stay(report, tmp_path):
    write_reports(report, tmp_path)
    (tmp_path / "sites" / "gone.html").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    made = write_reports(report, tmp_path)
    assert not (tmp_path / "sites" / "gone.html").exists()
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {*made, tmp_path / "notes.txt"}


def test_templates_escape_always():
    assert environment().from_string("{{ x }}").render(x="<b>\u202e\x00") == "&lt;b&gt;"


def test_a_gate_is_named_in_the_ranking_and_told_in_full_on_the_page_of_the_site(report, tmp_path):
    titles = replace(report.titles, gates={"home_dead": ("Home page dead", "首页打不开")})
    write_reports(replace(report, titles=titles), tmp_path / "r")
    ranking, site = ((tmp_path / "r" / name).read_text(encoding="utf-8") for name in ("report.html", "sites/b.html"))
    for page in (ranking, site):
        assert "Home page dead" in page
        assert "首页打不开" in page
    reason = "the home page did not &lt;open&gt;"
    assert (reason in ranking, reason in site) == (False, True)


def test_a_site_of_several_versions_leads_to_each_of_them(pages):
    page = pages["sites/a.html"]
    marked = [attributes.get("id") for _, attributes in page.tags]
    for language in ("en", "fr"):
        assert f"#version-{language}" in page.links()
        assert f"version-{language}" in marked
    assert not any(link.startswith("#version-") for link in pages["sites/b.html"].links())


def test_the_bonus_is_headed_once(report):
    card = report.ranking.scorecards[0]
    bonus = replace(card.lines[0], indicator="language_richness", category="bonus", group="bonus")
    cards = (replace(card, lines=(*card.lines, bonus)), *report.ranking.scorecards[1:])
    titles = replace(report.titles, categories={**report.titles.categories, "bonus": ("Bonus", "加分项")})
    made = replace(report, titles=titles, ranking=replace(report.ranking, scorecards=cards))
    page = dict(site_pages(made))["sites/a.html"]
    assert page.count("加分项") == 1
    assert ">bonus<" not in page
