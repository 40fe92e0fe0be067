"""What all column indicators share, shown on one type."""

import pytest

from crawler.model import Failure
from scoring.readings.features import SUBSTANCE_CHARS
from scoring.readings.service_columns import service_column


def measure(evidence):
    return service_column(evidence, ("visa",), "visa")


@pytest.mark.parametrize(("chars", "value"), [(SUBSTANCE_CHARS, 1), (SUBSTANCE_CHARS - 1, 0)])
def test_a_page_is_empty_below_two_hundred_characters(build, outcome, chars, value):
    page = build.page("/column", text="a b " * (chars // 2) + "c" * (chars % 2))
    assert page.facts.text_chars == chars
    assert outcome(measure(build.column("visa", page))) == ("measured", value)


@pytest.mark.parametrize(("items", "value"), [(3, 1), (2, 0)])
def test_a_list_page_with_little_text_needs_three_entries(build, outcome, items, value):
    page = build.page("/column", text=build.short, items=items)
    assert outcome(measure(build.column("visa", page))) == ("measured", value)


def test_an_empty_page_is_named_with_what_it_holds(build):
    assert (
        "as good as empty (8 characters, 0 list items)"
        in measure(build.column("visa", build.page("/column", text=build.short))).note
    )


def test_a_page_in_a_third_language_does_not_serve_the_version(build, outcome):
    found = measure(build.column("visa", build.page("/column", body="ja")))
    assert outcome(found) == ("measured", 0)
    assert "is in Japanese, not in English" in found.note


def test_the_region_of_a_language_tag_makes_no_difference(build, outcome):
    assert outcome(measure(build.column("visa", build.page("/column", body="en-GB")))) == ("measured", 1)


def test_a_page_whose_language_cannot_be_told_is_not_measured(build, outcome):
    assert outcome(measure(build.column("visa", build.page("/column", body="und")))) == ("not_measured", None)


def test_an_english_article_under_the_column_counts_where_the_column_page_itself_is_chinese(build, outcome):
    article = build.page("/column/1", column_type="visa")
    home = build.home(columns={"Visa": ("/column", "visa")})
    found = measure(build.evidence(build.page("/column", body="zh"), article, home=home))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].capture == article.ref.capture


@pytest.mark.parametrize("status", [404, 410, 200])
def test_a_column_that_is_gone_earns_nothing_and_the_failed_answer_is_cited(build, outcome, status):
    fetch = build.failed("/column", status=status)
    found = measure(build.column("visa", failed=[fetch]))
    assert outcome(found) == ("measured", 0)
    assert [ref.capture for ref in found.evidence] == [fetch.ref.capture]
    assert str(status) in found.note


def test_a_gone_column_without_archived_answer_is_cited_by_the_menu_that_offers_it(build, outcome):
    evidence = build.column("visa", failed=[build.failed("/column", archived=False)])
    found = measure(evidence)
    assert outcome(found) == ("measured", 0)
    assert [ref.capture for ref in found.evidence] == [evidence.home.ref.capture]


@pytest.mark.parametrize(
    ("failure", "status"),
    [(Failure.HTTP_ERROR, 503), (Failure.HTTP_ERROR, None)]
    + [(failure, None) for failure in Failure if failure is not Failure.HTTP_ERROR],
)
def test_any_other_failure_to_fetch_a_column_leaves_it_open(build, outcome, failure, status):
    found = measure(build.column("visa", failed=[build.failed("/column", failure, status)]))
    assert outcome(found) == ("not_measured", None)
    assert build.url("/column") in found.note
    assert failure.value in found.note


def test_an_unseen_second_column_keeps_a_bad_first_one_from_being_a_zero(build, outcome):
    home = build.home(columns={"Visa": ("/column", "visa"), "Residence": ("/residence", "visa")})
    found = measure(build.evidence(build.page("/column", body="zh"), home=home))
    assert outcome(found) == ("not_measured", None)
    assert build.url("/residence") in found.note


def test_a_menu_without_such_a_column_is_a_zero_that_cites_the_menu(build, outcome):
    found = measure(build.evidence(home=build.home(columns={"News": ("/news", "news"), "Odd": ("/odd", None)})))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].cue == "menu: News, Odd"


def test_a_home_page_without_any_readable_menu_is_not_measured(build, outcome):
    assert outcome(measure(build.evidence(home=build.home()))) == ("not_measured", None)


def test_a_menu_entry_that_leads_back_to_the_home_page_is_no_column(build, outcome):
    home = build.home(columns={"Visa": ("/", "visa")})
    found = measure(build.evidence(home=home))
    assert outcome(found) == ("measured", 0)
    assert "leads back to the home page" in found.note


def test_a_menu_entry_that_leads_into_the_chinese_version_is_a_zero_that_cites_the_chinese_page(build, outcome):
    chinese = build.chinese("https://www.example.gov.cn/visa")
    home = build.home(columns={"Visa": ("https://www.example.gov.cn/visa/", "visa")})
    found = measure(build.evidence(home=home, chinese_pages=[chinese]))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].capture == chinese.ref.capture


def test_a_column_that_only_sends_its_reader_on_is_judged_by_where_it_leads(build, outcome):
    hop = build.page("/column", text="", onward=(build.onward("/real"),))
    home = build.home(columns={"Visa": ("/column", "visa")})
    assert outcome(measure(build.evidence(hop, build.page("/real"), home=home))) == ("measured", 1)
    assert outcome(measure(build.evidence(hop, home=home))) == ("not_measured", None)


def test_http_and_https_and_a_closing_slash_name_one_address(build, outcome):
    home = build.home(columns={"Visa": ("http://EN.example.gov.cn/column/", "visa")})
    assert outcome(measure(build.evidence(build.page("/column"), home=home))) == ("measured", 1)


def test_a_column_address_that_is_no_address_is_survived(build, outcome):
    home = build.home(columns={"Visa": ("http://[broken", "visa")})
    assert outcome(measure(build.evidence(home=home))) == ("not_measured", None)


def test_at_most_five_pages_are_cited(build, outcome):
    pages = [build.page(f"/column/{i}", body="zh", column_type="visa") for i in range(9)]
    found = measure(build.evidence(*pages, home=build.home(columns={"News": ("/news", "news")})))
    assert outcome(found) == ("measured", 0)
    assert len(found.evidence) == 5


@pytest.mark.parametrize("problem", ["menus: columns and forms were not read", "columns: ValueError broken"])
def test_a_menu_that_was_not_read_is_not_taken_for_one_without_the_column(build, outcome, problem):
    home = build.home(columns={"News": ("/news", "news")}, problems=(problem,))
    assert outcome(measure(build.evidence(home=home))) == ("not_measured", None)


def test_the_column_that_a_page_says_it_is_itself_is_no_menu(build, outcome):
    home = build.home(columns={"Home": ("/", "home")})
    assert outcome(measure(build.evidence(home=home))) == ("not_measured", None)


def test_a_page_whose_text_we_failed_to_read_is_not_taken_for_an_empty_one(build, outcome):
    page = build.page("/column", text="", problems=("text: ValueError broken",))
    assert outcome(measure(build.column("visa", page))) == ("not_measured", None)
