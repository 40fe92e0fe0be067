from datetime import date

from scoring.indicators.translation_lag_p90 import translation_lag_p90


def measure(build, pairs):
    return translation_lag_p90.run(build.evidence(*(build.page(f"/a/{i}") for i in range(40)), pairs=pairs))


def test_the_days_from_source_to_translation_are_measured_and_the_latest_cited(build, outcome):
    found = measure(build, [build.pair(i, lag=lag) for i, lag in enumerate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20])])
    assert outcome(found) == ("measured", 10)
    assert found.n == len([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20])
    assert found.evidence[0].cue == "2026-09-21, its Chinese source 2026-09-01"
    assert "the first after 1 day, the last after 20 days" in found.note


def test_a_translation_that_came_first_is_not_late(build, outcome):
    found = measure(build, [build.pair(i, lag=-2) for i in range(10)])
    assert outcome(found) == ("measured", 0)
    assert found.note.endswith("10 came out before it")


def test_a_large_sample_has_an_interval_around_the_value(build):
    found = measure(build, [build.pair(i, lag=i) for i in range(40)])
    assert found.interval[0] < found.value < found.interval[1]


def test_pages_left_in_chinese_undated_or_before_the_window_have_no_lag(build, outcome):
    pairs = [build.pair(0, translated=False), build.pair(1, dated=None), build.pair(2, dated=date(2025, 1, 1))]
    assert outcome(measure(build, pairs * 10)) == ("not_measured", None)


def test_fewer_than_10_say_nothing(build, outcome):
    assert outcome(measure(build, [build.pair(i) for i in range(9)])) == ("not_measured", None)


def test_translations_of_two_months_later_are_measured_low(build, outcome):
    pairs = [build.pair(i, lag=60, dated=date(2026, 6, 1)) for i in range(10)]
    assert outcome(measure(build, pairs)) == ("measured", 60)
