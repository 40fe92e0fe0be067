from crawler.extract.facts import Alternate, Link
from crawler.model import Failure
from scoring.indicators.chinese_only_link_share import chinese_only_link_share

CHINESE = "https://www.example.gov.cn"


def link(build, path, anchor="A link"):
    return Link(build.url(path), anchor, "body")


def measure(build, *links, failed=(), pairs=None, **home):
    """A version of ten pages whose home links to all of them and to `links`; three Chinese pages."""
    pages = [build.page(f"/{i}") for i in range(10)]
    linked = (*(link(build, f"/{i}") for i in range(10)), *links)
    chinese = [build.chinese(f"{CHINESE}/{i}") for i in range(3)]
    return chinese_only_link_share.run(
        build.evidence(
            *pages,
            home=build.home(links=linked, **home),
            failed=list(failed),
            pairs=pairs,
            chinese_home=build.chinese(f"{CHINESE}/"),
            chinese_pages=[build.chinese(f"{CHINESE}/"), *chinese],
        )
    )


def test_links_into_chinese_and_dead_ones_are_counted_once_and_cited(build, outcome):
    lost = [link(build, f"{CHINESE}/1", "Notices"), link(build, "/gone"), link(build, "/gone", "again")]
    found = measure(build, *lost, failed=[build.failed("/gone")])
    assert outcome(found) == ("measured", 2 / 12)
    assert found.n == 12
    assert found.note.startswith("2 of 12 links lead nowhere or into Chinese: 1 dead, 1 to a page in Chinese")
    assert found.evidence[0].cue == f"Notices → {CHINESE}/1: in Chinese"


def test_links_within_the_version_are_full_marks(build, outcome):
    assert outcome(measure(build)) == ("measured", 0)


def test_switches_between_the_versions_are_no_links_into_chinese(build, outcome):
    switches = [link(build, f"{CHINESE}/"), link(build, f"{CHINESE}/1"), link(build, f"{CHINESE}/2", "中文")]
    declared = (Alternate("zh-CN", f"{CHINESE}/1", "alternate"),)
    assert outcome(measure(build, *switches, alternates=declared)) == ("measured", 0)


def test_a_link_to_the_pages_own_counterpart_is_a_switch(build, outcome):
    pages = [build.page(f"/{i}") for i in range(10)]
    own = build.page("/a/1", links=(link(build, f"{CHINESE}/a/1"), *(link(build, f"/{i}") for i in range(10))))
    chinese = [build.chinese(f"{CHINESE}/a/1")]
    for pairs, share in ([build.pair(1)], 0), ([], 1 / 11):
        found = chinese_only_link_share.run(build.evidence(own, *pages, pairs=pairs, chinese_pages=chinese))
        assert outcome(found) == ("measured", share)


def test_what_we_did_not_follow_or_failed_to_see_counts_neither_way(build, outcome):
    unseen = [link(build, f"{CHINESE}/77"), link(build, "https://other.example/"), link(build, "/slow")]
    found = measure(build, *unseen, failed=[build.failed("/slow", Failure.TIMEOUT, None)])
    assert outcome(found) == ("measured", 0)
    assert found.n == 10


def test_a_page_that_says_that_it_does_not_exist_is_dead_though_it_answers_200(build, outcome):
    found = measure(build, link(build, "/lost"), failed=[build.failed("/lost", status=200)])
    assert outcome(found) == ("measured", 1 / 11)
    assert ": 1 dead, 0 to a page" in found.note


def test_fewer_than_ten_addresses_say_nothing(build, outcome):
    pages = [build.page("/1", links=tuple(link(build, f"/{i}") for i in range(9))), build.page("/2")]
    assert outcome(chinese_only_link_share.run(build.evidence(*pages))) == ("not_measured", None)
