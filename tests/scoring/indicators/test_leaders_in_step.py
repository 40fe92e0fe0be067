import pytest

from scoring.indicators.leaders_in_step import leaders_in_step

pytest.importorskip("pypinyin")
ZH = "https://www.example.gov.cn"


def chinese(build, *, menu=True):
    home = build.chinese(columns={"领导之窗": (f"{ZH}/leaders", "leaders")} if menu else {"新闻": (f"{ZH}/n", "news")})
    page = build.saved("leaders_zh", f"{ZH}/leaders", column_type="leaders")
    return {"chinese_home": home, "chinese_pages": [home, page]}


def measure(build, page=None, **parts):
    return leaders_in_step.run(build.column("leaders", page, **(parts or chinese(build))))


def test_leaders_named_on_both_sides_are_measured_high(build, outcome):
    text = "Mayor: Shen Ruochuan. Vice Mayors: Su Yanqing, Lu Minggao and Shan Wang. " + build.long
    found = measure(build, build.page("/column", text=text))
    assert outcome(found) == ("measured", 1)
    assert found.n == 4


def test_leaders_missing_from_the_foreign_page_are_named_and_the_chinese_page_is_cited(build, outcome):
    parts = chinese(build)
    page = build.saved("leaders")
    found = measure(build, page, **parts)
    assert outcome(found) == ("measured", 3 / 4)
    assert found.note.endswith("not found: 单望")
    assert [ref.capture for ref in found.evidence] == [page.ref.capture, parts["chinese_pages"][1].ref.capture]


def test_a_page_that_names_none_of_them_is_measured_low(build, outcome):
    assert outcome(measure(build, build.page("/column"))) == ("measured", 0)


def test_a_version_without_leaders_is_measured_low(build, outcome):
    evidence = build.evidence(home=build.home(columns={"News": ("/news", "news")}), **chinese(build))
    assert outcome(leaders_in_step.run(evidence)) == ("measured", 0)


def test_a_chinese_version_without_leaders_gives_nothing_to_compare_with(build, outcome):
    home = chinese(build, menu=False)["chinese_home"]
    found = measure(build, build.saved("leaders"), chinese_home=home, chinese_pages=[home])
    assert outcome(found) == ("not_applicable", None)


def test_a_chinese_leaders_page_that_was_not_captured_leaves_it_open(build, outcome):
    home = chinese(build)["chinese_home"]
    found = measure(build, build.saved("leaders"), chinese_home=home, chinese_pages=[home])
    assert outcome(found) == ("not_measured", None)


def test_a_foreign_page_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build)) == ("not_measured", None)


def test_without_the_chinese_version_nothing_is_measured(build, outcome):
    found = leaders_in_step.run(build.column("leaders", build.saved("leaders")))
    assert outcome(found) == ("not_measured", None)
