from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairpages import BRIDGE, EN, HOST, ZH, ZH_BRIDGE, ZH_FAIR, ZH_RAIN, chinese, matched, page, pair

from crawler.scope import Scope
from scoring.evidence import Pair
from scoring.pairing.pages import content_cues_available, pair_pages


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


def test_a_translation_is_found_among_the_news_of_its_day_whatever_the_addresses() -> None:
    foreign = page("/en/n/b.html", text=BRIDGE, day=date(2026, 5, 10))
    texts = {"/xw/1.html": ZH_FAIR, "/xw/2.html": ZH_BRIDGE, "/tz/3.html": ZH_RAIN}
    others = [chinese(path, text=text, title="", day=date(2026, 5, 9)) for path, text in texts.items()]
    (found,) = [p for p in pair([foreign], others) if p.foreign_url and p.chinese_url]
    assert found.chinese_url == HOST + "/xw/2.html"
    assert {"figures", "names", "dates"} <= set(found.cues)
    assert 0.5 < found.score < 1
    assert found.lag_days == 1


def test_original_content_of_the_same_day_is_no_translation() -> None:
    text = "Musicians from the old town play at the tea house every Friday night; visitors are welcome to join them."
    foreign = page("/en/n/b.html", text=text, title="Music at the tea house", day=date(2026, 5, 10))
    others = [chinese(f"/{n}.html", text=t, title="", day=date(2026, 5, 9)) for n, t in enumerate((ZH_FAIR, ZH_RAIN))]
    assert matched([foreign], others) == []


def test_a_page_that_is_far_older_than_the_chinese_one_is_no_translation_of_it() -> None:
    foreign = page("/en/n/b.html", text=BRIDGE, day=date(2026, 3, 10))
    assert matched([foreign], [chinese("/xw/1.html", text=ZH_BRIDGE, day=date(2026, 5, 9))]) == []


def test_undated_pages_pair_by_what_they_say() -> None:
    others = [chinese("/xw/1.html", text=ZH_BRIDGE, title=""), chinese("/xw/2.html", text=ZH_FAIR, title="")]
    assert [found[:2] for found in matched([page("/en/b.html", text=BRIDGE, title="")], others)] == [
        ("/en/b.html", "/xw/1.html")
    ]


def test_each_of_two_like_items_finds_its_own() -> None:
    """Taken one by one, both foreign notices would take the first Chinese one: a name, a day and a figure differ."""

    def notice(place: str, day: int, homes: int) -> str:
        return (
            f"For works on a water main the supply in parts of {place} will be interrupted on May {day}. "
            f"Some {homes} households are affected. Please store water in time."
        )

    def zh_notice(place: str, day: int, homes: int) -> str:
        return f"因供水主管道改造施工，定于5月{day}日对{place}部分区域实施停水，影响用户约{homes}户。"

    foreign = [page("/en/1.html", text=notice("Baita", 9, 830)), page("/en/2.html", text=notice("Liuxi", 8, 460))]
    others = [chinese("/a.html", text=zh_notice("柳溪", 8, 460)), chinese("/b.html", text=zh_notice("白塔", 9, 830))]
    assert [found[:2] for found in matched(foreign, others)] == [("/en/1.html", "/b.html"), ("/en/2.html", "/a.html")]


OPENED = "The exhibition at the museum was opened on Friday. Visitors are welcome until the end of the holidays."
ZH_OPENED = "市博物馆新展开幕，展览持续至假期结束，欢迎市民和游客参观。展厅在二层，免费开放，周一闭馆，请提前预约。"


def test_a_picture_that_both_show_tips_the_scales_between_texts_alike() -> None:
    foreign = page("/en/1.html", text=OPENED, title="", pictures=("/logo.png", "/img/20260508_2.jpg"))
    others = [
        chinese(f"/{n}.html", text=ZH_OPENED, title="", pictures=("/logo.png", f"/img/20260508_{n}.jpg"))
        for n in range(1, 7)
    ]
    (found,) = matched([foreign], others)
    assert found[1] == "/2.html"
    assert "files" in found[2]


def test_a_file_of_one_digest_is_one_file_whatever_its_addresses() -> None:
    foreign = page("/en/1.html", text=OPENED, title="", files=("/en/files/report.pdf",))
    others = [chinese(f"/{n}.html", text=ZH_OPENED, title="", files=(f"/fj/{n}.pdf",)) for n in range(1, 7)]
    digests = {"x.gov.cn/en/files/report.pdf": "sha256:a", "x.gov.cn/fj/4.pdf": "sha256:a"}
    found = pair_pages([foreign], others, foreign_scope=EN, chinese_scope=ZH, foreign_language="en", digests=digests)
    assert [p.chinese_url for p in found if p.foreign_url and p.chinese_url] == [f"{HOST}/4.html"]


def test_a_version_on_another_host_pairs_with_the_site() -> None:
    foreign = page("/n/b.html", text=BRIDGE, title="", day=date(2026, 5, 10))
    url = "http://x.dailynews.cn/n/b.html"
    elsewhere = replace(foreign, facts=replace(foreign.facts, url=url), ref=replace(foreign.ref, url=url))
    others = [chinese("/xw/1.html", text=ZH_FAIR, title=""), chinese("/xw/2.html", text=ZH_BRIDGE, title="")]
    scope = Scope("en", "x.dailynews.cn", "/")
    found = pair_pages([elsewhere], others, foreign_scope=scope, chinese_scope=ZH, foreign_language="en")
    assert [p.chinese_url for p in found if p.foreign_url and p.chinese_url] == [f"{HOST}/xw/2.html"]


def test_an_equal_article_number_tips_the_scales_between_pages_that_say_the_same() -> None:
    foreign = page("/en/news/t20260509_8812345.html", text=BRIDGE, day=date(2026, 5, 9))
    others = [chinese(f"/xw/t20260508_{n}.html", text=ZH_BRIDGE, day=date(2026, 5, 8)) for n in (8812344, 8812345)]
    (found,) = matched([foreign], others)
    assert found[1] == "/xw/t20260508_8812345.html"
    assert "article number" in found[2]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "8 мая открыто движение по мосту Юньхэ. Его длина 1204 метра, стоимость 730 млн юаней."),
        (
            "ja",
            "5月8日、雲河大橋が開通した。全長は1204メートルで、総投資額は7億3000万元。式典には市長が出席し、あいさつした。",
        ),
        (
            "ko",
            "5월 8일 윈허 대교가 개통되었다. 길이는 1204미터이고 총투자액은 7억 3000만 위안이다.",
        ),
        (
            "fr",
            "Le pont de Yunhe, long de 1 204 mètres, a été ouvert à la circulation le 8 mai. Il a coûté 730 millions.",
        ),
        (
            "es",
            "El puente de Yunhe, de 1204 metros, fue abierto al tráfico el 8 de mayo. Costó 730 millones de yuanes.",
        ),
        (
            "de",
            "Die Brücke von Yunhe wurde am 8. Mai dem Verkehr übergeben. Sie ist 1.204 Meter lang und kostete 730 Mio.",
        ),
        ("ar", "افتتح جسر يونخه أمام المرور في ٨ مايو. يبلغ طول الجسر ١٢٠٤ أمتار وبلغت تكلفته ٧٣٠ مليون يوان."),
    ],
)
def test_a_translation_is_found_in_every_language_that_the_glossary_knows(language: str, text: str) -> None:
    foreign = page("/en/n/b.html", language=language, text=text, title="", day=date(2026, 5, 10))
    texts = (ZH_FAIR, ZH_BRIDGE, ZH_RAIN)
    others = [chinese(f"/xw/{n}.html", text=text, title="", day=date(2026, 5, 9)) for n, text in enumerate(texts)]
    found = [p.chinese_url for p in pair([foreign], others, language) if p.foreign_url and p.chinese_url]
    assert found == [HOST + "/xw/1.html"]
    assert content_cues_available(language)


def test_a_language_without_cues_says_so() -> None:
    assert [content_cues_available(tag) for tag in ("en", "zh-Hant", "pt-BR", "th")] == [True, True, False, False]


def test_a_body_left_in_chinese_pairs_with_its_original_and_is_not_translated() -> None:
    mixed = ZH_BRIDGE + " Contact: the bridge office of the city, Yunhe Avenue. " * 3
    for tag in ("zh-Hans", "en"):
        foreign = page("/en/b.html", language=tag, text=mixed, title="")
        share = (("Latn", 0.6), ("Hani", 0.4))
        language = replace(foreign.facts.language, share=share)
        foreign = replace(foreign, facts=replace(foreign.facts, language=language))
        others = [chinese("/xw/1.html", text=ZH_FAIR), chinese("/xw/2.html", text=ZH_BRIDGE)]
        (found,) = [p for p in pair([foreign], others) if p.foreign_url and p.chinese_url]
        assert (found.chinese_url, found.translated) == (HOST + "/xw/2.html", False)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=40)
def test_no_text_breaks_the_pairing(ours: str, theirs: str) -> None:
    foreign = [page("/en/a.html", text=ours, title=theirs), page("/en/b.html", text=BRIDGE)]
    others = [chinese("/a1.html", text=theirs, title=ours), chinese("/b1.html", text=ZH_BRIDGE)]
    for language in ("en", "ru", "ko", "ar", "xx"):
        assert all(0 <= p.score <= 1 for p in pair(foreign, others, language))


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


def test_a_page_in_a_third_language_is_no_translation_unless_the_version_is_taken_for_that_language() -> None:
    def translated(version: str, body: str, home: str) -> bool | None:
        first = replace(page("/en/", language=home), depth=0)
        foreign = page("/en/quick.html", language=body)
        (found,) = [p for p in pair([first, foreign], [chinese("/quick.html")], version) if p.chinese_url]
        return found.translated

    assert [translated("fr", body, "fr") for body in ("fr", "fr-CA", "en", "und")] == [True, True, False, None]
    assert translated("mn", "ru", "ru")  # a language that we cannot tell is taken for its neighbour throughout


def test_a_link_to_an_address_that_redirected_finds_its_page() -> None:
    moved = chinese("/new/1.html")
    moved = replace(moved, ref=replace(moved.ref, url=HOST + "/old/1.html"))
    assert len(matched([page("/en/n1.html", alternates=(("zh", "/old/1.html"),))], [moved])) == 1


PATHS = st.lists(st.sampled_from(["a/", "about.html", "b/faq.html", "c/1.html", "d/item_123456.html"]), max_size=8)


@given(PATHS, PATHS, st.randoms(use_true_random=False))
@settings(max_examples=60)
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
