"""One text at several addresses, as where a site puts an article into two columns."""

from datetime import date

from pairpages import BRIDGE, HOST, ZH_BRIDGE, ZH_FAIR, ZH_RAIN, chinese, matched, page, pair

from scoring.evidence import PageEvidence

DAY = date(2026, 5, 8)
BOTH = {"title": "云河大桥建成通车", "text": ZH_BRIDGE, "day": DAY}
TEXTS = ZH_FAIR * 2, ZH_RAIN * 2
OTHERS = [chinese(f"/xw/{n}x.html", text=text, title=text[:20], day=DAY) for n, text in enumerate(TEXTS)]


def bridge(path: str = "/en/news/b1.html", **facts: object) -> PageEvidence:
    return page(path, title="Yunhe bridge opens to traffic", text=BRIDGE, day=date(2026, 5, 9), **facts)  # type: ignore[arg-type]


def missing(foreign: list[PageEvidence], others: list[PageEvidence]) -> list[str | None]:
    return [found.chinese_url for found in pair(foreign, others) if found.foreign_url is None and found.core]


def test_an_article_in_two_columns_is_translated_once() -> None:
    twice = [chinese("/xw/aq.html", **BOTH), chinese("/tz/bq.html", **BOTH)]
    assert missing([bridge()], [*twice, *OTHERS]) == [HOST + "/xw/0x.html", HOST + "/xw/1x.html"]


def test_an_article_in_two_columns_that_has_no_counterpart_is_missing_once() -> None:
    twice = [chinese("/xw/aq.html", **BOTH), chinese("/tz/bq.html", **BOTH)]
    assert missing([page("/en/other.html")], [*twice]) == [HOST + "/tz/bq.html"]


def test_of_its_addresses_the_one_in_a_core_column_stands_then_the_earliest() -> None:
    twice = [
        chinese("/a/q.html", **BOTH),
        chinese("/b/q.html", column="news", **{**BOTH, "day": date(2026, 5, 9)}),
        chinese("/c/q.html", column="news", **BOTH),
    ]
    assert [found[:2] for found in matched([bridge()], [*twice, *OTHERS])] == [("/en/news/b1.html", "/c/q.html")]


def test_a_declared_counterpart_stands_for_its_copies() -> None:
    foreign = bridge(alternates=(("zh", "/tz/bq.html"),))
    twice = [chinese("/xw/aq.html", column="news", **BOTH), chinese("/tz/bq.html", **BOTH)]
    assert [found[:2] for found in matched([foreign], twice)] == [("/en/news/b1.html", "/tz/bq.html")]
    assert missing([foreign], twice) == []


def test_a_translation_in_two_columns_is_no_original_content() -> None:
    twice = [bridge(), bridge("/en/top/q.html")]
    pairs = pair(twice, [chinese("/xw/aq.html", **BOTH), *OTHERS])
    assert [found.foreign_url for found in pairs if found.chinese_url is None] == []


def test_titles_that_go_on_with_their_column_are_of_one_article() -> None:
    named = [chinese(f"/{n}q.html", **{**BOTH, "title": f"云河大桥建成通车_{n}_云河市政府"}) for n in ("要闻", "公告")]
    assert missing([bridge()], [*named, *OTHERS]) == [HOST + "/xw/0x.html", HOST + "/xw/1x.html"]


def test_articles_of_one_text_and_different_titles_are_no_copies() -> None:
    offers = [chinese(f"/tz/{n}z.html", title=f"第{n}号公告", text=ZH_RAIN * 2, day=DAY) for n in range(2)]
    assert len(missing([page("/en/other.html")], offers)) == 2


def test_articles_of_one_title_and_different_texts_are_no_copies() -> None:
    titled = [chinese(f"/xw/{n}y.html", title="天气", text=text, day=DAY) for n, text in enumerate(TEXTS)]
    assert len(missing([page("/en/other.html")], titled)) == 2
