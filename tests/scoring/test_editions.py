"""The rule files of past years hold what was published, and nothing else is called published."""

import pytest

from scoring.editions import FOLDER, edition_path, mapping_path
from scoring.registry import registry
from scoring.ruleset.diff import differences
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.ruleset.mapping import load_mapping

# The tables as far as they were seen: title and weight of every node, and the points that were not seen.
T2015 = {
    **{"信息公开": 30, "本地信息": 15, "本地概况": 7, "本地新闻": 4, "热点专题": 4},
    **{"政府职能": 6, "机构设置": 3, "领导介绍": 3, "政策法规": 9, "法规文件": 4.5, "政策解读": 4.5},
    **{"公共服务": 30, "签证服务": 5, "商务服务": 5, "投资服务": 12},
    **{"投资环境": 3, "投资指南": 3, "投资政策": 2, "投资产业": 2, "园区介绍": 2},
}
T2017 = {
    **{"信息公开": 25, "本地信息": 15, "本地概况": 7, "本地新闻": 4, "热点专题": 4},
    **{"政府职能": 4, "机构设置": 2, "领导介绍": 2, "政策法规": 6, "法规文件": 3, "政策解读": 3},
    **{"公共服务": 35, "签证服务": 4, "商务服务": 4, "投资服务": 10},
    **{"投资环境": 2, "投资指南": 2, "投资政策": 2, "投资产业": 2, "园区介绍": 2, "教育服务": 4, "情况介绍": 2},
}
T2020 = {
    **{"信息发布指数": 25, "本地信息": 17, "本地概况": 2, "新闻动态": 5, "重要工作": 5, "热点专题": 5},
    **{"创意产品": 5, "可视化信息": 5},
}
UNSEEN = {2015: [40, 8], 2017: [40, 13, 2], 2020: [75, 3]}
TABLES = {2015: T2015, 2017: T2017, 2020: T2020}
MAPPINGS = sorted(path.stem.split("-") for path in (FOLDER / "mappings").glob("*.yaml"))


def edition(year):
    path = edition_path(year)
    return load_rules(path if path.is_file() else default_rules_path(), registry())


@pytest.mark.parametrize("year", TABLES)
def test_an_edition_holds_the_published_weights_and_no_others(year):
    rules = edition(year)
    assert {node.title.zh: node.weight for node in rules.nodes()} == TABLES[year]
    assert {node.status for node in rules.nodes()} == {"published"}
    assert all(node.title.zh in node.source for node in rules.nodes())


@pytest.mark.parametrize("year", TABLES)
def test_what_was_not_seen_is_left_empty(year):
    rules = edition(year)
    measured = {rule.group for rule in rules.indicators}
    empty = [node.unspecified for node in rules.nodes() if node.unspecified and node.unspecified < node.weight]
    assert [rules.unspecified, *empty] == UNSEEN[year]
    # A published node without an indicator is empty as a whole.
    assert all(node.id not in measured for node in rules.nodes() if node.unspecified == node.weight)
    assert f"{sum(UNSEEN[year])} of" in rules.note


@pytest.mark.parametrize("year", TABLES)
def test_an_edition_is_frozen(year):
    assert edition(year).frozen


def test_the_site_checks_deduct_from_100_and_pass_at_60():
    rules = load_rules(FOLDER / "census_2019_adapted.yaml", registry())
    assert (rules.method, rules.bonus.opens_at, rules.bonus.cap) == ("deduction", 80, 30)
    assert [(tier.id, tier.cut) for tier in rules.tiers_for("province")] == [("pass", 60)]
    costs = {rule.id: rule.weight * (100 - rule.scaled(value)) / 100 for rule, value in _faulty(rules)}
    # 2 % of downtime, 3 dead links on the home page and 20 elsewhere, 9 updates, 2 stale columns, no mailbox, 5 surveys
    assert costs == pytest.approx(
        {
            **{"availability_share": 10, "dead_home_links": 3, "dead_inner_links": 2, "home_updates_in_14_days": 5},
            **{"stale_columns": 6, "mailbox_form": 5, "surveys_in_a_year": 5},
        }
    )


def _faulty(rules):
    values = {"availability_share": 0.98, "dead_home_links": 3, "dead_inner_links": 20, "home_updates_in_14_days": 9}
    values |= {"stale_columns": 2, "mailbox_form": 0, "surveys_in_a_year": 5}
    return [(rules.rule(name), value) for name, value in values.items()]


@pytest.mark.parametrize(("old", "new"), MAPPINGS)
def test_a_mapping_names_nodes_that_both_editions_have(old, new):
    before, after = edition(int(old)), edition(int(new))
    mapping = load_mapping(mapping_path(int(old), int(new)), before, after)
    assert (mapping.old_edition, mapping.new_edition) == (before.edition, after.edition)


def test_a_difference_is_told_in_words_and_numbers():
    told = differences(edition(2015), edition(2017))
    assert "node information_disclosure (信息公开): weight 30 to 25 (-5)" in told
    assert "node laws_and_policies (法规文件): weight 4.5 to 3 (-1.5)" in told
    assert "node education (教育服务): new, it weighs 4 [published]" in told


def test_a_renamed_node_is_told_once_as_renamed():
    old, new = edition(2017), edition(2020)
    told = differences(old, new, load_mapping(mapping_path(2017, 2020), old, new))
    (line,) = [line for line in told if "information_publication" in line]
    assert line.startswith("renamed: information_disclosure 25 to information_publication 25")


def test_a_rule_set_does_not_differ_from_itself():
    rules = edition(2026)
    assert differences(rules, rules) == (f"edition 2026 ({rules.digest}) to edition 2026 ({rules.digest})",)
