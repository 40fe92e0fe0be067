from dataclasses import replace

import pytest

from crawler.blocked import SOFT_404
from crawler.extract.facts import Link
from scoring.indicators.dead_inner_links import dead_inner_links


def links(build, *paths):
    return tuple(Link(build.url(path), "A link", "body") for path in paths)


def measure(build, dead, *, failed=None, home=()):
    seen = [f"/{i}" for i in range(6)]
    pages = [build.page(path, links=links(build, *seen, *dead)) for path in seen]
    failed = [build.failed(path) for path in dead] if failed is None else failed
    return dead_inner_links.run(build.evidence(*pages, home=build.home(links=links(build, *home)), failed=failed))


@pytest.mark.parametrize("n", [0, 3])
def test_dead_links_of_inner_pages_are_counted_low_and_high(build, outcome, n):
    found = measure(build, [f"/dead{i}" for i in range(n)])
    assert outcome(found) == ("measured", n)
    assert found.n == 6 + n


def test_those_of_the_home_page_are_counted_there(build, outcome):
    assert outcome(measure(build, ["/dead", "/gone"], home=["/dead"])) == ("measured", 1)


def test_a_missing_page_that_answers_200_is_dead(build, outcome):
    soft = replace(build.failed("/soft", status=200), note=f"{SOFT_404} (answered 200, says “not found”)")
    assert outcome(measure(build, ["/soft"], failed=[soft])) == ("measured", 1)


def test_fewer_than_five_tried_links_say_nothing(build, outcome):
    page = build.page("/1", links=links(build, "/2"))
    found = dead_inner_links.run(build.evidence(page, home=build.home(), failed=[build.failed("/2")]))
    assert outcome(found) == ("not_measured", None)
