from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.page import Page
from crawler.extract.place import Places, place_of

OPENINGS = ["nav", "div class=menu", "footer", "div id=footer", "main", "article", "header", "div", "ul", "aside"]


@given(st.lists(st.tuples(st.lists(st.sampled_from(OPENINGS), max_size=8)), min_size=1, max_size=6))
def test_what_is_remembered_of_one_link_does_not_change_the_place_of_another(chains):
    boxes = [
        "".join(f"<{tag}>" for tag in chain)
        + "<a href=x>x</a>"
        + "".join(f"</{tag.split()[0]}>" for tag in chain[::-1])
        for (chain,) in chains
    ]
    page = Page("".join(boxes).encode(), "http://a.gov.example/", fetched=datetime(2025, 12, 1, tzinfo=UTC))
    places = Places()
    found = list(page.tree.iter("a"))
    assert [places.of(link) for link in found] == [place_of(link) for link in found]


def test_a_page_of_many_menus_within_each_other_is_read():
    html = "<div class=nav>" * 200 + "<a href=x>x</a>"
    page = Page(html.encode(), "http://a.gov.example/", fetched=datetime(2025, 12, 1, tzinfo=UTC))
    places = Places()
    assert [places.of(link) for link in page.tree.iter("a")] == ["nav"]
