import re
from dataclasses import replace

import pytest

from crawler.browser import find_chromium, what_is_missing
from scoring.engine import score_round
from scoring.reports import write_reports
from scoring.what_if import reweighed

needs_browser = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing() or "there is a browser")
HOSTILE = '<img src=x onerror="document.title=1">"\u202e'


@pytest.fixture
def found(bench):
    return {
        "alpha": bench.small(mailbox=0),
        "beta": bench.small(days=100, parity=0.4, accounts=1),
        "gamma": {**bench.small(parity=0), "mailbox_form": bench.unseen()},
    }


@pytest.fixture
def scored(bench, found):
    def by(rules):
        sites = [replace(bench.site(name, "province"), name=HOSTILE + name) for name in found]
        versions = [bench.version(name, "en") for name in found]
        return score_round(rules, sites, versions, {(name, "en"): each for name, each in found.items()})

    return by


@pytest.fixture
def page(report, bench, scored, tmp_path):
    rules = bench.rules(minimum_coverage=0.1, gates=())
    ranking = scored(rules)
    titles = replace(report.titles, categories={c.id: (c.title.en, c.title.zh) for c in rules.categories})
    sites = tuple(entry.site for entry in ranking.entries)
    write_reports(replace(report, ranking=ranking, sites=sites, titles=titles, fixes={}), tmp_path / "r")
    return tmp_path / "r" / "weights.html"


def test_without_its_script_the_page_is_the_published_ranking(page):
    text = page.read_text(encoding="utf-8")
    rows = re.findall(r'<tr id="site-(\w+)".*?<td class="number">(\d)</td>', text)
    assert [name for name, _ in rows] == ["beta", "gamma", "alpha"]
    assert "<img src=x" not in text
    assert "\u202e" not in text
    assert re.search(r"script-src &#39;sha256-|script-src 'sha256-", text)


@needs_browser
def test_moved_sliders_give_the_ranks_and_totals_of_the_engine(page, bench, scored):
    from playwright.sync_api import sync_playwright

    rules = bench.rules(minimum_coverage=0.1, gates=())
    heavier = rules.category_of("mailbox_form")
    wanted = {e.site.id: (e.rank, e.scorecard.total) for e in scored(reweighed(rules, {heavier: 90})).entries}
    place = [category.id for category in rules.categories].index(heavier) + 1
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        shown = browser.new_page()
        faults = []
        shown.on("pageerror", lambda fault: faults.append(str(fault)))
        shown.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        shown.goto(page.as_uri())
        title = shown.title()
        unmoved = shown.locator(".moved").all_inner_texts()
        for number in range(1, len(rules.categories) + 1):
            value = "90" if number == place else "10"
            shown.locator(f"#w{number}").evaluate(
                "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }", value
            )
        rows = {
            row.get_attribute("id").removeprefix("site-"): (
                int(row.locator(".new-rank").inner_text()),
                float(row.locator(".new-total").inner_text()),
            )
            for row in shown.locator("tbody tr").all()
        }
        browser.close()
    assert faults == []
    assert title.startswith("Other weights")
    assert unmoved == ["", "", ""]
    assert rows == {name: (rank, pytest.approx(total, abs=0.005)) for name, (rank, total) in wanted.items()}
