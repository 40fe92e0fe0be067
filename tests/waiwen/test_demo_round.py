"""A whole round on the demonstration sites, held against what their author wrote down of them."""

import csv
import importlib.util
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from statistics import median

import pytest
from ruamel.yaml import YAML

from scoring.advice import advice_for
from scoring.chinese.sentences import in_chinese
from scoring.comparison.rounds import compare
from scoring.editions import bundled_mappings, edition_path
from scoring.engine import score_round
from scoring.pairing.dictionary import dictionary_available
from scoring.readings.spelling import speller
from scoring.registry import registry
from scoring.ruleset.loading import default_rules_path, load_rules
from waiwen.compare import snapshot
from waiwen.demo import EXPECTED
from waiwen.workspace import open_workspace

_spec = importlib.util.spec_from_file_location(
    "golden_tables", Path(__file__).parents[2] / "scripts" / "golden_tables.py"
)
golden = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(golden)

SITES = YAML(typ="safe", pure=True).load(EXPECTED)["sites"]
REAL = [
    pytest.param(site, language, expected, id=f"{site}-{language}")
    for site, facts in SITES.items()
    for language, expected in facts["versions"].items()
    if expected["verdict"] == "real"
]
# A service that is there earns something by one of these; one that is not, by none.
FEATURES = {
    "visa": ("visa_topics",),
    "investment": ("investment_environment", "investment_guide"),
    "tourism": ("tourism_facets",),
    "mailbox": ("mailbox_form",),
    "hotline": ("hotline_international",),
}
WEIGHED = [stanza["id"] for stanza in YAML(typ="safe", pure=True).load(default_rules_path())["indicators"]]
# Every indicator that carries points tells the sites apart, but for the one that needs a browser: the demonstration
# opens none. tests/waiwen/test_rendering.py has two values of it.
TELLING = [name for name in WEIGHED if name != "axe_serious_violations"]
# The menu names policies, and the article on foreign investors stands under them.
UNSEEN_FEATURES = {("songling", "ko", "investment")}


def command(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "waiwen", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "ws"
    done = command("demo", "--workspace", str(folder))
    assert done.returncode == 0, done.stderr
    assert "report.html" in done.stdout
    assert "Traceback" not in done.stderr
    return folder


@pytest.fixture(scope="session")
def tables(workspace):
    def read(name):
        with (workspace / "reports" / "demo" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return {name: read(name) for name in ("ranking", "measurements", "versions", "pairs", "failures", "columns")}


def stored(workspace, *version_and_indicator):
    """What was measured, whether it has a weight in this edition or not."""
    query = "SELECT outcome, value, note FROM measurement WHERE site_id = ? AND language = ? AND indicator = ?"
    with closing(sqlite3.connect(workspace / "waiwen.db")) as database:
        return database.execute(query, version_and_indicator).fetchone()


def rows(table, **wanted):
    return [row for row in table if all(row[key] == value for key, value in wanted.items())]


@pytest.mark.parametrize("site", SITES)
def test_a_site_is_ranked_exactly_when_it_has_a_real_version(tables, site):
    (row,) = rows(tables["ranking"], site=site)
    assert bool(row["rank"]) == SITES[site]["ranked"]
    assert bool(row["total"]) == SITES[site]["ranked"]
    assert bool(row["reason"]) != SITES[site]["ranked"]


@pytest.mark.parametrize("site", SITES)
def test_the_versions_of_a_site_are_found_with_their_verdicts(tables, site):
    found = {row["language"]: row["verdict"] for row in rows(tables["versions"], site=site)}
    assert found == {language: facts["verdict"] for language, facts in SITES[site]["versions"].items()}


@pytest.mark.parametrize(("site", "language", "expected"), REAL)
def test_the_newest_date_is_the_one_that_was_written(tables, site, language, expected):
    (row,) = rows(tables["measurements"], site=site, language=language, indicator="days_since_update")
    if expected["newest"] is None:
        assert row["outcome"] == "not_measured"
    else:
        assert row["note"].endswith(str(expected["newest"]))


@pytest.mark.parametrize(("site", "language", "expected"), REAL)
def test_links_that_lead_nowhere_are_found_and_no_others(tables, site, language, expected):
    gone = {row["url"] for row in rows(tables["failures"], site=site, version=language) if row["status"] == "404"}
    assert gone <= set(expected["broken"])
    assert len(gone) >= len(expected["broken"]) - 1


@pytest.mark.parametrize(("site", "language", "expected"), REAL)
def test_a_service_that_is_there_is_measured_as_there(workspace, site, language, expected):
    for feature, indicators in FEATURES.items():
        values = {name: stored(workspace, site, language, name) for name in indicators}
        earned = any(value for _, value, _ in values.values())
        if feature in expected["features"] and (site, language, feature) not in UNSEEN_FEATURES:
            assert earned, values
        elif feature != "hotline":  # a plain number in international form serves a caller too
            assert not earned, values


@pytest.mark.parametrize(("site", "language", "expected"), REAL)
def test_no_page_is_paired_with_the_wrong_one(tables, site, language, expected):
    true = {tuple(pair) for pair in expected["pairs"]}
    known = set().union(*true) if true else set()
    found = {(row["foreign_url"], row["chinese_url"]) for row in rows(tables["pairs"], site=site, language=language)}
    wrong = {pair for pair in found - true if all(pair) and known & set(pair)}
    assert wrong == set()


def test_pages_that_declare_their_counterparts_are_all_paired(tables):
    for language in ("en", "fr"):
        true = {tuple(pair) for pair in SITES["yunhe"]["versions"][language]["pairs"]}
        found = {(r["foreign_url"], r["chinese_url"]) for r in rows(tables["pairs"], site="yunhe", language=language)}
        assert true <= found


def test_bodies_left_in_chinese_are_counted(tables):
    for site, language in product(SITES, ("en",)):
        expected = SITES[site]["versions"].get(language, {})
        if expected.get("chinese_bodies"):
            (row,) = rows(tables["measurements"], site=site, language=language, indicator="untranslated_share") or [
                None
            ]
            if row is not None:
                assert row["note"].startswith(f"{len(expected['chinese_bodies'])} of ")


def test_nothing_that_failed_or_was_blocked_has_points(tables):
    for site, facts in SITES.items():
        if not facts["ranked"]:
            assert rows(tables["measurements"], site=site) == []


def test_what_robots_txt_closes_is_never_captured_and_said_so(tables):
    for site, facts in SITES.items():
        for url in facts.get("robots_closed", []):
            assert {row["failure"] for row in rows(tables["failures"], site=site, url=url)} <= {"robots"}
            assert not any(url in row["evidence_urls"] for row in tables["measurements"])
    assert rows(tables["failures"], failure="robots")


def test_every_measured_line_leads_to_an_archived_page(tables, workspace):
    page = (workspace / "reports" / "demo" / "sites" / "yunhe.html").read_text("utf-8")
    assert '<a href="../evidence/' in page
    for row in rows(tables["measurements"], outcome="measured"):
        assert row["evidence_urls"]
        assert row["warc_addresses"]


# How each host of the demonstration speaks https (`secure` in its site.yaml): https_home, certificate_days.
SECURE = {
    "yunhe": (0.5, (date(2028, 3, 31) - date(2026, 6, 30)).days - 1),  # the day of the cut-off is over
    "lanjiang": (0.5, (date(2027, 1, 31) - date(2026, 6, 30)).days - 1),
    "linshuo": (0.5, 0),  # ended
    "zean": (0.5, 0),  # for another host
    "baita": (0.5, 0),  # signed by itself
    "nanze": (0, (date(2026, 12, 31) - date(2026, 6, 30)).days - 1),  # leads back to http
}


@pytest.mark.parametrize("site", SECURE)
def test_https_and_certificates_are_measured_as_they_were_made(measured, site):
    found = measured[site, "en"]
    assert (found["https_home"].value, found["certificate_days"].value) == SECURE[site]


def test_where_the_proxy_opens_no_tunnel_nothing_is_told_of_https(measured):
    found = measured["mrl", "en"]
    assert {found[name].outcome for name in ("https_home", "certificate_days")} == {"not_measured"}


@pytest.mark.parametrize("indicator", TELLING)
def test_an_indicator_tells_the_sites_apart_by_at_least_two_values(measured, indicator):
    if indicator == "misspelled_share" and speller("en") is None:
        pytest.skip("no Hunspell dictionary of English is installed (Debian's package hunspell-en-us)")
    if indicator == "translation_lag_p90" and not dictionary_available():
        pytest.skip("without CC-CEDICT (waiwen[parity]) only one site has enough dated pairs")
    values = {measurements[indicator].value for measurements in measured.values()} - {None}
    assert len(values) >= 2, values


def test_no_indicator_ends_in_an_error(tables):
    assert rows(tables["measurements"], outcome="error") == []


def test_every_sentence_of_the_round_reads_in_chinese(measured, tables):
    said = {found.note for by_indicator in measured.values() for found in by_indicator.values()}
    said |= {row["reason"] for name in ("versions", "ranking") for row in tables[name]}
    said |= {row[column] for row in tables["failures"] for column in ("note", "advice")}
    assert {sentence for sentence in said - {""} if in_chinese(sentence) is None} == set()


def test_hostile_titles_stay_text(tables, workspace):
    (hostile,) = (facts["hostile"] for facts in SITES.values() if "hostile" in facts)
    folder = workspace / "reports" / "demo"
    pages = [path for path in folder.rglob("*.html") if hostile in path.read_text("utf-8")]
    assert pages
    for path in [*folder.rglob("*.html"), *folder.glob("*.csv")]:
        text = path.read_text("utf-8")
        assert "<script>alert" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_measured_again_without_network_the_reports_are_the_same_to_the_byte(workspace):
    folder = workspace / "reports" / "demo"
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for step in ("measure", "score", "report"):
        # A dead proxy and another hash seed: nothing may depend on either.
        done = command(step, "--workspace", str(workspace), http_proxy="http://127.0.0.1:9", PYTHONHASHSEED="7")
        assert done.returncode == 0, done.stderr
    after = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == []


def test_explain_shows_category_indicator_points_and_evidence(workspace):
    done = command("explain", "linshuo", "--workspace", str(workspace))
    assert done.returncode == 0, done.stderr
    for words in ("days_since_update", "information_disclosure", "points", ".warc.gz:", "What a fix is worth"):
        assert words in done.stdout


def test_explain_tells_the_owner_how_to_make_each_fix_in_either_language(workspace):
    fixed = {}
    for language, worth in (("en", "What a fix is worth"), ("zh", "各项改进的价值")):
        done = command("explain", "linshuo", "--workspace", str(workspace), "--language", language)
        assert done.returncode == 0, done.stderr
        told = done.stdout.partition(worth)[2].splitlines()[1:]
        fixed[language] = re.findall(r"^  \+ ?[\d.]+  (\w+) ", "\n".join(told), re.MULTILINE)
        for name in fixed[language]:
            assert getattr(advice_for(name), language) in done.stdout
    assert fixed["en"] == fixed["zh"]
    assert len(fixed["en"]) == 10
    assert "What a fix" not in done.stdout


def test_explain_says_why_a_site_is_unranked(workspace):
    done = command("explain", "beizhan", "--workspace", str(workspace))
    assert done.returncode == 0
    assert "Unranked" in done.stdout


def test_explain_of_an_unknown_site_names_those_that_there_are(workspace):
    done = command("explain", "nowhere", "--workspace", str(workspace))
    assert done.returncode == 2
    assert "yunhe" in done.stderr


def test_an_unknown_round_is_bad_input(workspace):
    done = command("score", "--workspace", str(workspace), "--round", "nowhere")
    assert done.returncode == 2
    assert "It holds: demo" in done.stderr


def test_the_archive_holds_what_its_index_says(workspace):
    done = command("archive", "verify", "--workspace", str(workspace))
    assert done.returncode == 0, done.stderr


def test_robustness_tells_ranks_tiers_and_sources_of_a_cohort(workspace):
    done = command("robustness", "--workspace", str(workspace), "--cohort", "province", "--runs", "100")
    assert done.returncode == 0, done.stderr
    assert "province: 3 ranked sites, 100 runs, seed 0" in done.stdout
    assert "sampling error" in done.stdout
    assert "capital" not in done.stdout


def test_robustness_of_a_cohort_without_ranked_sites_is_refused(workspace):
    done = command("robustness", "--workspace", str(workspace), "--cohort", "village")
    assert (done.returncode, "Cohorts with ranked sites: ministry, province" in done.stderr) == (2, True)


PARITY = [
    pytest.param(site, version["parity"], id=site)
    for site, facts in SITES.items()
    for version in facts["versions"].values()
    if "parity" in version
]


@pytest.fixture(scope="session")
def measured(workspace):
    """All that was measured, with or without a weight in the rule file: (site, language) → indicator → measurement."""
    return open_workspace(workspace).store.measurements("demo")


@pytest.mark.parametrize(("site", "truth"), PARITY)
def test_the_share_of_translated_items_is_the_one_that_was_written(measured, site, truth):
    for indicator in ("item_parity", "item_parity_news"):
        found = measured[site, "en"][indicator]
        if truth["translated"] == 0:  # not one pair: we cannot tell, and say so
            assert found.outcome == "not_measured"
        else:
            assert found.n == truth["core_items"]
            low, high = found.interval
            assert low <= truth["translated"] / truth["core_items"] <= high


@pytest.mark.parametrize(("site", "truth"), PARITY)
def test_the_lag_of_translations_is_the_one_that_was_written(measured, site, truth):
    found = measured[site, "en"]["translation_lag_days"]
    if not truth["lag_days"]:
        assert found.outcome == "not_measured"
    else:
        assert found.n == len(truth["lag_days"])
        assert found.interval[0] <= median(truth["lag_days"]) <= found.interval[1]


@pytest.mark.parametrize(("site", "truth"), PARITY)
def test_original_content_and_reposts_are_told_apart(measured, site, truth):
    found = measured[site, "en"]
    original = found["original_content_share"]
    assert original.n == truth["articles"]
    assert original.interval[0] <= truth["original"] / truth["articles"] <= original.interval[1]
    assert found["repost_count"].value == truth["reposts"]


def test_the_hours_that_reposts_took_are_measured(measured):
    ((found, truth),) = [(measured[p.values[0], "en"], p.values[1]) for p in PARITY if p.values[1]["reposts"]]
    low, high = found["reposts_within_24h"].interval
    assert low <= truth["within_24h"] / truth["reposts"] <= high
    assert found["repost_lag_hours"].n == len(truth["lag_hours"])
    assert found["repost_lag_hours"].value == pytest.approx(median(truth["lag_hours"]))


def test_each_site_that_was_compared_has_both_versions_side_by_side(workspace):
    page = (workspace / "reports" / "demo" / "parity" / "fengyan.html").read_text("utf-8")
    assert page.count("not found in this version") == 12
    assert "20 days later" in page


def test_a_round_compared_with_itself_shows_no_cause_and_says_that_no_time_has_passed(workspace, tmp_path):
    done = command("compare", "demo", "demo", "--workspace", str(workspace), "--out", str(tmp_path / "moves.csv"))
    assert done.returncode == 0, done.stderr
    assert "is not later than the first's" in done.stdout
    with (tmp_path / "moves.csv").open(encoding="utf-8-sig", newline="") as file:
        moves = [row for row in csv.DictReader(file) if row["rank_before"]]
    assert moves
    assert all(row["rank_before"] == row["rank_after"] and row["change_score"] == "0.00" for row in moves)


def test_a_round_scored_by_an_older_edition_differs_from_itself_by_the_rules_alone(workspace):
    place = open_workspace(workspace)
    now = snapshot(place, "demo")
    rules = load_rules(edition_path(2017), registry())
    versions = [version for site in now.entries() for version in place.archive.versions("demo", site)]
    sites = [entry.site for entry in now.ranking.entries]
    then = replace(now, ranking=score_round(rules, sites, versions, now.measurements), rules=rules)
    found = compare(then, now, bundled_mappings(2017, 2026))
    moved = [change for change in found.changes if change.total is not None]
    assert len(moved) >= 10
    for change in moved:
        assert (change.total.site, change.total.measurement) == pytest.approx((0, 0), abs=1e-9)
        assert change.rank.site == change.rank.measurement == 0
        assert change.total.rules == pytest.approx(change.after.scorecard.total - change.before.scorecard.total)


def test_every_indicator_stands_beside_itself_in_the_table_of_lines(workspace, tmp_path):
    done = command("compare", "demo", "demo", "--workspace", str(workspace), "--lines", str(tmp_path / "lines.csv"))
    assert done.returncode == 0, done.stderr
    with (tmp_path / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["indicator"] for line in lines} == set(WEIGHED)
    assert all(line["kind"] == "same" and line["value_before"] == line["value"] for line in lines)


def test_trends_show_a_line_a_cohort_and_round(workspace):
    done = command("trends", "--workspace", str(workspace))
    assert (done.returncode, done.stdout.count("2026-06-30")) == (0, 6)


def test_a_round_that_is_not_there_cannot_be_compared(workspace):
    done = command("compare", "demo", "nosuch", "--workspace", str(workspace))
    assert (done.returncode, "nosuch" in done.stderr) == (2, True)


def test_trying_other_weights_shows_who_would_move_and_stores_nothing(workspace, tables):
    before = (workspace / "waiwen.db").read_bytes()
    done = command("rules", "try", "--workspace", str(workspace), "--set", "information_disclosure.weight=60", "--all")
    assert done.returncode == 0, done.stderr
    assert "yunhe" in done.stdout
    assert "Nothing was stored." in done.stdout
    assert (workspace / "waiwen.db").read_bytes() == before


@pytest.mark.parametrize(("given", "words"), [("local_newz.weight=6", "Did you mean local_news?"), ("x", "Write ID")])
def test_a_weight_that_cannot_be_tried_is_refused(workspace, given, words):
    done = command("rules", "try", "--workspace", str(workspace), "--set", given)
    assert (done.returncode, words in done.stderr) == (2, True)


# ---- a scorecard of this round, recomputed by hand


def by_hand(scale, value):
    """From a value to 0..100, for the scales that the rule file has, written out a second time."""
    match scale:
        case {"full": full, "zero": zero}:  # a straight line, level beyond both ends
            return min(100, max(0, 100 * (value - zero) / (full - zero)))
        case {"share": "more"}:
            return 100 * value
        case {"share": "less"}:
            return 100 * (1 - value)
        case {"boolean": wanted}:
            return 100 if bool(value) == wanted else 0
        case {"steps": steps}:  # all of them rise: the best threshold that is met, 0 where none is
            return max((score for threshold, score in steps if value >= threshold), default=0)
    raise AssertionError(f"no arithmetic for {scale}")


def card_by_hand(rules, lines):
    """Category scores, total and coverage of one version, from its rows in measurements.csv and the rule file alone."""
    written = {rule["id"]: rule for rule in rules["indicators"]}
    earned = {
        line["indicator"]: by_hand(written[line["indicator"]]["scale"], float(line["value"]))
        for line in lines
        if line["outcome"] == "measured"
    }  # what has no value is left out with its weight
    scores, weighed, weight, counted, whole = {}, 0.0, 0.0, 0.0, 0.0
    for category in rules["categories"]:
        own = [line["indicator"] for line in lines if line["category"] == category["id"]]
        seen = [name for name in own if name in earned]
        there = sum(written[name]["weight"] for name in seen)
        counted += there
        whole += sum(written[name]["weight"] for name in own)
        if seen:
            # Points are weight times score; the category's score is its points as a part of the weight that was seen.
            scores[category["id"]] = sum(written[name]["weight"] * earned[name] for name in seen) / there
            weighed += category["weight"] * scores[category["id"]]
            weight += category["weight"]
    bonus = sum(
        written[line["indicator"]]["weight"] * earned.get(line["indicator"], 0) / 100
        for line in lines
        if line["category"] == "bonus"
    )
    total = min(100, weighed / weight + min(bonus, rules["bonus"]["cap"]))
    return scores, total, counted / whole


def test_the_scorecards_of_a_cohort_recomputed_by_hand_are_those_of_the_ranking(tables):
    """The capitals: three ranked sites, among them the one with a bonus. Nothing of the engine is used here."""
    rules = YAML(typ="safe", pure=True).load(Path(__file__).parents[2] / "indicators.yaml")
    assert rules["bonus"]["opens_at"] == 0  # so that the bonus opens for every total
    ranked = [row for row in rows(tables["ranking"], cohort="capital") if row["rank"]]
    assert len(ranked) == 3
    assert any(float(line["points"] or 0) for line in rows(tables["measurements"], category="bonus", site="yunhe"))
    totals = {}
    for row in ranked:
        lines = rows(tables["measurements"], site=row["site"], language=row["language"])
        assert {line["indicator"] for line in lines} == {rule["id"] for rule in rules["indicators"]}
        scores, totals[row["site"]], coverage = card_by_hand(rules, lines)
        # The tables show two decimals of scores, four of coverage, and six of the values that this began with.
        for category in rules["categories"]:
            assert scores[category["id"]] == pytest.approx(float(row[f"{category['id']}_score"]), abs=0.0051)
        assert totals[row["site"]] == pytest.approx(float(row["total"]), abs=0.0051)
        assert coverage == pytest.approx(float(row["coverage"]), abs=0.000051)
    # One more than the number of better sites.
    ranks = {site: 1 + sum(other > total for other in totals.values()) for site, total in totals.items()}
    assert ranks == {row["site"]: int(row["rank"]) for row in ranked}


def test_a_category_of_the_round_in_figures(tables):
    """Nanze answers to nobody but has a hotline that can be dialled from abroad: 2 of the 12 points that count.

    Interaction weighs 15 points; of 3 nothing could be measured, as there are no letters and no questions: the lag of
    replies 1, days since a reply 0.5, unanswered letters 1, days since a question 0.5.
    """
    (row,) = rows(tables["ranking"], site="nanze")
    assert row["interaction_score"] == f"{100 * 2 / 12:.2f}" == "16.67"


@pytest.fixture(scope="session")
def golden_tables(workspace):
    """The round measured without extras and scored without what depends on the machine: table → its kept text."""
    return golden.golden_tables(workspace)


@pytest.mark.parametrize("name", golden.TABLES)
def test_the_tables_are_the_golden_ones(golden_tables, name):
    made, kept = (
        text.splitlines() for text in (golden_tables[name], (golden.FOLDER / f"{name}.csv").read_text("utf-8"))
    )
    other = [line for line in made if line not in set(kept)]
    assert other[:10] == [], "if the change is meant: make golden"
    assert made == kept, "if the change is meant: make golden"
