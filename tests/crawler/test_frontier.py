from crawler.extract.facts import Alternate, Link
from crawler.frontier import FAILURES_IN_A_ROW, SiteFrontier
from crawler.job import SiteTask, Target
from crawler.model import Site
from crawler.scope import Scope

HOST = "http://www.a.gov.example"
SITE = Site("a", "甲市", "prefecture", "", f"{HOST}/")
CHINESE = Target("zh", f"{HOST}/", Scope("zh", "a.gov.example", "/"))
ENGLISH = Target("en", f"{HOST}/en/", Scope("en", "a.gov.example", "/en/"))


def frontier(*targets, others=(), max_pages=100):
    return SiteFrontier(SiteTask(SITE, targets or (CHINESE, ENGLISH), others), max_pages)


def links(*paths, place="body"):
    return [Link(f"{HOST}{path}", "x", place) for path in paths]


def drain(site):
    return [entry.url.removeprefix(HOST) for entry in iter(site.next, None)]


def test_versions_take_turns_from_their_home_pages():
    site = frontier()
    site.learn(f"{HOST}/", 0, links("/1.html", "/2.html", "/en/1.html", "/en/2.html"), [])
    assert drain(site) == ["/", "/en/", "/1.html", "/en/1.html", "/2.html", "/en/2.html"]


def test_menus_come_before_bodies_and_bodies_before_footers():
    site = frontier(CHINESE)
    site.next()
    site.learn(f"{HOST}/", 0, links("/foot", place="footer") + links("/body") + links("/menu", place="nav"), [])
    assert drain(site) == ["/menu", "/body", "/foot"]


def test_shallow_pages_come_before_deep_ones():
    site = frontier(CHINESE)
    site.next()
    site.learn(f"{HOST}/1", 1, links("/deep"), [])
    site.learn(f"{HOST}/", 0, links("/shallow"), [])
    assert drain(site) == ["/shallow", "/deep"]


def test_a_declared_edition_is_fetched_at_the_depth_of_its_page():
    site = frontier(ENGLISH)
    site.next()
    site.learn(f"{HOST}/a", 1, links("/en/linked"), [Alternate("en", f"{HOST}/en/declared", "alternate")])
    assert drain(site) == ["/en/declared", "/en/linked"]


def test_a_page_is_fetched_once_however_it_is_written():
    site = frontier(CHINESE)
    site.learn(f"{HOST}/", 0, links("/index.html", "/a?x=1&y=2", "/a?y=2&x=1", "/a?x=1&y=2&utm_source=b"), [])
    assert drain(site) == ["/", "/a?x=1&y=2"]


def test_the_budget_is_a_versions_own_and_what_it_left_out_is_said():
    site = frontier(max_pages=2)
    site.learn(f"{HOST}/", 0, links("/1", "/2", "/en/1"), [])
    assert drain(site) == ["/", "/en/", "/1", "/en/1"]
    assert site.versions["zh"].finish() == {f"{HOST}/2": "budget: the page limit of the version was reached"}
    assert site.versions["en"].finish() == {}


def test_pages_of_an_edition_that_is_not_crawled_are_not_taken_for_the_version_around_it():
    site = frontier(CHINESE, others=[Scope("zh-Hant", "a.gov.example", "/big5/")])
    site.learn(f"{HOST}/", 0, links("/big5/1", "/1"), [])
    assert drain(site) == ["/", "/1"]


def test_other_hosts_and_documents_are_not_fetched():
    site = frontier(CHINESE)
    site.learn(f"{HOST}/", 0, [*links("/form.pdf", "/form.doc"), Link("http://b.example/", "x", "body")], [])
    assert drain(site) == ["/"]


def test_a_trap_is_left_out_with_its_reason():
    site = frontier(CHINESE)
    site.learn(f"{HOST}/", 0, links("/a/b/a/b/a/b/a/b/"), [])
    drain(site)
    assert [reason.split(":")[0] for reason in site.versions["zh"].finish().values()] == ["trap"]


def test_a_version_that_fails_again_and_again_is_left_alone():
    site = frontier(CHINESE)
    site.learn(f"{HOST}/", 0, links(*[f"/{number}" for number in range(20)]), [])
    for _ in range(FAILURES_IN_A_ROW):
        site.versions["zh"].came(failed=True)
    assert drain(site) == []
    assert "gave up after" in next(iter(site.versions["zh"].finish().values()))


def test_one_good_answer_forgives_the_failures_before_it():
    site = frontier(CHINESE)
    for _ in range(FAILURES_IN_A_ROW - 1):
        site.versions["zh"].came(failed=True)
    site.versions["zh"].came(failed=False)
    site.versions["zh"].came(failed=True)
    assert drain(site) == ["/"]


def test_a_gateway_to_its_own_index_file_is_followed():
    site = frontier(ENGLISH)
    first = site.next()
    site.versions["en"].add(f"{HOST}/en/index.htm", referrer=first.url, anchor="", depth=0, place="onward")
    assert drain(site) == ["/en/index.htm"]
