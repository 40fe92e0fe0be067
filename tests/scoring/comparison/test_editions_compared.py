"""Two rounds under different editions: matched by the mapping, and what cannot be matched told as the rules' doing."""

from datetime import date
from pathlib import Path

import pytest

from scoring.comparison.lineage import lineage
from scoring.comparison.records import Snapshot
from scoring.comparison.rounds import compare
from scoring.editions import bundled_mappings, edition_path
from scoring.engine import score_round
from scoring.registry import registry
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.ruleset.mapping import load_mapping

EDITIONS = Path(__file__).parents[2] / "fixtures" / "editions"
UNITS = {"update_age": "days", "social_accounts": "count", "mailbox_form": "boolean", "hotline": "boolean"}
UNITS |= {"news_parity": "share", "policy_parity": "share"}


@pytest.fixture
def earlier(bench):
    return bench.rules(minimum_coverage=0.1, gates=())


@pytest.fixture
def later(bench):
    return load_rules(EDITIONS / "2027.yaml", bench.known(UNITS))


@pytest.fixture
def mappings(earlier, later):
    return (load_mapping(EDITIONS / "2026-2027.yaml", earlier, later),)


@pytest.fixture
def snapshot(bench):
    def build(rules, found, day=1):
        sites, versions = [bench.site(key) for key in found], [bench.version(key) for key in found]
        measured = {(key, "en"): each for key, each in found.items()}
        return Snapshot(
            f"day {day}", date(2026, 1, day), score_round(rules, sites, versions, measured), rules, measured
        )

    return build


@pytest.fixture
def renewed(bench):
    """Measurements for the later rules, by default all of them full."""

    def build(days=7, accounts=3, news=1, policy=1, mailbox=1, hotline=1):
        values = (days, accounts, news, policy, mailbox, hotline)
        names = ("update_age", "social_accounts", "news_parity", "policy_parity", "mailbox_form", "hotline")
        return {name: bench.found(value) for name, value in zip(names, values, strict=True)}

    return build


def numbers(parts):
    return pytest.approx((parts.site, parts.rules, parts.measurement, parts.field))


def test_the_sites_doing_is_told_apart_from_what_the_later_rules_ask_for(
    bench, snapshot, renewed, earlier, later, mappings
):
    before = snapshot(earlier, {"a": bench.small(parity=0.5), "b": bench.small(parity=0.2)})
    after = snapshot(later, {"a": renewed(mailbox=0, hotline=0), "b": renewed(hotline=0)}, 2)
    found = compare(before, after, mappings)
    first, second = found.changes
    # b: 84 before; by the later rules' accounts, age and mailbox 100; with its hotline, which it lacks, 90.
    assert (first.site.id, numbers(first.total)) == ("b", (0, 6, 0, 0))
    # a: 90 before, 100 by the later rules, 60 without its mailbox; the hotline takes nothing from a category at 0.
    assert (second.site.id, numbers(second.total)) == ("a", (-40, 10, 0, 0))
    assert numbers(second.rank) == (1, 0, 0, 0)
    assert [(d.indicator, d.points) for d in second.drivers] == [("mailbox_form", -30)]


def test_a_renamed_indicator_goes_on_under_its_new_name(bench, snapshot, renewed, earlier, later, mappings):
    before = snapshot(earlier, {"a": bench.small(days=180)})
    change = compare(before, snapshot(later, {"a": renewed()}, 2), mappings).changes[0]
    (driver,) = change.drivers
    assert (driver.formerly, driver.indicator, driver.before, driver.after) == (
        "days_since_update",
        "update_age",
        180,
        7,
    )
    assert change.total.site == pytest.approx(60 * 25.5 / 40)


def test_indicators_stand_beside_what_became_of_them(bench, snapshot, renewed, earlier, later, mappings):
    before = snapshot(earlier, {"a": bench.small(parity=0.5)})
    lines = compare(before, snapshot(later, {"a": renewed(policy=0)}, 2), mappings).changes[0].lines
    assert [(line.kind, line.old, line.new) for line in lines] == [
        ("renamed", ("days_since_update",), ("update_age",)),
        ("same", ("social_accounts",), ("social_accounts",)),
        ("split", ("column_parity",), ("news_parity", "policy_parity")),
        ("same", ("mailbox_form",), ("mailbox_form",)),
        ("new", (), ("hotline",)),
    ]
    split = lines[2]
    assert (split.points, split.values, split.categories) == ((10, 10), (0.5, None), ("disclosure", "publication"))


def test_what_the_first_round_has_no_value_of_is_warned_of(bench, snapshot, renewed, earlier, later, mappings):
    before, after = snapshot(earlier, {"a": bench.small()}), snapshot(later, {"a": renewed()}, 2)
    mapped, bare = (" ".join(compare(before, after, given).warnings) for given in (mappings, None))
    assert "30 points of the second rules" in mapped
    assert "told as rules: news_parity, policy_parity, hotline" in mapped
    assert "no mapping leads" not in mapped
    assert "no mapping leads from edition 2026 to 2027" in bare
    assert "55.5 points of the second rules" in bare


def test_a_mapping_is_read_backwards_where_the_later_edition_comes_first(
    bench, snapshot, renewed, earlier, later, mappings
):
    found = compare(snapshot(later, {"a": renewed()}), snapshot(earlier, {"a": bench.small(days=180)}, 2), mappings)
    (driver,) = found.changes[0].drivers
    assert (driver.formerly, driver.indicator) == ("update_age", "days_since_update")
    assert [line.kind for line in found.changes[0].lines] == ["renamed", "same", "merged", "same", "gone"]


def test_rules_that_share_nothing_are_told_as_rules(bench, snapshot, renewed, earlier, later):
    only = later.model_copy(update={"indicators": tuple(r for r in later.indicators if r.id.endswith("parity"))})
    change = compare(snapshot(earlier, {"a": bench.small(parity=0.5)}), snapshot(only, {"a": renewed()}, 2)).changes[0]
    assert numbers(change.total) == (0, 10, 0, 0)


def test_an_indicator_in_another_unit_is_not_held_against_its_former_self(bench, snapshot, renewed, earlier, later):
    shares = later.model_copy(update={"units": {**later.units, "social_accounts": "share"}, "digest": "other"})
    assert "social_accounts" in lineage(later, shares).untied
    assert "social_accounts" not in lineage(earlier, later).untied


def test_what_the_first_round_measured_without_weight_is_held_against_the_second(earlier, later):
    assert "hotline" in lineage(earlier, later).untied
    assert "hotline" not in lineage(earlier, later, measured={"hotline"}).untied


# ---- the editions that come with waiwen


def edition(year):
    path = edition_path(year)
    return load_rules(path if path.is_file() else default_rules_path(), registry())


@pytest.mark.parametrize(
    ("old", "new", "steps"),
    [
        (2015, 2026, [(2015, 2017), (2017, 2020), (2020, 2026)]),
        (2026, 2017, [(2017, 2020), (2020, 2026)]),
        (2026, 2026, []),
    ],
)
def test_mappings_lead_from_edition_to_edition(old, new, steps):
    assert [(each.old_edition, each.new_edition) for each in bundled_mappings(old, new)] == steps


def test_no_mapping_leads_to_an_edition_that_there_is_none_of():
    assert bundled_mappings(2015, 2031) is None


@pytest.mark.parametrize(("old", "new"), [(2015, 2026), (2017, 2020), (2020, 2026), (2026, 2017)])
def test_the_same_values_under_another_edition_move_by_the_rules_alone(bench, snapshot, old, new):
    values = {name: bench.found(0.5 if each.unit == "share" else 1) for name, each in registry().items()}
    open_rules = [edition(year).model_copy(update={"minimum_coverage": 0.0, "gates": ()}) for year in (old, new)]
    before, after = (snapshot(rules, {"a": values}, day) for day, rules in enumerate(open_rules, 1))
    found = compare(before, after, bundled_mappings(old, new))
    (change,) = found.changes
    assert numbers(change.total) == (0, change.total.whole, 0, 0)
    assert change.total.whole == pytest.approx(change.after.scorecard.total - change.before.scorecard.total)
    assert not any("no mapping" in warning or "told as rules" in warning for warning in found.warnings)
    assert any("the rest is unspecified" in warning for warning in found.warnings)
