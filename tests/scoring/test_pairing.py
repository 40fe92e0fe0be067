from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.facts import Alternate, Charset, Identity, Language, Link, ListItem, PageFacts
from crawler.model import Candidate
from crawler.scope import Scope
from scoring.evidence import EvidenceRef, PageEvidence, Pair
from scoring.pairing import pair_pages

HOST = "http://www.x.gov.cn"
EN, ZH = Scope("en", "x.gov.cn", "/en/"), Scope("zh", "x.gov.cn", "/")


def page(
    path: str,
    *,
    language: str = "en",
    text: str = "",
    day: date | None = None,
    depth: int = 1,
    alternates: tuple[tuple[str, str], ...] = (),
    links: tuple[tuple[str, str], ...] = (),
    versions: tuple[tuple[str, str], ...] = (),
    items: int = 0,
    column: str | None = None,
) -> PageEvidence:
    url = HOST + path
    facts = PageFacts(
        url=url,
        title=path,
        charset=Charset("utf-8", "utf-8"),
        language=Language(language, language, (), None),
        published=None,
        updated=None,
        text=text or "word" * 40,
        chrome_text="",
        versions=tuple(Candidate(tag, HOST + to, "", "link") for tag, to in versions),
        alternates=tuple(Alternate(tag, HOST + to, "alternate") for tag, to in alternates),
        columns=(),
        items=tuple(ListItem(str(n), url, None) for n in range(items)),
        links=tuple(Link(HOST + to, anchor, "nav") for anchor, to in links),
        forms=(),
        contacts=(),
        social=(),
        identity=Identity(),
        meta=(),
        onward=(),
        problems=(),
    )
    ref = EvidenceRef(1, url, datetime(2026, 6, 1, tzinfo=UTC), "sha256:1", "a.warc.gz", 0)
    return PageEvidence(ref, facts, 200, depth, day, column_type=column)


def chinese(path: str, **facts: object) -> PageEvidence:
    return page(path, language="zh-Hans", **facts)  # type: ignore[arg-type]


def pair(foreign: list[PageEvidence], others: list[PageEvidence], foreign_scope: Scope = EN) -> tuple[Pair, ...]:
    return pair_pages(foreign, others, foreign_scope=foreign_scope, chinese_scope=ZH, foreign_language="en")


def matched(foreign: list[PageEvidence], others: list[PageEvidence]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (p.foreign_url.removeprefix(HOST), p.chinese_url.removeprefix(HOST), p.cues)
        for p in pair(foreign, others)
        if p.foreign_url and p.chinese_url
    ]


def test_pages_of_one_address_below_their_versions_are_a_pair() -> None:
    found = matched([page("/en/docs/quick-start.html")], [chinese("/docs/quick-start.html"), chinese("/docs/faq.html")])
    assert found == [("/en/docs/quick-start.html", "/docs/quick-start.html", ("url shape",))]


def test_home_pages_are_a_pair_whatever_their_addresses() -> None:
    found = matched([page("/en/portal/start.html", depth=0)], [chinese("/", depth=0)])
    assert found == [("/en/portal/start.html", "/", ("home",))]


def test_a_declared_edition_pairs_from_either_side_and_surer_from_both() -> None:
    declares = page("/en/n1.html", alternates=(("zh-CN", "/xw/1.html"), ("en", "/en/n1.html")))
    declared = chinese("/xw/2.html", alternates=(("en-US", "/en/n2.html"),))
    both = page("/en/n3.html", alternates=(("zh", "/xw/3.html"),))
    back = chinese("/xw/3.html", alternates=(("en", "/en/n3.html"),))
    pairs = pair([declares, page("/en/n2.html"), both], [chinese("/xw/1.html"), declared, back])
    assert [(p.chinese_url, p.cues) for p in pairs] == [
        (HOST + "/xw/1.html", ("hreflang",)),
        (HOST + "/xw/2.html", ("hreflang",)),
        (HOST + "/xw/3.html", ("mutual hreflang",)),
    ]
    assert pairs[0].score < pairs[2].score == 1.0


def test_language_switches_pair_pages() -> None:
    mutual = (
        page("/en/a1.html", links=(("中文版", "/x/1.html"),)),
        chinese("/x/1.html", versions=(("en", "/en/a1.html"),)),
    )
    one_way = (
        page("/en/a2.html", links=(("简体中文", "/x/2.html"), ("Chinese Medicine", "/x/3.html"))),
        chinese("/x/2.html"),
    )
    found = matched([mutual[0], one_way[0]], [mutual[1], one_way[1], chinese("/x/3.html")])
    assert found == [("/en/a1.html", "/x/1.html", ("mutual link",)), ("/en/a2.html", "/x/2.html", ("link",))]


def test_a_switch_that_leads_every_page_to_the_home_page_pairs_none_but_the_home() -> None:
    foreign = [page("/en/", depth=0, links=(("中文", "/"),))]
    foreign += [page(f"/en/news{n}x.html", links=(("中文", "/"),), alternates=(("zh", "/"),)) for n in range(3)]
    others = [chinese("/", depth=0, versions=(("en", "/en/"),)), chinese("/xw/1.html", versions=(("en", "/en/"),))]
    assert [found[:2] for found in matched(foreign, others)] == [("/en/", "/")]


def test_a_declaration_beats_an_equal_address() -> None:
    foreign = page("/en/about.html", alternates=(("zh", "/gaikuang.html"),))
    found = matched([foreign], [chinese("/about.html"), chinese("/gaikuang.html")])
    assert found == [("/en/about.html", "/gaikuang.html", ("hreflang",))]


def test_equal_short_numbers_alone_are_no_pair() -> None:
    assert matched([page("/en/content.jsp?id=12")], [chinese("/content.jsp?id=12")]) == []
    assert matched([page("/en/art/art_7.html")], [chinese("/art/art_7.html")]) == []


def test_equal_numbers_of_one_date_are_a_pair_and_of_distant_dates_none() -> None:
    foreign = page("/en/art/art_7.html", day=date(2026, 5, 3))
    assert len(matched([foreign], [chinese("/art/art_7.html", day=date(2026, 5, 1))])) == 1
    assert matched([foreign], [chinese("/art/art_7.html", day=date(2024, 5, 1))]) == []


def test_list_pages_of_one_number_are_a_pair() -> None:
    assert len(matched([page("/en/col/12/", items=9)], [chinese("/col/12/", items=9)])) == 1


def test_an_article_number_pairs_across_folders_within_days() -> None:
    foreign = page("/en/news/t20260503_8812345.html", day=date(2026, 5, 3))
    assert matched([foreign], [chinese("/xwdt/202605/t20260502_8812345.html", day=date(2026, 5, 2))]) == [
        ("/en/news/t20260503_8812345.html", "/xwdt/202605/t20260502_8812345.html", ("article id",))
    ]
    assert matched([foreign], [chinese("/xwdt/t20200502_8812345.html", day=date(2020, 5, 2))]) == []
    assert matched([foreign], [chinese("/xwdt/t20260503_9.html", day=date(2020, 5, 3))]) == []


TEXT = (
    "In the first quarter exports came to 1,234.5 million, up 12.7 percent, with 458 firms and 90210 parcels of 2026. "
)
ZH_TEXT = "一季度出口1234.5百万元，增长12.7%，企业458家，包裹90210件，2026年。" * 3


def test_shared_rare_figures_of_about_one_date_are_a_pair() -> None:
    foreign = page("/en/n/b.html", text=TEXT, day=date(2026, 5, 10))
    others = [chinese("/xw/1.html", text=ZH_TEXT, day=date(2026, 5, 1)), chinese("/xw/2.html", day=date(2026, 5, 10))]
    assert matched([foreign], others) == [("/en/n/b.html", "/xw/1.html", ("date and figures",))]


@pytest.mark.parametrize("day", [None, date(2025, 5, 1)])
def test_shared_figures_without_a_date_near_are_no_pair(day: date | None) -> None:
    foreign = page("/en/n/b.html", text=TEXT, day=date(2026, 5, 10))
    assert matched([foreign], [chinese("/xw/1.html", text=ZH_TEXT, day=day)]) == []


def test_figures_that_fit_two_pages_alike_pair_neither() -> None:
    foreign = page("/en/n/b.html", text=TEXT, day=date(2026, 5, 10))
    others = [chinese(f"/xw/{n}.html", text=ZH_TEXT, day=date(2026, 5, 9)) for n in (1, 2)]
    assert matched([foreign], others) == []


def test_what_has_no_counterpart_is_listed_where_it_counts() -> None:
    foreign = [page("/en/only-here.html"), page("/en/list/", items=9)]
    laws = [chinese(f"/a/law{number}.html", column="laws") for number in range(5)]
    others = [*laws, chinese("/a/list/", column="laws", items=9), chinese("/a/other.html")]
    assert [(p.foreign_url, p.chinese_url, p.score, p.cues, p.core) for p in pair(foreign, others)] == [
        (HOST + "/en/only-here.html", None, 0.0, (), False),
        *((None, law.url, 0.0, (), True) for law in laws),
    ]


def test_where_no_core_column_is_known_every_chinese_article_counts() -> None:
    others = [chinese(f"/docs/{name}.html") for name in "abc"]
    found = pair([page("/en/docs/a.html")], others)
    assert [(p.foreign_url is not None, p.core) for p in found] == [(True, True), (False, True), (False, True)]


def test_a_pair_outside_the_core_does_not_count_where_the_core_is_known() -> None:
    laws = [chinese(f"/law{number}.html", column="laws") for number in range(5)]
    found = pair([page("/en/extra.html")], [*laws, chinese("/extra.html")])
    assert [(p.chinese_url, p.core) for p in found if p.foreign_url] == [(HOST + "/extra.html", False)]


def test_a_pair_keeps_dates_lag_and_whether_it_is_translated() -> None:
    def translated(language: str) -> Pair:
        foreign = page("/en/quick.html", language=language, day=date(2026, 5, 9))
        return pair([foreign], [chinese("/quick.html", day=date(2026, 5, 1))])[0]

    assert translated("en").lag_days == 8
    assert [translated(tag).translated for tag in ("en", "zh-Hans", "zh", "und")] == [True, False, False, None]


def test_a_link_to_an_address_that_redirected_finds_its_page() -> None:
    moved = chinese("/new/1.html")
    moved = replace(moved, ref=replace(moved.ref, url=HOST + "/old/1.html"))
    assert len(matched([page("/en/n1.html", alternates=(("zh", "/old/1.html"),))], [moved])) == 1


PATHS = st.lists(st.sampled_from(["a/", "about.html", "b/faq.html", "c/1.html", "d/item_123456.html"]), max_size=8)


@given(PATHS, PATHS, st.randoms(use_true_random=False))
def test_pairs_are_one_to_one_in_any_order(ours: list[str], theirs: list[str], random: object) -> None:
    foreign = [page(f"/en/{path}", links=(("中文", f"/{theirs[0]}"),) if theirs else ()) for path in ours]
    others = [chinese(f"/{path}", column="news") for path in theirs]
    pairs = pair(foreign, others)
    random.shuffle(foreign)  # type: ignore[attr-defined]
    random.shuffle(others)  # type: ignore[attr-defined]
    assert pair(foreign, others) == pairs
    for urls in ([p.foreign_url for p in pairs if p.foreign_url], [p.chinese_url for p in pairs if p.chinese_url]):
        assert len(urls) == len(set(urls))
    assert all(0 < p.score <= 1 for p in pairs if p.foreign_url and p.chinese_url)
