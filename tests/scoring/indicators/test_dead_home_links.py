import pytest

from crawler.extract.facts import Link
from crawler.model import Failure
from scoring.evidence import LinkCheck
from scoring.indicators.dead_home_links import dead_home_links


def measure(build, *, links, failed=(), captured=()):
    home = build.home(links=tuple(Link(build.url(path), "A link", "body") for path in links))
    return dead_home_links.run(build.evidence(*(build.page(path) for path in captured), home=home, failed=list(failed)))


@pytest.mark.parametrize("n", [0, 4, 12])
def test_links_that_lead_nowhere_are_counted_low_and_high(build, outcome, n):
    failed = [build.failed(f"/dead{i}") for i in range(n)]
    found = measure(build, links=["/a", "/b", *(f"/dead{i}" for i in range(n))], failed=failed, captured=["/a", "/b"])
    assert outcome(found) == ("measured", n)
    assert found.n == n + 2


def test_a_dead_link_of_another_page_does_not_count(build, outcome):
    assert outcome(measure(build, links=["/a"], failed=[build.failed("/dead")], captured=["/a"])) == ("measured", 0)


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, Failure.BLOCKED, Failure.ROBOTS])
def test_what_we_failed_to_see_is_not_dead(build, outcome, failure):
    failed = [build.failed("/a", failure, None)]
    assert outcome(measure(build, links=["/a"], failed=failed)) == ("not_measured", None)
    assert outcome(measure(build, links=["/a", "/b"], failed=failed, captured=["/b"])) == ("measured", 0)


def test_an_address_that_was_captured_in_the_end_is_not_dead(build, outcome):
    found = measure(build, links=["/a"], failed=[build.failed("/a", status=503)], captured=["/a"])
    assert outcome(found) == ("measured", 0)


def test_links_out_of_the_site_count_as_far_as_they_were_tried(build, outcome):
    def check(url, status, failure):
        return LinkCheck(url, "Partner", build.ref("/"), build.ref(url), status, failure, "", "text/html", None, True)

    urls = [f"https://p{i}.example/" for i in range(3)]
    home = build.home(links=tuple(Link(url, "Partner", "body") for url in urls))
    tried = [check(urls[0], 404, Failure.HTTP_ERROR), check(urls[1], 200, None), check(urls[2], None, Failure.TIMEOUT)]
    found = dead_home_links.run(build.evidence(home=home, outbound=tried))
    assert outcome(found) == ("measured", 1)
    assert found.n == 2
    assert found.evidence[0].cue == "https://p0.example/ answers 404"
