import pytest

from scoring.engine import score_version
from scoring.registry import registry
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.ruleset.rule_set import unlisted_cohorts

PROVINCE = "{id: province, title: {en: Provinces, zh: 省级}"


@pytest.fixture
def with_weights(bench, tmp_path):
    """The small rule set with weights of the provinces' own: the text between the braces."""

    def load(own):
        text = (bench.rule_files / "sound.yaml").read_text("utf-8")
        path = tmp_path / "rules.yaml"
        path.write_text(text.replace(PROVINCE, f"{PROVINCE}, weights: {{{own}}}"), "utf-8")
        return load_rules(path, bench.known(bench.small_units))

    return load


def weights(rules, cohort):
    own = rules.for_cohort(cohort)
    return {node.id: node.weight for node in (*own.nodes(), *own.indicators)}


def test_other_cohorts_keep_the_weights_of_the_file(bench, with_weights):
    rules = with_weights("disclosure: 50, management: 50")
    assert weights(rules, "县级") == weights(bench.rules(), "县级")
    assert weights(rules, "a cohort that the file does not list") == weights(bench.rules(), "县级")


def test_what_stands_below_a_changed_node_changes_in_proportion(with_weights):
    # disclosure 60 -> 30 halves news 40, parity 20 and their indicators; management 40 -> 70
    assert weights(with_weights("disclosure: 30, management: 70"), "province") == {
        **{"disclosure": 30, "news": 20, "parity": 10, "management": 70, "links": 70},
        **{"days_since_update": 12.75, "social_accounts": 7.25, "column_parity": 10, "mailbox_form": 70},
    }


def test_a_weight_of_zero_takes_out_all_that_stands_below(with_weights):
    own = with_weights("news: 0, parity: 60").for_cohort("province")
    assert [rule.id for rule in own.indicators] == ["column_parity", "mailbox_form"]
    assert [node.id for node in own.nodes()] == ["disclosure", "parity", "management", "links"]


def test_a_site_is_scored_by_the_weights_of_its_cohort(bench, with_weights):
    rules = with_weights("disclosure: 20, management: 80")
    found = bench.small(mailbox=0)
    totals = [
        score_version(rules, bench.site(cohort=name), bench.version(), found).total for name in ("province", "县级")
    ]
    assert totals == [pytest.approx(20), pytest.approx(60)]


def test_a_cohort_that_the_file_does_not_list_is_told_with_the_one_that_was_meant():
    rules = load_rules(default_rules_path(), registry())
    assert unlisted_cohorts(rules, ["county", "ministry", "county"]) == []
    told = unlisted_cohorts(rules, ["地级市", "county", "provinces", "地级市"])
    assert [words.partition(". ")[0] for words in told] == [
        "cohort '地级市': not in the rule file; its sites are ranked by themselves, by the file's own weights",
        "cohort 'provinces': not in the rule file; its sites are ranked by themselves, by the file's own weights",
    ]
    assert "Did you mean prefecture? The file has ministry (部委), province (省级)," in told[0]
    assert "Did you mean province?" in told[1]


def test_a_file_without_cohorts_takes_any():
    rules = load_rules(default_rules_path(), registry()).model_copy(update={"cohorts": ()})
    assert unlisted_cohorts(rules, ["anything"]) == []
