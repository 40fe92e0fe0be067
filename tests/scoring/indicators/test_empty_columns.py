from crawler.extract.facts import Link
from scoring.indicators.empty_columns import empty_columns

MENU = {"Guide": ("/guide", None), "News": ("/news", "news"), "Home": ("/", "home")}


def measure(build, *pages, columns=MENU):
    return empty_columns.run(build.evidence(*pages, home=build.home(columns=columns)))


def test_columns_with_content_are_not_empty(build, outcome):
    entry = Link(build.url("/news/1"), "Only one entry so far", "body")
    found = measure(build, build.page("/guide"), build.page("/news", text="", links=(entry,)))
    assert outcome(found) == ("measured", 0)
    assert found.n == 2


def test_columns_without_text_list_form_and_links_are_counted_and_cited(build, outcome):
    back = Link(build.url("/"), "Home", "body")
    found = measure(build, build.page("/guide", text="Guide"), build.page("/news", text="", links=(back,)))
    assert outcome(found) == ("measured", 2)
    assert "Guide" in found.evidence[0].cue
    form = build.page("/news", text="", forms=(build.form(),))
    assert outcome(measure(build, build.page("/guide", text=""), form)) == ("measured", 1)


def test_a_home_page_without_columns_has_none_to_measure(build, outcome):
    assert outcome(measure(build, columns={})) == ("not_applicable", None)


def test_columns_that_were_not_captured_or_not_read_are_not_measured(build, outcome):
    assert outcome(measure(build)) == ("not_measured", None)
    unread = build.page("/news", text="", problems=("text: ValueError broken",))
    assert outcome(measure(build, unread)) == ("not_measured", None)


def test_five_empty_columns_are_measured_low(build, outcome):
    menu = {f"Column {i}": (f"/{i}", None) for i in range(5)}
    pages = [build.page(f"/{i}", text="Soon") for i in range(5)]
    assert outcome(measure(build, *pages, columns=menu)) == ("measured", 5)
