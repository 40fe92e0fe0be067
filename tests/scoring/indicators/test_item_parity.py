from dataclasses import replace
from datetime import date

import pytest

from crawler.model import Failure
from scoring.evidence import Pair
from scoring.indicators.item_parity import item_parity


def measure(build, pairs):
    pages = [build.page(f"/a/{i}") for i in range(3)]
    chinese = build.chinese("https://www.example.gov.cn/a/9")
    return item_parity.run(build.evidence(*pages, pairs=pairs, chinese_pages=[chinese]))


def test_translated_core_articles_are_counted_and_cited(build, outcome):
    found = measure(build, [build.pair(i) for i in range(8)])
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].url == build.url("/a/0")


def test_missing_and_untranslated_counterparts_do_not_count(build, outcome):
    pairs = [build.pair(i, foreign=False) for i in range(6, 10)]
    pairs += [
        build.pair(1, translated=False),
        build.pair(2),
        build.pair(3, translated=None),
        build.pair(4),
        build.pair(5),
    ]
    found = measure(build, pairs)
    assert outcome(found) == ("measured", 4 / 9)
    assert found.n == 9
    assert found.evidence[0].url == "https://www.example.gov.cn/a/9"
    assert found.evidence[0].cue == "no translated counterpart found"


def test_the_note_states_the_interval_that_the_sample_allows(build):
    pairs = [build.pair(i) for i in range(5)] + [build.pair(i, foreign=False) for i in range(5, 10)]
    found = measure(build, pairs)
    assert "(95% interval 24% to 76%; of those dated 2025-10-31 to 2026-10-24 that the crawl took" in found.note
    assert found.interval == (pytest.approx(0.2366, abs=5e-5), pytest.approx(0.7634, abs=5e-5))


def test_foreign_pages_without_chinese_counterpart_are_no_core_articles(build, outcome):
    pairs = [build.pair(i) for i in range(5)] + [Pair(build.url("/own"), None, 0.0, ())] * 5
    found = measure(build, pairs)
    assert outcome(found) == ("measured", 1)
    assert found.n == 5


def test_fewer_than_five_core_articles_say_nothing(build, outcome):
    assert outcome(measure(build, [build.pair(i) for i in range(4)])) == ("not_measured", None)


def test_without_either_version_there_is_nothing_to_compare(build, outcome):
    assert outcome(measure(build, None)) == ("not_measured", None)
    unseen = build.evidence(pairs=[build.pair(i, foreign=False) for i in range(9)])
    assert outcome(item_parity.run(unseen)) == ("not_measured", None)


def test_where_no_article_at_all_could_be_paired_we_cannot_tell(build, outcome):
    assert outcome(measure(build, [build.pair(i, foreign=False) for i in range(9)])) == ("not_measured", None)


def test_only_items_of_the_window_count_and_those_of_the_last_week_not_yet(build, outcome):
    dates = [date(2025, 10, 30), date(2026, 10, 25), None]
    outside = [build.pair(20 + i, foreign=False, dated=day) for i, day in enumerate(dates)]
    found = measure(build, [build.pair(i) for i in range(5)] + outside)
    assert outcome(found) == ("measured", 1)
    assert found.n == 5


def test_the_window_is_a_setting(build):
    pairs = [build.pair(i, dated=date(2026, 9, 1) if i < 5 else date(2026, 1, 1)) for i in range(8)]
    pages = [build.page(f"/a/{i}") for i in range(8)]
    evidence = build.evidence(*pages, pairs=pairs)
    assert item_parity.run(evidence).n == 8
    assert item_parity.run(evidence, {"window_days": 90}).n == 5


def test_the_note_says_how_each_column_fares_and_names_what_is_missing(build):
    pairs = [build.pair(i, kind="news") for i in range(3)]
    pairs += [build.pair(9, kind="news", foreign=False, dated=date(2026, 10, 1))]
    pairs += [build.pair(i, kind="laws", foreign=False) for i in range(4, 6)]
    note = measure(build, pairs).note
    assert "laws 0 of 2, news 3 of 4" in note
    assert "not found in translation: 条目9, 条目4 ..." in note


def test_where_most_listed_items_were_not_captured_a_missing_one_may_be_unseen(build, outcome):
    listed = [build.item(f"/a/{i}", date(2026, 9, 1)) for i in range(8)]
    pages = [build.page("/list", items=listed), *(build.page(f"/a/{i}", published=date(2026, 9, 1)) for i in range(3))]
    pairs = [build.pair(0), *(build.pair(i, foreign=False) for i in range(1, 7))]
    found = item_parity.run(build.evidence(*pages, pairs=pairs))
    assert outcome(found) == ("not_measured", None)
    assert found.note == "5 of the 8 items that the version lists of this time were not captured"


@pytest.mark.parametrize(
    ("failure", "status", "is_open"), [(Failure.BLOCKED, 403, True), (Failure.HTTP_ERROR, 404, False)]
)
def test_listed_items_that_a_firewall_kept_from_us_were_not_captured(build, outcome, failure, status, is_open):
    day = date(2026, 9, 1)
    pages = [
        build.page("/list", items=[build.item(f"/a/{i}", day) for i in range(8)]),
        build.page("/a/0", published=day),
    ]
    failed = [build.failed(f"/a/{i}", failure, status) for i in range(1, 8)]
    pairs = [build.pair(0), *(build.pair(i, foreign=False) for i in range(1, 7))]
    found = item_parity.run(build.evidence(*pages, pairs=pairs, failed=failed))
    assert outcome(found) == (("not_measured", None) if is_open else ("measured", 1 / 7))


def test_an_item_whose_listed_address_redirects_was_captured(build, outcome):
    day = date(2026, 9, 1)
    listed = [build.item(f"/go/{i}", day) for i in range(10)]
    landed = [build.page(f"/a/{i}", published=day) for i in range(8)]
    moved = [replace(page, ref=replace(page.ref, url=build.url(f"/go/{i}"))) for i, page in enumerate(landed)]
    pairs = [build.pair(0), *(build.pair(i, foreign=False) for i in range(1, 7))]
    found = item_parity.run(build.evidence(build.page("/list", items=listed), *moved, pairs=pairs))
    assert outcome(found) == ("measured", 1 / 7)


def test_a_language_that_we_cannot_pair_is_not_measured(build, outcome):
    evidence = build.evidence(build.page("/a/1"), pairs=[build.pair(i, foreign=i < 2) for i in range(9)])
    unknown = replace(evidence, version=replace(evidence.version, language="bo"))
    assert outcome(item_parity.run(unknown)) == ("not_measured", None)


def test_home_pages_and_columns_that_pair_do_not_tell_that_items_are_missing(build, outcome):
    home = Pair(build.url("/"), "https://www.example.gov.cn/", 1.0, ("home",))
    found = measure(build, [home, *(build.pair(i, foreign=False) for i in range(9))])
    assert outcome(found) == ("not_measured", None)
