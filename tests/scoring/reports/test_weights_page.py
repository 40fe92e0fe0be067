import re
from dataclasses import replace

import pytest

from crawler.browser import find_chromium, what_is_missing
from scoring.engine import score_round
from scoring.reports.weights_page import weights_page
from scoring.reports.wording import fixed
from scoring.ruleset.model import BONUS, Bonus
from scoring.ruleset.rule_set import RuleSet
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
def written(report, scored, tmp_path):
    def under(rules):
        ranking = scored(rules)
        titles = replace(report.titles, categories={c.id: (c.title.en, c.title.zh) for c in rules.categories})
        sites = tuple(entry.site for entry in ranking.entries)
        made = replace(report, ranking=ranking, sites=sites, titles=titles, fixes={}, rules=rules)
        path = tmp_path / "weights.html"
        path.write_text(weights_page(made), encoding="utf-8")
        return path

    return under


@pytest.fixture
def page(bench, written):
    return written(bench.rules(minimum_coverage=0.1, gates=()))


def rows_shown(path, moves=()):
    """What the page tells of each site, (new rank, new total, places), after sliders were moved; and its faults."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        shown = browser.new_page()
        faults = []
        shown.on("pageerror", lambda fault: faults.append(str(fault)))
        shown.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        shown.goto(path.as_uri())
        for number, value in moves:
            shown.locator(f"#w{number}").evaluate(
                "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }", str(value)
            )
        rows = {
            row.get_attribute("id").removeprefix("site-"): tuple(
                "".join(row.locator(cell).all_text_contents()) for cell in (".new-rank", ".new-total", ".moved")
            )
            for row in shown.locator("tbody tr").all()
        }
        browser.close()
    return rows, faults


def published(ranking):
    return {e.site.id: (str(e.rank), fixed(e.scorecard.total), "") for e in ranking.entries}


def test_without_its_script_the_page_is_the_published_ranking(page):
    text = page.read_text(encoding="utf-8")
    rows = re.findall(r'<tr id="site-(\w+)".*?<td class="number">(\d)</td>', text)
    assert [name for name, _ in rows] == ["beta", "gamma", "alpha"]
    assert "<img src=x" not in text
    assert "\u202e" not in text
    assert re.search(r"script-src &#39;sha256-|script-src 'sha256-", text)


@needs_browser
def test_moved_sliders_give_the_ranks_and_totals_of_the_engine(page, bench, scored):
    rules = bench.rules(minimum_coverage=0.1, gates=())
    heavier = rules.category_of("mailbox_form")
    wanted = {e.site.id: (e.rank, e.scorecard.total) for e in scored(reweighed(rules, {heavier: 90})).entries}
    place = [category.id for category in rules.categories].index(heavier) + 1
    moves = [(number, 90 if number == place else 10) for number in range(1, len(rules.categories) + 1)]
    rows, faults = rows_shown(page, moves)
    assert faults == []
    assert {name: (int(row[0]), float(row[1])) for name, row in rows.items()} == {
        name: (rank, pytest.approx(total, abs=0.005)) for name, (rank, total) in wanted.items()
    }


@needs_browser
@pytest.mark.parametrize("weight", [60.0, 66.7])
def test_unmoved_sliders_give_the_published_ranking(bench, written, scored, weight):
    rules = reweighed(bench.rules(minimum_coverage=0.1, gates=()), {"disclosure": weight})
    assert rows_shown(written(rules)) == (published(scored(rules)), [])


@needs_browser
def test_a_cohort_of_its_own_weights_starts_from_them(bench, written, scored):
    rules = bench.rules(minimum_coverage=0.1, gates=())
    own = {**{c.id: c.weight for c in rules.categories}, "disclosure": 20.0, "management": 80.0}
    province, *others = rules.cohorts
    rules = RuleSet.model_construct(
        **{**dict(rules), "cohorts": (province.model_copy(update={"weights": own}), *others)}
    )
    ranking = scored(rules)
    assert {c.weight for c in ranking.scorecards[0].categories} == {20.0, 80.0}
    path = written(rules)
    assert 'value="60"' in path.read_text(encoding="utf-8")
    assert rows_shown(path) == (published(ranking), [])


@needs_browser
def test_a_bonus_is_given_where_the_new_total_opens_it(bench, written, scored):
    given = bench.rules().rule("social_accounts").model_copy(update={"group": BONUS})
    indicators = tuple(given if rule.id == given.id else rule for rule in bench.rules().indicators)
    rules = bench.rules(
        minimum_coverage=0.1, gates=(), indicators=indicators, bonus=Bonus(cap=5.0, opens_at=70.0, status="proposed")
    )
    path, ranking = written(rules), scored(rules)
    assert {e.site.id: e.scorecard.bonus for e in ranking.entries}["alpha"] == 0
    assert rows_shown(path) == (published(ranking), [])
    assert rows_shown(path, [(1, 90), (2, 10)])[0]["alpha"][1] == "95.00"  # 90 of 100, and the bonus of 5


@needs_browser
def test_totals_by_deduction_are_not_tried_on_the_page(bench, written):
    path = written(bench.rules(minimum_coverage=0.1, gates=(), method="deduction"))
    text = path.read_text(encoding="utf-8")
    assert "waiwen rules try" in text
    assert '<input type="range"' not in text
    rows, faults = rows_shown(path)
    assert faults == []
    assert all(row == ("", "", "") for row in rows.values())
