"""What becomes of whole sites: rules, storms, traps."""

import pytest

from crawler.model import Failure

ARTICLES = {f"/news/{n}.html" for n in range(6)}
BUDGET = 45


def reasons(seen):
    return {reason.partition(":")[0] for reason in seen.left_out.values()}


def test_a_closed_folder_is_not_asked_for_and_the_skip_is_recorded(web):
    seen = web.seen("robots-part")
    assert seen.paths == ["/robots.txt", "/", "/public/b.html"]
    assert [c.final_url.partition("/private/")[2] for c in seen.captures if c.failure is Failure.ROBOTS] == ["a.html"]


@pytest.mark.parametrize("name", ["robots-404", "robots-403", "robots-html", "robots-huge", "robots-circle"])
def test_without_rules_all_may_be_read(web, name):
    assert {"/", "/private/a.html", "/public/b.html"} <= set(web.seen(name).paths)


@pytest.mark.parametrize("name", ["robots-500", "robots-521", "robots-429", "robots-silent", "robots-closed"])
def test_where_the_rules_cannot_be_had_nothing_is_read(web, name):
    assert set(web.seen(name).paths) == {"/robots.txt"}


def test_moved_rules_hold(web):
    assert web.seen("robots-moved").paths == ["/robots.txt", "/rules.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("wire-dns", Failure.DNS),
        ("wire-refused", Failure.REFUSED),
        ("wire-reset", Failure.NO_ANSWER),
        ("tls-plain", Failure.TLS),
    ],
)
def test_a_host_that_is_down_is_down_and_not_closed_by_robots(web, name, kind):
    kinds = [capture.failure for capture in web.seen(name).captures]
    assert kinds == [kind]


def test_robots_txt_is_asked_for_once(web):
    assert web.server.asked["trap-copies", "/robots.txt"] == 1


def test_a_storm_of_refusals_ends_after_a_few(web):
    seen = web.seen("storm-403")
    refused = [capture for capture in seen.captures if capture.status == 403]
    assert len(refused) <= 8
    assert "gave up" in reasons(seen)
    assert all(seen.reader.answer(capture).failure[0] is Failure.BLOCKED for capture in refused)


@pytest.mark.parametrize(
    "name",
    "calendar session-path session-query facets segments pagination copies".split(),
)
def test_a_trap_takes_no_page_from_the_articles(web, name):
    seen = web.seen(f"trap-{name}")
    assert set(seen.paths) >= ARTICLES
    assert len(seen.captures) <= BUDGET


@pytest.mark.parametrize(
    ("name", "most", "kind"),
    [
        ("calendar", 30, "trap"),
        ("segments", 14, "trap"),
        ("facets", BUDGET, "trap"),
        ("pagination", 20, "duplicate"),
        ("copies", 30, "duplicate"),
    ],
)
def test_a_trap_is_left_early_and_the_reason_recorded(web, name, most, kind):
    seen = web.seen(f"trap-{name}")
    assert len(seen.captures) <= most
    assert kind in reasons(seen)


@pytest.mark.parametrize("name", ["session-path", "session-query"])
def test_a_page_under_new_session_ids_is_one_page(web, name):
    seen = web.seen(f"trap-{name}")
    plain = [path.partition(";")[0].partition("?")[0] for path in seen.paths]
    assert plain.count("/a.html") == plain.count("/b.html") == 1


@pytest.mark.parametrize("name", ["frames", "script"])
def test_a_circle_of_gateways_is_walked_once(web, name):
    assert sorted(web.seen(f"trap-{name}").paths) == ["/", "/b.html", "/robots.txt"]


def test_a_page_that_refreshes_itself_for_ever_is_left(web):
    assert len(web.seen("trap-refresh").paths) <= 20


def test_files_are_links_and_not_fetched(web):
    seen = web.seen("file-links")
    assert not [path for path in seen.paths if path.startswith("/files/")]
    links = {link.url.rpartition("/")[2] for link in seen.home.facts.links}
    assert links >= {"plan.pdf", "form.docx", "a.xls?x=1"}
