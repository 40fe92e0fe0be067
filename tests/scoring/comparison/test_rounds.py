from dataclasses import replace
from datetime import date

import pytest

from scoring.comparison.records import Snapshot, as_scored, figures_of_people
from scoring.comparison.rounds import compare
from scoring.engine import score_round
from scoring.evidence import Outcome


@pytest.fixture
def snapshot(bench):
    def build(found, name="one", day=1, rules=None, cohorts=None):
        rules = rules or bench.rules(minimum_coverage=0.1, gates=())
        sites = [bench.site(key, (cohorts or {}).get(key, "province")) for key in found]
        versions = [bench.version(key, "en") for key in found]
        measured = {(key, "en"): each for key, each in found.items()}
        return Snapshot(name, date(2026, 1, day), score_round(rules, sites, versions, measured), rules, measured)

    return build


def by_site(found):
    return {change.site.id: change for change in found.changes}


def numbers(parts):
    return pytest.approx((parts.site, parts.rules, parts.measurement, parts.field))


def test_a_round_compared_with_itself_shows_no_change(bench, snapshot):
    one = snapshot({"a": bench.small(days=30), "b": bench.small(mailbox=0)})
    found = compare(one, snapshot({"a": bench.small(days=30), "b": bench.small(mailbox=0)}, "two", 2))
    assert found.warnings == ()
    assert all(change.total.whole == change.rank.whole == 0 and not change.drivers for change in found.changes)


def test_a_corrected_figure_is_compared_as_it_was_scored(bench, snapshot):
    one = snapshot({"a": bench.small()})  # the mailbox was corrected to 1, and a rating was added
    raw = {("a", "en"): {**bench.small(mailbox=0), "undated_share": bench.found(0.2)}}
    del raw["a", "en"]["column_parity"]
    before = replace(one, measurements=as_scored(one.ranking, raw))
    assert before.measurements["a", "en"] == {**bench.small(), "undated_share": bench.found(0.2)}
    change = by_site(compare(before, snapshot({"a": bench.small(mailbox=0)}, "two", 2)))["a"]
    assert numbers(change.total) == (-40, 0, 0, 0)


def test_a_figure_that_a_person_gave_in_either_round_is_told_as_a_correction(bench, snapshot):
    one = snapshot({"a": bench.small(), "b": bench.small(parity=0.2)})
    two = snapshot({"a": bench.small(mailbox=0, parity=0.5), "b": bench.small(parity=0.2)}, "two", 2)
    given = {("a", "en"): frozenset({"mailbox_form"})}
    for before, after in ((replace(one, given=given), two), (one, replace(two, given=given))):
        change = by_site(compare(before, after))["a"]
        assert (change.total.site, change.total.correction) == pytest.approx((-10, -40))
        assert change.total.whole == pytest.approx(-50)
        assert [(d.indicator, d.corrected) for d in change.drivers] == [
            ("mailbox_form", True),
            ("column_parity", False),
        ]
        assert (change.rank.site, change.rank.correction) == (0, 1)


def test_a_figure_that_a_person_gave_where_nothing_was_measured_is_told_as_a_correction(bench, snapshot):
    before = snapshot({"a": {**bench.small(parity=0.5), "mailbox_form": bench.unseen()}})
    after = replace(
        snapshot({"a": bench.small(parity=0.5)}, "two", 2), given={("a", "en"): frozenset({"mailbox_form"})}
    )
    change = by_site(compare(before, after))["a"]
    assert (change.total.site, change.total.measurement) == (0, 0)
    assert change.total.correction == pytest.approx(change.total.whole) != 0
    assert [(d.indicator, d.before, d.after, d.corrected) for d in change.drivers] == [("mailbox_form", None, 1, True)]


def test_overrides_that_count_and_what_reviewers_or_tables_gave_are_figures_of_people(bench):
    rules = bench.rules(minimum_coverage=0.1, gates=())
    kinds = {"days_since_update": "external", "social_accounts": "expert"}
    rules = rules.model_copy(
        update={"indicators": tuple(r.model_copy(update={"kind": kinds.get(r.id, r.kind)}) for r in rules.indicators)}
    )
    scored = {("a", "en"): bench.small()}
    ranking = score_round(rules, [bench.site("a")], [bench.version("a", "en")], scored)
    raw = {("a", "en"): bench.small(mailbox=0)}
    overridden = {("a", "en", "mailbox_form"), ("a", "en", "column_parity")}  # the second was made after scoring
    assert figures_of_people(ranking, raw, overridden) == {
        ("a", "en"): frozenset({"days_since_update", "social_accounts", "mailbox_form"})
    }


def test_what_a_round_holds_no_measurement_of_is_not_made_up(bench, snapshot):
    one = snapshot({"a": {"column_parity": bench.found(1.0)}})
    assert as_scored(one.ranking, {}) == {("a", "en"): {"column_parity": bench.found(1.0)}}


def test_a_marked_round_is_no_silent_partner(bench, snapshot):
    one = snapshot({"a": bench.small()})
    two = replace(snapshot({"a": bench.small()}, "two", 2), marks=("blocked", "silent"))
    (warning,) = compare(one, two).warnings
    assert "round two is marked" in warning
    assert "blocked, silent" in warning


def test_a_site_that_changed_is_told_with_the_indicators_that_moved_it(bench, snapshot):
    before = snapshot({"a": bench.small(parity=0.5, mailbox=0), "b": bench.small(parity=0.6)})
    after = snapshot({"a": bench.small(parity=1.0), "b": bench.small(parity=0.6)}, "two", 2)
    change = by_site(compare(before, after))["a"]
    assert numbers(change.total) == (50, 0, 0, 0)
    assert numbers(change.rank) == (-1, 0, 0, 0)
    assert [(d.indicator, d.before, d.after, d.points) for d in change.drivers] == [
        ("mailbox_form", 0, 1, 40),
        ("column_parity", 0.5, 1, 10),
    ]
    assert by_site(compare(before, after))["b"].rank.site == 1  # overtaken by a site that changed


def test_what_could_no_longer_be_measured_is_not_told_as_the_site_s_doing(bench, snapshot):
    before = snapshot({"a": bench.small(mailbox=0)})
    blocked = {**bench.small(mailbox=0), "mailbox_form": bench.unseen(Outcome.NOT_MEASURED)}
    change = by_site(compare(before, snapshot({"a": blocked}, "two", 2)))["a"]
    assert numbers(change.total) == (0, 0, 40, 0)
    assert change.drivers == ()
    assert change.note == "coverage went from 100% to 60%"
    assert numbers(by_site(compare(snapshot({"a": blocked}), before))["a"].total) == (0, 0, -40, 0)


def test_other_rules_over_the_same_values_are_told_as_rules(bench, snapshot):
    values = {"a": bench.small(mailbox=0), "b": bench.small(180, 0, 0)}
    plain = bench.rules()
    swapped = {"mailbox_form": 10, "column_parity": 50}
    points = {plain.category_of("mailbox_form"): 10.0, plain.category_of("column_parity"): 90.0}
    heavier = bench.rules(
        minimum_coverage=0.1,
        gates=(),
        digest="other",
        categories=tuple(c.model_copy(update={"weight": points[c.id]}) for c in plain.categories),
        indicators=tuple(r.model_copy(update={"weight": swapped.get(r.id, r.weight)}) for r in plain.indicators),
    )
    found = compare(snapshot(values), snapshot(values, "two", 2, heavier))
    change = by_site(found)["a"]
    assert change.total.rules == pytest.approx(change.total.whole)
    assert change.total.rules == pytest.approx(90 - 60)
    assert any("the rules differ" in warning for warning in found.warnings)


def test_causes_add_up_when_everything_changes_at_once(bench, snapshot):
    before = snapshot(
        {
            "a": bench.small(parity=0.2),
            "b": {**bench.small(days=90), "social_accounts": bench.unseen()},
            "c": bench.small(mailbox=0),
        }
    )
    after = snapshot(
        {
            "a": {**bench.small(parity=0.9), "mailbox_form": bench.unseen()},
            "b": bench.small(days=20, accounts=1),
            "d": bench.small(),
        },
        "two",
        2,
    )
    for change in compare(before, after).changes:
        if change.total is not None:
            old, new = change.before.scorecard.total, change.after.scorecard.total
            assert change.total.whole == pytest.approx(new - old)
            assert change.rank.whole == change.after.rank - change.before.rank


def test_a_newcomer_ahead_pushes_down_by_the_field_and_not_by_the_site(bench, snapshot):
    before = snapshot({"a": bench.small(parity=0.5)})
    found = compare(before, snapshot({"a": bench.small(parity=0.5), "new": bench.small()}, "two", 2))
    change = by_site(found)["a"]
    assert numbers(change.rank) == (0, 0, 0, 1)
    assert by_site(found)["new"].note == "not in the first round's site list"
    assert any("1 of 2 ranked sites are ranked in one round only" in warning for warning in found.warnings)


def test_a_site_that_could_not_be_ranked_says_why(bench, snapshot):
    seen, unseen = {"a": bench.small()}, {"a": dict.fromkeys(bench.small(), bench.unseen())}
    note = by_site(compare(snapshot(seen), snapshot(unseen, "two", 2)))["a"].note
    assert note.startswith("unranked in the second round: ")


def test_a_site_that_moved_to_another_cohort_is_not_compared(bench, snapshot):
    found = compare(snapshot({"a": bench.small()}), snapshot({"a": bench.small()}, "two", 2, cohorts={"a": "capital"}))
    change = by_site(found)["a"]
    assert (change.total, change.note) == (None, "moved from cohort province to capital")


def test_rounds_in_the_wrong_order_are_warned_of(bench, snapshot):
    found = compare(snapshot({"a": bench.small()}, day=2), snapshot({"a": bench.small()}, "two", 1))
    assert found.warnings == ("the second round's cut-off date 2026-01-01 is not later than the first's, 2026-01-02",)
