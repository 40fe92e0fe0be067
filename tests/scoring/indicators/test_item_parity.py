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
    assert "(95% interval 24% to 76%)" in measure(build, pairs).note


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
