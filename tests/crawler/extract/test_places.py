from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.page import Page
from crawler.extract.place import place_of

OPENINGS = ["nav", "div class=menu", "footer", "div id=footer", "main", "article", "header", "div", "ul", "aside"]


def page(html: str) -> Page:
    return Page(html.encode(), "http://a.gov.example/", fetched=datetime(2025, 12, 1, tzinfo=UTC))


def box(chain: list[str]) -> str:
    closing = "".join(f"</{tag.split()[0]}>" for tag in chain[::-1])
    return "".join(f"<{tag}>" for tag in chain) + "<a href=x>x</a>" + closing


@given(st.lists(st.lists(st.sampled_from(OPENINGS), max_size=8), min_size=1, max_size=6))
def test_the_place_of_a_link_rests_on_what_is_around_it_alone(chains: list[list[str]]) -> None:
    together = [place_of(link) for link in page("".join(map(box, chains))).nodes.of("a")]
    assert together == [place_of(page(box(chain)).nodes.of("a")[0]) for chain in chains]


def test_a_page_of_many_menus_within_each_other_is_read() -> None:
    [link] = page("<div class=nav>" * 200 + "<a href=x>x</a>").nodes.of("a")
    assert place_of(link) == "nav"
