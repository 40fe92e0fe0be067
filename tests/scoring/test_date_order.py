from datetime import UTC, date, datetime

from crawler.extract.facts import PageFacts
from crawler.extract.page import Page
from crawler.extract.read import read_page
from crawler.scope import page_key
from scoring.date_order import publication, site_order

FETCHED = datetime(2025, 11, 20, tzinfo=UTC)
TEXT = (
    "The harbour was opened again on Monday after three years of repairs, and two hundred ships are expected soon. " * 4
)
SWAPPED = {"dmy": date(2015, 12, 5), "mdy": date(2015, 5, 12)}


def facts(line: str, number: int = 1) -> PageFacts:
    html = f"<title>Harbour opens again</title><h1>Harbour opens again</h1><div>{line}</div><p>{TEXT}</p>"
    return read_page(Page(html.encode(), f"http://x.gov.cn/en/{number}.html", fetched=FETCHED))


def test_one_date_that_can_be_read_one_way_only_settles_the_others_of_the_site() -> None:
    page = facts("Published: 05/12/2015")
    for line, order in (("Published: 25/12/2015", "dmy"), ("Published: 12/25/2015", "mdy")):
        assert site_order([page, facts(line, 2)], {}) == order
        when, cue = publication(page, order, {})  # type: ignore[arg-type]
        assert when == SWAPPED[order]
        assert cue == "label:Published, in the order of the site's other dates"


def test_a_site_that_writes_both_ways_settles_nothing() -> None:
    pages = [facts("Published: 25/12/2015"), facts("Published: 12/25/2015", 2), facts("Published: 05/12/2015", 3)]
    assert site_order(pages, {}) is None
    assert publication(pages[2], None, {}) == (None, "")


def test_the_list_that_links_to_an_undecided_page_settles_it_and_its_like() -> None:
    listed, other = facts("Published: 05/12/2015"), facts("Published: 03/04/2015", 2)
    order = site_order([listed, other], {page_key(listed.url): date(2015, 5, 12)})
    assert order == "mdy"
    assert publication(other, order, {})[0] == date(2015, 3, 4)


def test_a_page_without_a_date_has_that_of_its_list_and_one_with_a_date_keeps_it() -> None:
    bare, dated = facts("By the port office"), facts("Published: 25 December 2015", 2)
    listed = {page_key(page.url): date(2015, 12, 27) for page in (bare, dated)}
    assert publication(bare, None, listed) == (date(2015, 12, 27), "list")
    assert publication(dated, None, listed) == (date(2015, 12, 25), "label:Published")
