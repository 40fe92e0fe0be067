from dataclasses import replace
from datetime import date

from scoring.evidence import Pair
from scoring.indicators.original_content_share import original_content_share


def measure(build, pairs, oldest=date(2026, 1, 1)):
    pages = [build.page(f"/{kind}/{i}") for kind in ("a", "own") for i in range(9)]
    chinese = [build.chinese("https://www.example.gov.cn/a/0", published=oldest)]
    return original_content_share.run(build.evidence(*pages, pairs=pairs, chinese_pages=chinese))


def own(build, number, day=date(2026, 9, 1)):
    return Pair(build.url(f"/own/{number}"), None, 0.0, (), day, foreign_title=f"Own {number}")


def test_articles_without_a_chinese_source_are_counted_and_cited(build, outcome):
    found = measure(build, [build.pair(i) for i in range(6)] + [own(build, i) for i in range(3)])
    assert outcome(found) == ("measured", 3 / 9)
    assert found.evidence[0].cue == "no Chinese source found: Own 0"
    assert "3 of 9 foreign articles have no Chinese source that we found; 6 have one" in found.note


def test_a_version_that_only_translates_has_none(build, outcome):
    assert outcome(measure(build, [build.pair(i) for i in range(6)])) == ("measured", 0)


def test_articles_older_than_all_captured_chinese_ones_are_left_out(build, outcome):
    pairs = [build.pair(i) for i in range(6)] + [own(build, i, date(2026, 2, 1)) for i in range(3)]
    assert outcome(measure(build, pairs, oldest=date(2026, 3, 1))) == ("measured", 0)


def test_fewer_than_five_articles_say_nothing(build, outcome):
    assert outcome(measure(build, [own(build, i) for i in range(4)])) == ("not_measured", None)


def test_undated_chinese_pages_leave_it_open(build, outcome):
    assert outcome(measure(build, [own(build, i) for i in range(6)], oldest=None)) == ("not_measured", None)


def test_a_base_language_that_we_cannot_pair_is_not_measured(build, outcome):
    evidence = build.evidence(
        *[build.page(f"/own/{i}") for i in range(6)],
        pairs=[own(build, i) for i in range(6)],
        chinese_pages=[build.chinese("https://www.example.gov.cn/a/0", published=date(2026, 1, 1))],
    )
    elsewhere = replace(evidence, site=replace(evidence.site, base_language="bo"))
    assert outcome(original_content_share.run(elsewhere)) == ("not_measured", None)


def test_what_stands_in_chinese_in_the_version_is_no_content_of_its_own(build, outcome):
    left = [replace(own(build, i), translated=False) for i in range(3)]
    assert outcome(measure(build, [build.pair(i) for i in range(6)] + left)) == ("measured", 0)
