from dataclasses import replace

import pytest

from crawler.extract.facts import Language
from scoring.indicators.untranslated_chrome_share import untranslated_chrome_share


def measure(build, *chrome, language="en"):
    pages = [build.page(f"/{i}", language=Language("en", tag, (), None)) for i, tag in enumerate(chrome)]
    evidence = build.evidence(*pages)
    return untranslated_chrome_share.run(replace(evidence, version=replace(evidence.version, language=language)))


def test_pages_with_chinese_menus_are_counted_and_cited(build, outcome):
    found = measure(build, "en", "zh-Hans", "en", "zh")
    assert outcome(found) == ("measured", 2 / 4)
    assert [ref.url for ref in found.evidence] == [build.url("/1"), build.url("/3")]
    assert found.n == 4


def test_translated_menus_are_full_marks_whatever_the_body(build, outcome):
    assert outcome(measure(build, "en", "en", "en")) == ("measured", 0)


def test_menus_that_tell_no_language_are_left_out(build, outcome):
    assert outcome(measure(build, "en", "und", "zh", "und")) == ("not_measured", None)


@pytest.mark.parametrize(("tag", "share"), [("zh-Hans", 1 / 4), ("zh", 0), ("zh-Hant", 0)])
def test_in_japanese_only_simplified_characters_are_surely_chinese(build, outcome, tag, share):
    assert outcome(measure(build, "ja", "ja", "ja", tag, language="ja")) == ("measured", share)
