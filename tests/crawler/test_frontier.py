from datetime import date
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.facts import Alternate, Link
from crawler.frontier import FAILURES_IN_A_ROW, FEWEST_WAITING, SiteFrontier
from crawler.job import SiteTask, Target
from crawler.lanes import COLUMNS_FIRST, Address, Lane, Spot
from crawler.left_out import MAX_ROWS, is_unseen
from crawler.model import Site
from crawler.scope import Scope
from crawler.site_maps import MOST_FILES

HOST = "http://www.a.gov.example"
SITE = Site("a", "甲市", "prefecture", "", f"{HOST}/")
CHINESE = Target("zh", f"{HOST}/", Scope("zh", "a.gov.example", "/"))
ENGLISH = Target("en", f"{HOST}/en/", Scope("en", "a.gov.example", "/en/"))


def frontier(*targets, others=(), max_pages=100):
    return SiteFrontier(SiteTask(SITE, targets or (CHINESE, ENGLISH), others), max_pages)


def links(*paths, place="body", anchor="x"):
    return [Link(f"{HOST}{path}", anchor, place) for path in paths]


def page(path="/", *, depth=0, language="zh", group=""):
    return Address(f"{HOST}{path}", "", "", depth, language, group)


def learn(site, entry, found, alternates=(), dates=None):
    known = {f"{HOST}{path}": when for path, when in (dates or {}).items()}
    site.learn(entry, entry.url, found, alternates, lambda urls: {u: known[u] for u in urls if u in known})


def drain(site):
    return [entry.url.removeprefix(HOST) for entry in iter(site.next, None)]


def reasons(site, language="zh"):
    return {url.removeprefix(HOST): reason for url, reason in site.versions[language].finish().items()}


def test_versions_take_turns_from_their_home_pages():
    site = frontier()
    learn(site, page(), links("/1.html", "/2.html", "/en/3.html", "/en/4.html"))
    assert drain(site) == ["/", "/en/", "/1.html", "/en/3.html", "/2.html", "/en/4.html"]


def test_what_only_footers_link_to_comes_last():
    site = frontier(CHINESE)
    learn(site, page(), links("/foot", place="footer") + links("/body") + links("/menu", place="nav"))
    assert drain(site) == ["/", "/menu", "/body", "/foot"]


def test_shallow_pages_come_before_deep_ones_of_a_column():
    site = frontier(CHINESE)
    learn(site, page("/1", depth=1), links("/deep"))
    learn(site, page(), links("/shallow"))
    assert drain(site) == ["/", "/shallow", "/deep"]


def test_core_columns_come_first_one_of_each_kind_before_the_second_of_any():
    site = frontier(CHINESE)
    menu = [("/search", "搜索"), ("/new1", "工作动态"), ("/new2", "政务要闻"), ("/x", "某某"), ("/law", "政策法规")]
    learn(site, page(), [Link(f"{HOST}{path}", name, "nav") for path, name in menu])
    assert drain(site) == ["/", "/new1", "/law", "/search", "/new2", "/x"]


def test_a_link_on_a_home_page_that_bears_a_columns_name_is_a_column_wherever_it_stands():
    site = frontier(CHINESE)
    learn(site, page(), links("/a.html", "/b.html") + links("/zcfg/", anchor="政策法规"))
    assert drain(site) == ["/", "/zcfg/", "/a.html", "/b.html"]


def test_columns_and_articles_take_turns_after_the_first_columns():
    site = frontier(CHINESE)
    columns = [f"/c{number}/" for number in range(COLUMNS_FIRST + 2)]
    learn(site, page(), links(*columns, place="nav") + links("/a", "/b", "/c"))
    order = drain(site)[1:]
    assert order == [*columns[:COLUMNS_FIRST], "/a", columns[-2], "/b", columns[-1], "/c"]


def test_articles_are_spread_over_the_columns_that_list_them():
    site = frontier(CHINESE)
    for column in ("/n/", "/p/"):
        learn(site, page(column, depth=1, group=column), links(f"{column}1", f"{column}2"))
    assert drain(site) == ["/", "/n/1", "/p/1", "/n/2", "/p/2"]


def test_articles_on_a_home_page_belong_to_the_column_of_their_folder():
    site = frontier(CHINESE)
    learn(site, page(), links("/n/", "/p/", place="nav") + links("/n/1", "/n/2", "/p/1"))
    assert drain(site) == ["/", "/n/", "/p/", "/n/1", "/p/1", "/n/2"]


def test_the_newest_article_of_a_column_comes_first_and_undated_ones_last():
    site = frontier(CHINESE)
    dates = {"/old": date(2024, 1, 1), "/new": date(2025, 11, 3), "/mid": date(2025, 1, 1)}
    learn(site, page("/n/", depth=1, group="n"), links("/undated", "/old", "/new", "/mid"), dates=dates)
    assert drain(site) == ["/", "/new", "/mid", "/old", "/undated"]


def test_dates_are_asked_for_new_links_only():
    site, asked = frontier(CHINESE), []
    for _ in range(2):
        site.learn(page(), f"{HOST}/", links("/1", "/2"), (), lambda urls: asked.append(list(urls)) or {})
    assert asked == [[f"{HOST}/1", f"{HOST}/2"]]


def test_a_declared_edition_comes_next_in_its_version():
    site = frontier()
    learn(site, page(), links("/en/linked"))
    learn(site, page("/a", depth=1), [], [Alternate("en", f"{HOST}/en/declared", "alternate")])
    found = [entry for entry in iter(site.next, None) if entry.language == "en"]
    assert [entry.url.removeprefix(HOST) for entry in found] == ["/en/", "/en/declared", "/en/linked"]
    assert found[1].depth == 1


def test_a_declared_edition_that_waits_already_comes_next():
    site = frontier()
    learn(site, page(), links("/en/one", "/en/two"))
    learn(site, page("/a", depth=1), [], [Alternate("en", f"{HOST}/en/two", "alternate")])
    assert drain(site) == ["/", "/en/", "/en/two", "/en/one"]


def test_a_page_that_declares_many_editions_in_one_language_moves_only_the_first():
    site = frontier()
    learn(site, page(), links("/en/1", "/en/2", "/en/3"))
    learn(site, page("/a", depth=1), [], [Alternate("en", f"{HOST}/en/{n}", "alternate") for n in (3, 2)])
    assert drain(site) == ["/", "/en/", "/en/3", "/en/1", "/en/2"]


def test_the_page_of_the_same_path_comes_next_in_the_other_version():
    site = frontier()
    learn(site, page(), links("/en/1.html", "/en/2.html"))
    learn(site, page("/2.html", depth=1), [])
    assert drain(site) == ["/", "/en/", "/en/2.html", "/en/1.html"]


def test_the_page_of_the_same_path_comes_next_also_where_it_is_found_later():
    site = frontier()
    learn(site, page("/2.html", depth=1), [])
    learn(site, page("/en/", language="en"), links("/en/1.html", "/en/2.html"))
    assert drain(site) == ["/", "/en/", "/en/2.html", "/en/1.html"]


def test_a_page_is_fetched_once_however_it_is_written():
    site = frontier(CHINESE)
    learn(site, page(), links("/index.html", "/a?x=1&y=2", "/a?y=2&x=1", "/a?x=1&y=2&utm_source=b"))
    assert drain(site) == ["/", "/a?x=1&y=2"]


def test_the_budget_is_a_versions_own_and_what_it_left_out_is_said():
    site = frontier(max_pages=2)
    learn(site, page(), links("/1", "/2", "/en/3"))
    assert drain(site) == ["/", "/en/", "/1", "/en/3"]
    assert reasons(site) == {"/2": "budget: the page limit of the version was reached"}
    assert reasons(site, "en") == {}


def test_pages_of_a_version_that_is_not_crawled_are_nobodys():
    site = frontier(CHINESE, others=[Scope("zh-Hant", "a.gov.example", "/big5/")])
    learn(site, page(), links("/big5/1", "/1"))
    assert drain(site) == ["/", "/1"]
    assert reasons(site) == {"/big5/1": "out of scope: belongs to the version in zh-Hant"}


def test_other_hosts_and_documents_are_not_fetched():
    site = frontier(CHINESE)
    elsewhere = [Link("http://b.example/", "x", "body"), Link("http://kids.a.gov.example/", "x", "body")]
    learn(site, page(), [*links("/form.pdf", "/form.doc"), *elsewhere])
    assert drain(site) == ["/"]
    # Another body's page is nothing that was left out; one of the body's own hosts is.
    assert site.versions["zh"].finish() == {"http://kids.a.gov.example/": "out of scope: lies outside of every version"}


def test_a_trap_is_left_out_with_its_reason():
    site = frontier(CHINESE)
    learn(site, page(), links("/a/b/a/b/a/b/a/b/"))
    drain(site)
    assert [reason.split(":")[0] for reason in reasons(site).values()] == ["trap"]


def test_a_version_that_fails_again_and_again_is_left_alone():
    site = frontier(CHINESE)
    learn(site, page(), links(*[f"/{number}" for number in range(20)]))
    for _ in range(FAILURES_IN_A_ROW):
        site.versions["zh"].came(failed=True)
    assert drain(site) == []
    assert reasons(site)["/1"] == f"gave up: after {FAILURES_IN_A_ROW} failures in a row"


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
    ahead = Address(f"{HOST}/en/index.htm", first.url, "", 0, "en")
    site.versions["en"].add(ahead, Spot(Lane.FRONT), exact=True)
    assert drain(site) == ["/en/index.htm"]


def test_a_page_that_robots_txt_closes_takes_nothing_from_the_budget():
    site = frontier(CHINESE, max_pages=2)
    learn(site, page(), links("/closed", "/open"))
    site.next()
    closed = site.next()
    site.versions["zh"].forbidden(closed)
    assert drain(site) == ["/open"]
    assert reasons(site) == {"/closed": "robots: robots.txt asks crawlers not to read it"}


def test_pages_that_robots_txt_closes_are_not_asked_about_without_end():
    site = frontier(CHINESE, max_pages=5)
    learn(site, page(), links(*[f"/{number}" for number in range(50)]))
    asked = 0
    while (entry := site.next()) is not None:
        asked += 1
        site.versions["zh"].forbidden(entry)
    assert asked == 10


def test_a_pattern_of_addresses_that_all_give_one_page_is_stopped():
    site = frontier(CHINESE)
    learn(site, page(), links(*[f"/list?facet={number}" for number in range(50)], "/other"))
    fetched = []
    while (entry := site.next()) is not None:
        fetched.append(entry.url.removeprefix(HOST))
        site.versions["zh"].page_came(entry.url, b"<p>the same</p>")
    assert len(fetched) < 15
    assert "/other" in fetched
    assert sum(reason.startswith("duplicate: ") for reason in reasons(site).values()) > 35


def test_a_few_dead_links_that_answer_alike_do_not_stop_the_articles_beside_them():
    site = frontier(CHINESE)
    learn(site, page(), links(*[f"/n/t{number}.html" for number in range(60)]))
    fetched = 0
    while (entry := site.next()) is not None:
        fetched += 1
        body = b"<p>not found</p>" if fetched % 2 else entry.url.encode()
        site.versions["zh"].page_came(entry.url, body)
    assert fetched == 61


def test_an_address_that_leads_to_a_known_page_is_noted_as_its_duplicate():
    site = frontier(CHINESE)
    site.versions["zh"].moved(page("/old"), f"{HOST}/new")
    assert reasons(site)["/old"] == f"duplicate: leads to {HOST}/new, which is known already"


def test_what_a_site_makes_up_without_end_is_bounded_and_counted():
    site = frontier(CHINESE, max_pages=1)
    for number in range(5):
        made_up = links(*[f"/{number}/{n}.html" for n in range(1000)])
        learn(site, page(f"/{number}", depth=1), made_up)
    assert drain(site) == ["/"]
    rows = reasons(site)
    assert len(rows) == MAX_ROWS + 1
    assert rows["(budget: more)"] == f"budget: {5000 - MAX_ROWS} more links"
    assert FEWEST_WAITING < MAX_ROWS


def test_site_maps_are_looked_for_only_where_links_ran_out_before_the_budget():
    rich, poor = frontier(max_pages=1), frontier(max_pages=5)
    drain(rich), drain(poor)
    assert rich.next_map() is None
    assert [poor.next_map(), poor.next_map()] == [f"{HOST}/robots.txt", None]


def test_a_site_map_lies_where_robots_txt_says_else_at_the_usual_place():
    named = f"Sitemap: {HOST}/maps/1.xml\nSitemap: http://b.example/s.xml".encode()
    for robots_txt, asked in ((b"", "/sitemap.xml"), (named, "/maps/1.xml")):
        site = frontier()
        drain(site)
        site.learn_map(site.next_map(), robots_txt)
        assert [site.next_map(), site.next_map()] == [f"{HOST}{asked}", None]


def test_maps_of_maps_are_not_followed_without_end():
    site = frontier()
    drain(site)
    site.next_map()
    for number in range(50):
        index = f"<sitemapindex><sitemap><loc>{HOST}/map{number}.xml</loc></sitemap></sitemapindex>"
        site.learn_map(f"{HOST}/sitemap.xml", index.encode())
    assert len(list(iter(site.next_map, None))) == MOST_FILES - 1


def test_what_only_the_site_map_names_comes_last_the_newest_first():
    site = frontier(max_pages=4)
    learn(site, page(), links("/foot", place="footer"))
    dated = (("/1.html", "2024-01-01"), ("/2.html", ""), ("/en/3.html", "2025-01-01"), ("/a.pdf", "2025-01-01"))
    named = "".join(f"<url><loc>{HOST}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in dated)
    drained = drain(site)
    site.next_map()
    site.learn_map(f"{HOST}/sitemap.xml", f"<urlset>{named}<url><loc>http://b.example/</loc></url></urlset>".encode())
    assert drained + drain(site) == ["/", "/en/", "/foot", "/en/3.html", "/1.html", "/2.html"]


def test_only_what_may_be_an_unseen_page_counts_as_unseen():
    kinds = ("budget: x", "gave up: x", "trap: x", "robots: x", "out of scope: x", "duplicate: x")
    assert [is_unseen(kind) for kind in kinds] == [True, True, True, False, False, False]


def test_the_order_of_a_pages_links_is_kept_whatever_their_names():
    for paths in permutations(("/b", "/a", "/c")):
        site = frontier(CHINESE)
        learn(site, page(), links(*paths))
        assert drain(site) == ["/", *paths]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.sampled_from(["nav", "body", "footer"]),
            st.sampled_from(["", "en/"]),
            st.sampled_from([None, date(2024, 5, 1), date(2025, 5, 1)]),
        ),
        max_size=60,
    ),
    st.integers(1, 20),
)
def test_every_address_is_fetched_or_left_out_exactly_once(found, budget):
    def crawl():
        site = frontier(max_pages=budget)
        dates = {f"/{prefix}{number}": when for number, _, prefix, when in found if when}
        learn(site, page(), [Link(f"{HOST}/{prefix}{n}", "x", place) for n, place, prefix, _ in found], dates=dates)
        fetched = drain(site)
        return fetched, [*reasons(site), *reasons(site, "en")]

    fetched, left = crawl()
    assert (fetched, left) == crawl()
    assert sorted(fetched + left) == sorted({"/", "/en/"} | {f"/{prefix}{n}" for n, _, prefix, _ in found})
    assert sum(path.startswith("/en/") for path in fetched) <= budget
