import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Verdict
from scoring.engine import score_round, score_version, waiting_for_review
from scoring.evidence import Measurement, Outcome
from scoring.gains import fixes

UNREAL = [verdict for verdict in Verdict if verdict is not Verdict.REAL]
VALUES = st.fixed_dictionaries(
    {
        "days_since_update": st.none() | st.integers(0, 400),
        "social_accounts": st.none() | st.integers(0, 5),
        "column_parity": st.none() | st.floats(0, 1),
        "mailbox_form": st.none() | st.booleans(),
    }
)
BETTER = {"days_since_update": -1, "social_accounts": 1, "column_parity": 1, "mailbox_form": 1}


def measurements(bench, values):
    return {name: bench.unseen() if value is None else bench.found(value) for name, value in values.items()}


def score(bench, found, **changes):
    return score_version(bench.rules(**changes), bench.site(), bench.version(), found)


def one_round(bench, found, verdicts=None, problems=None, cohorts=None, rules=None):
    """A round of sites with an English version each: site id → measurements."""
    sites = [bench.site(name, (cohorts or {}).get(name, "province")) for name in found]
    versions = [bench.version(name, "en", (verdicts or {}).get(name, Verdict.REAL)) for name in found]
    by_version = {(name, "en"): each for name, each in found.items()}
    return score_round(rules or bench.rules(), sites, versions, by_version, problems or {})


# ---- one version


def test_a_scorecard_recomputed_by_hand_in_plain_arithmetic(bench):
    """The worked number of docs/scoring.md, under the rule file that comes with waiwen."""
    values = {
        **{"overview_facets": 5, "policy_documents": 20, "visa_topics": 3},
        **dict.fromkeys(["business_facets", "education_facets", "tourism_facets"], 4),
        **dict.fromkeys(["mailbox_form", "mobile_viewport"], 1),
        **dict.fromkeys(["hotline_international", "faq_count", "charset_mismatch_share"], 0),
        "days_since_update": 30,
        "updates_in_90_days": 13,
        "untranslated_share": 0.06,
        "undated_share": 0.1,
        "social_accounts": 2,
        "broken_link_share": 0.02,
        "language_tags_share": 0.5,
        "identity_footer": 0.75,
        **dict.fromkeys(["column_parity", "item_parity", "investment_guide"], None),
    }
    rules = bench.worked()
    card = score_version(rules, bench.site(), bench.version(), measurements(bench, values))

    disclosure = 7 + 2 * 150 / 173 + 1 + 4.5 + 3.5 * 0.24 / 0.3 + 2 * 0.9  # of 7 + 2 + 2 + 4.5 + 3.5 + 2 = 21
    services = 5 + 5 + 4 + 4  # of 18
    interaction = 8 + 0 + 4 * 0.8 + 0  # of 20
    management = 6 * 0.8 + 4 * 0.5 + 3 + 3 * 0.75 + 4  # of 20
    expected = [100 * disclosure / 21, 100 * services / 18, 100 * interaction / 20, 100 * management / 20]
    total = (expected[0] * 30 + expected[1] * 30 + expected[2] * 20 + expected[3] * 20) / 100

    assert [category.score for category in card.categories] == pytest.approx(expected, abs=1e-9)
    assert card.total == pytest.approx(total, abs=1e-9)
    assert card.coverage == pytest.approx((21 + 18 + 20 + 20) / 100)
    points = disclosure + services + interaction + management
    assert [f"{number:.2f}" for number in (card.total, points, 100 * points / 79)] == ["84.16", "64.08", "81.12"]
    (gain,) = (fix.gain for fix in fixes(rules, card) if fix.indicator == "updates_in_90_days")
    assert f"{gain:.2f}" == "1.43"


def test_a_line_carries_the_measurement_and_what_the_rules_made_of_it(bench):
    line = next(line for line in score(bench, bench.small(accounts=1)).lines if line.indicator == "social_accounts")
    assert (line.category, line.group, line.unit, line.weight, line.status) == (
        ("disclosure", "news", "count", 14.5, "proposed")
    )
    assert (line.scaled, line.points, line.measurement.value) == (50, 7.25, 1)


def test_full_marks_give_a_hundred_and_no_marks_zero(bench):
    assert score(bench, bench.small()).total == 100
    assert score(bench, bench.small(days=180, accounts=0, parity=0, mailbox=0)).total == 0


@pytest.mark.parametrize("outcome", [Outcome.NOT_MEASURED, Outcome.NOT_APPLICABLE, Outcome.ERROR])
def test_what_has_no_value_is_left_out_by_default(bench, outcome):
    card = score(bench, {**bench.small(), "column_parity": bench.unseen(outcome)})
    assert (card.total, card.coverage) == (100, 0.8)
    assert [line.points for line in card.lines if line.indicator == "column_parity"] == [None]


def test_a_rule_can_make_a_missing_value_cost_all_points(bench):
    rules = bench.rules()
    strict = rules.rule("column_parity").model_copy(
        update={"when": rules.rule("column_parity").when.model_copy(update={"not_applicable": "zero"})}
    )
    indicators = tuple(strict if rule.id == strict.id else rule for rule in rules.indicators)
    found = {**bench.small(), "column_parity": bench.unseen(Outcome.NOT_APPLICABLE)}
    assert score(bench, found, indicators=indicators).total == pytest.approx(80)
    unseen = {**bench.small(), "column_parity": bench.unseen(Outcome.NOT_MEASURED)}
    assert score(bench, unseen, indicators=indicators).total == 100
    absent = {name: each for name, each in found.items() if name != "column_parity"}
    assert score(bench, absent, indicators=indicators).total == 100


def test_what_waits_for_review_is_left_out_and_listed(bench):
    card = score(
        bench,
        {**bench.small(), "mailbox_form": bench.unseen(), "social_accounts": bench.unseen()},
        minimum_coverage=0.4,
    )
    assert [line.indicator for line in waiting_for_review(bench.rules(), card)] == ["mailbox_form"]
    assert card.total == 100


def test_an_indicator_that_the_round_holds_no_measurement_of_is_left_out_and_says_so(bench):
    found = {name: each for name, each in bench.small().items() if name != "mailbox_form"}
    card = score(bench, found)
    (line,) = (line for line in card.lines if line.indicator == "mailbox_form")
    assert (line.points, line.measurement.note) == (None, "this round holds no measurement of it")
    assert waiting_for_review(bench.rules(), card) == ()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_value_that_is_no_finite_number_is_an_error_of_ours_and_costs_nothing(bench, value):
    card = score(bench, {**bench.small(), "column_parity": bench.found(value)})
    (line,) = (line for line in card.lines if line.indicator == "column_parity")
    assert (line.measurement.outcome, line.points, card.total) == (Outcome.ERROR, None, 100)


@pytest.mark.parametrize("verdict", UNREAL)
def test_a_version_that_is_not_real_has_no_total_and_no_points_whatever_was_measured(bench, verdict):
    version = bench.version("a", "fr", verdict, reason="The sign on its door.")
    card = score_version(bench.rules(), bench.site(), version, bench.small())
    assert (card.total, card.lines, card.gates, card.coverage) == (None, (), (), 0)
    assert card.reason.startswith("the fr version ")
    assert "(The sign on its door)" in card.reason


def test_a_version_of_which_nothing_could_be_measured_has_no_total_even_where_that_costs_points(bench):
    rules = bench.rules(minimum_coverage=0.0)
    harsh = tuple(
        rule.model_copy(update={"when": rule.when.model_copy(update={"not_measured": "zero"})})
        for rule in rules.indicators
    )
    card = score(bench, dict.fromkeys(bench.small(), bench.unseen()), indicators=harsh, minimum_coverage=0.0)
    assert (card.total, card.reason) == (None, "nothing could be measured")


def test_below_the_minimum_coverage_there_is_no_total_and_the_reason_is_never_rounded_up(bench):
    found = {"mailbox_form": bench.found(1), "column_parity": bench.found(1)}
    card = score(bench, found, minimum_coverage=0.6001)
    assert card.total is None
    assert card.reason == "coverage below minimum: 60 % of the weight could be scored, 60.01 % is needed"
    assert card.categories[1].score == 100
    assert score(bench, found, minimum_coverage=0.6).total == 100


@settings(max_examples=60)
@given(VALUES, st.sampled_from(sorted(BETTER)), st.floats(0, 1))
def test_a_better_value_never_lowers_the_total(bench, values, name, step):
    if values[name] is None:
        return
    spans = {"days_since_update": 200, "social_accounts": 4, "column_parity": 1, "mailbox_form": 1}
    better = {**values, name: values[name] + BETTER[name] * step * spans[name]}
    before, after = (score(bench, measurements(bench, each), minimum_coverage=0.0).total for each in (values, better))
    assert 0 <= before <= after <= 100


# ---- what a fix is worth


def test_each_fix_is_worth_what_scoring_anew_gives(bench):
    found = {**bench.small(days=93.5, parity=0.5), "social_accounts": bench.unseen()}
    card = score(bench, found)
    gains = {fix.indicator: fix.gain for fix in fixes(bench.rules(), card)}
    for name, full in {"days_since_update": 7, "column_parity": 1}.items():
        assert gains[name] == pytest.approx(score(bench, {**found, name: bench.found(full)}).total - card.total)
    assert gains["column_parity"] == pytest.approx(60 * 10 / 45.5)
    assert list(gains) == ["days_since_update", "column_parity"]


def test_full_lines_and_lines_that_do_not_count_offer_no_gain(bench):
    assert fixes(bench.rules(), score(bench, {**bench.small(), "column_parity": bench.unseen()})) == ()


def test_a_fix_tells_the_rank_that_it_brings_among_the_sites_of_the_cohort(bench):
    found = {"first": bench.small(), "own": bench.small(mailbox=0, parity=0.5), "third": bench.small(180, 0, 0)}
    cohorts = dict.fromkeys(found, "province") | {"elsewhere": "capital"}
    ranking = one_round(bench, {**found, "elsewhere": bench.small()}, cohorts=cohorts)
    (card,) = (card for card in ranking.scorecards if card.site_id == "own")
    told = {fix.indicator: (fix.rank, fix.places) for fix in fixes(bench.rules(), card, ranking.entries)}
    assert told == {"mailbox_form": (2, 0), "column_parity": (2, 0)}
    (last,) = (card for card in ranking.scorecards if card.site_id == "third")
    told = {fix.indicator: (fix.rank, fix.places) for fix in fixes(bench.rules(), last, ranking.entries)}
    assert told["days_since_update"] == (2, 1)
    assert all(fix.rank is None for fix in fixes(bench.rules(), last))


def test_without_a_total_nothing_can_be_gained(bench):
    assert fixes(bench.rules(), score(bench, {})) == ()


# ---- a round


def test_sites_are_ranked_in_their_cohort_and_in_each_category(bench):
    found = {
        "a": bench.small(mailbox=0),
        "b": bench.small(parity=0.5),
        "c": bench.small(parity=0.5),
        "d": bench.small(0, 0, 0),
    }
    ranking = one_round(bench, found)
    assert [(entry.site.id, entry.rank) for entry in ranking.entries] == [("b", 1), ("c", 1), ("d", 3), ("a", 4)]
    assert {entry.site.id: dict(entry.category_ranks) for entry in ranking.entries} == {
        "a": {"disclosure": 1, "management": 4},
        "b": {"disclosure": 2, "management": 1},
        "c": {"disclosure": 2, "management": 1},
        "d": {"disclosure": 4, "management": 1},
    }


def test_a_site_without_a_score_in_a_category_has_no_rank_there(bench):
    found = {"a": bench.small(), "b": {**bench.small(), "mailbox_form": bench.unseen()}}
    ranks = {entry.site.id: dict(entry.category_ranks) for entry in one_round(bench, found).entries}
    assert ranks == {"a": {"disclosure": 1, "management": 1}, "b": {"disclosure": 1}}


def test_cohorts_come_in_the_order_of_the_rule_file_then_by_name_and_unranked_sites_last(bench):
    cohorts = {"a": "县级", "b": "zoo", "c": "province", "d": "arts", "e": "province"}
    verdicts = {"c": Verdict.STUB}
    entries = one_round(bench, dict.fromkeys(cohorts, bench.small()), verdicts, cohorts=cohorts).entries
    assert [(entry.site.id, entry.site.cohort, entry.rank) for entry in entries] == [
        ("e", "province", 1),
        ("c", "province", None),
        ("a", "县级", 1),
        ("d", "arts", 1),
        ("b", "zoo", 1),
    ]


def test_a_cohort_has_its_own_tiers_or_the_default_ones(bench):
    tens = {f"p{i}": bench.small(parity=1 - i / 10) for i in range(10)}
    found = {**tens, "k": bench.small(parity=0.1), "l": bench.small(parity=0, mailbox=0)}
    cohorts = {"k": "县级", "l": "县级"}
    entries = {entry.site.id: entry.tier for entry in one_round(bench, found, cohorts=cohorts).entries}
    awarded = {name: tier for name, tier in entries.items() if tier}
    assert awarded == {"p0": "leading", "p1": "excellent", "p2": "excellent", "k": "leading"}


def test_a_fired_gate_withholds_the_tier_and_changes_no_rank(bench):
    found = {"k": bench.small(days=400), "l": bench.small(mailbox=0)}
    rules = bench.rules(tiers={"default": bench.rules().tiers_for("县级")})
    low = tuple(tier.model_copy(update={"cut": 50.0}) for tier in rules.tiers["default"])
    entries = one_round(bench, found, rules=bench.rules(tiers={"default": low})).entries
    assert [(entry.site.id, entry.rank, entry.tier) for entry in entries] == [("k", 1, None), ("l", 2, "leading")]


def test_a_site_stands_with_its_best_version_and_of_equal_ones_with_the_first_language(bench):
    versions = [bench.version("a", tag) for tag in ("ja", "fr", "de")]
    found = {("a", "ja"): bench.small(), ("a", "fr"): bench.small(), ("a", "de"): bench.small(mailbox=0)}
    ranking = score_round(bench.rules(), [bench.site()], versions, found)
    (entry,) = ranking.entries
    assert (entry.scorecard.language, entry.scorecard.total) == ("fr", 100)
    assert [card.language for card in ranking.scorecards] == ["de", "fr", "ja"]


def test_a_version_with_a_total_stands_before_one_without(bench):
    versions = [bench.version("a", "de"), bench.version("a", "en", Verdict.BLOCKED), bench.version("a", "fr")]
    found = {("a", "de"): {}, ("a", "fr"): bench.small(180, 0, 0, 0)}
    (entry,) = score_round(bench.rules(), [bench.site()], versions, found).entries
    assert (entry.scorecard.language, entry.rank) == ("fr", 1)


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.BLOCKED, "is blocked"),
        (Verdict.DEAD, "home page could not be reached"),
        (Verdict.STUB, "is a stub"),
        (Verdict.WIDGET, "machine-translation widget"),
        (Verdict.OTHER_HOST, "another host"),
        (Verdict.CHINESE_CONTENT, "Chinese content"),
        (Verdict.NOT_CAPTURED, "was not captured"),
        (Verdict.REDIRECT, "leads back"),
    ],
)
def test_a_version_that_is_not_real_is_unranked_with_its_verdict_in_words(bench, verdict, words):
    (entry,) = one_round(bench, {"a": bench.small()}, {"a": verdict}).entries
    assert (entry.rank, entry.scorecard, entry.rank_interval, entry.tier) == (None, None, None, None)
    assert words in entry.reason


def test_a_site_without_any_version_says_that_none_was_found(bench):
    (entry,) = score_round(bench.rules(), [bench.site()], [], {}).entries
    assert entry.reason == "no foreign version was found"


def test_a_blocked_home_page_is_told_as_blocked_and_never_as_a_missing_version(bench):
    problems = {"a": "the home page is blocked (status 412)"}
    (entry,) = score_round(bench.rules(), [bench.site()], [], {}, problems).entries
    assert entry.reason == "foreign versions could not be looked for: the home page is blocked (status 412)"


def test_a_dead_address_that_was_only_guessed_is_no_version(bench):
    guessed = bench.version("a", "en", Verdict.DEAD, how="guess")
    (entry,) = score_round(bench.rules(), [bench.site()], [guessed], {}).entries
    assert entry.reason == "no foreign version was found"


def test_of_several_versions_the_one_that_we_failed_to_see_is_told_first(bench):
    versions = [bench.version("a", "fr", Verdict.STUB), bench.version("a", "en", Verdict.BLOCKED)]
    (entry,) = score_round(bench.rules(), [bench.site()], versions, {}).entries
    assert entry.reason.startswith("the en version is blocked")
    assert entry.reason.endswith("; also seen: fr (stub)")


def test_a_site_below_the_minimum_coverage_is_unranked_and_keeps_its_scorecard(bench):
    (entry,) = one_round(bench, {"a": {"column_parity": bench.found(1)}}).entries
    assert entry.reason == "en: coverage below minimum: 20 % of the weight could be scored, 50 % is needed"
    assert (entry.rank, entry.scorecard.total, len(entry.scorecard.lines)) == (None, None, 4)


def test_unranked_sites_do_not_move_the_others(bench):
    found = {"a": bench.small(), "b": bench.small(mailbox=0), "c": bench.small(parity=0)}
    with_c = one_round(bench, found, {"c": Verdict.BLOCKED}).entries[:2]
    without = one_round(bench, {name: found[name] for name in "ab"}).entries
    assert with_c == without


def test_two_real_versions_in_one_language_are_scored_once(bench):
    versions = [bench.version("a", "en", url="http://z.cn/"), bench.version("a", "en", url="http://b.cn/")]
    ranking = score_round(bench.rules(), [bench.site()], versions, {("a", "en"): bench.small()})
    assert len(ranking.scorecards) == 1


def test_an_empty_round_is_an_empty_ranking(bench):
    assert score_round(bench.rules(), [], [], {}).entries == ()


@settings(max_examples=15)
@given(st.lists(VALUES, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_sites_and_versions_changes_nothing(bench, rows, shuffler: random.Random):
    found = {(f"s{i}", "en"): measurements(bench, values) for i, values in enumerate(rows)}
    sites = [bench.site(name, ("province", "other")[i % 2]) for i, (name, _) in enumerate(found)]
    versions = [replace(bench.version(site.id)) for site in sites]
    one = score_round(bench.rules(), sites, versions, found)
    other = score_round(
        bench.rules(),
        shuffler.sample(sites, len(sites)),
        shuffler.sample(versions, len(versions)),
        dict(shuffler.sample(list(found.items()), len(found))),
    )
    assert one == other


def test_measurements_of_unknown_sites_and_indicators_are_passed_over(bench):
    found = {**bench.small(), "moon_phase": Measurement(Outcome.ERROR, note="no such thing")}
    versions = [bench.version("a"), bench.version("stranger")]
    ranking = score_round(bench.rules(), [bench.site()], versions, {("a", "en"): found})
    assert [(card.site_id, card.total) for card in ranking.scorecards] == [("a", 100)]
