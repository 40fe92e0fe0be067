from crawler.model import Failure
from scoring.indicators.investment_policies import investment_policies

RULE = "Article 1. Foreign investors are granted a subsidy under these measures, as the law provides. " * 3


def home_of(build):
    return build.home(columns={"Invest": ("/column", "investment"), "Laws": ("/laws", "laws")})


def measure(build, *pages):
    laws = build.page("/laws", text="Laws", items=3)
    return investment_policies.run(build.evidence(*pages, laws, home=home_of(build)))


def test_rules_for_foreign_capital_are_counted_and_cited(build, outcome):
    rules = [build.page(f"/laws/{i}", text=RULE, column_type="laws") for i in range(6)]
    found = measure(build, build.saved("investment"), *rules)
    assert outcome(found) == ("measured", 7)
    assert found.evidence[1].cue.startswith("foreign investment: Foreign investors are granted")


def test_laws_on_other_matters_do_not_count(build, outcome):
    other = build.page(
        "/laws/1", text="Article 1. Fishing is forbidden in spring by these measures. " * 4, column_type="laws"
    )
    found = measure(build, build.page("/column"), other)
    assert outcome(found) == ("measured", 0)
    assert found.n == 2


def test_praise_without_any_rule_does_not_count(build, outcome):
    praise = build.page("/column", text="Foreign investors are welcome in our beautiful valley. " * 5)
    assert outcome(measure(build, praise)) == ("measured", 0)


def test_rules_left_in_chinese_do_not_count(build, outcome):
    chinese = build.page("/laws/1", text=RULE, body="zh-Hans", column_type="laws")
    assert outcome(measure(build, build.page("/column"), chinese)) == ("measured", 0)


def test_columns_that_were_not_fetched_leave_it_open(build, outcome):
    assert outcome(investment_policies.run(build.evidence(home=home_of(build)))) == ("not_measured", None)
    assert outcome(investment_policies.run(build.evidence(build.page("/column"), home=home_of(build)))) == (
        "not_measured",
        None,
    )


def test_a_column_that_a_firewall_kept_from_us_leaves_the_count_open(build, outcome):
    laws = build.page("/laws", text=RULE), build.page("/laws/1", text=RULE, column_type="laws")
    failures = [build.failed("/column", Failure.BLOCKED, 403), build.failed("/column")]
    found = [investment_policies.run(build.evidence(*laws, home=home_of(build), failed=[one])) for one in failures]
    assert [outcome(one) for one in found] == [("not_measured", None), ("measured", 2)]
