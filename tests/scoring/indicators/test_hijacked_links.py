import pytest

from crawler.extract.facts import Link
from scoring.evidence import LinkCheck
from scoring.indicators.hijacked_links import hijacked_links


def measure(build, *links, **parts):
    found = tuple(Link(url, anchor, "body") for url, anchor in links)
    return hijacked_links.run(build.evidence(home=build.home(links=found), **parts))


GOOD = ("https://www.partner.example/", "Our partner city")


def test_links_to_sound_sites_are_measured_low(build, outcome):
    found = measure(build, GOOD, ("https://www.other.gov.cn/casino", "Macao casino revenue"))
    assert outcome(found) == ("measured", 0)
    assert found.n == 1


@pytest.mark.parametrize(
    ("url", "anchor"),
    [
        ("https://lucky.example/", "Best online casino"),
        ("https://bet365.example.com/", "Sister city"),
        ("https://x.example/%E5%8D%9A%E5%BD%A9", "Tea"),
        ("https://www.hugedomains.com/domain_profile.cfm", "Chamber of commerce"),
        ("https://y.example/", "六合彩开奖"),
    ],
)
def test_words_and_hosts_of_gambling_and_parking_are_counted_and_cited(build, outcome, url, anchor):
    found = measure(build, GOOD, (url, anchor))
    assert outcome(found) == ("measured", 1)
    assert anchor in found.evidence[0].cue


def test_a_link_that_leads_to_a_parking_page_is_counted(build, outcome):
    ref = build.ref("https://www.sedoparking.com/partner")
    check = LinkCheck(GOOD[0], GOOD[1], build.ref("/"), ref, 200, None, "", "text/html", None, True)
    assert outcome(measure(build, GOOD, outbound=[check])) == ("measured", 1)


@pytest.mark.parametrize("anchor", ["Slots for the fair", "Sussex", "Macao casino revenue up", "Sportsmen"])
def test_innocent_words_are_not(build, outcome, anchor):
    assert outcome(measure(build, ("https://www.partner.example/sussex", anchor))) == ("measured", 0)


def test_a_version_without_links_out_has_nothing_to_measure(build, outcome):
    assert outcome(measure(build, (build.url("/a"), "Own page"))) == ("not_applicable", None)
    unread = build.home(problems=("links: ValueError broken",))
    assert outcome(hijacked_links.run(build.evidence(home=unread))) == ("not_measured", None)
