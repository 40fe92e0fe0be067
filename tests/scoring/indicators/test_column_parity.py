from dataclasses import replace

from scoring.indicators.column_parity import column_parity


def measure(build, *pairs, home=True, **parts):
    return column_parity.run(
        build.evidence(home=build.home() if home else None, column_pairs=list(pairs), **parts),
    )


def test_a_version_with_every_core_column_alive_is_at_par(build, outcome):
    found = measure(build, *(build.column_pair(i, alive=True) for i in range(4)))
    assert outcome(found) == ("measured", 1)
    assert found.n == 4


def test_dead_and_missing_columns_are_counted_and_named(build, outcome):
    pairs = [
        build.column_pair(1, alive=True),
        build.column_pair(2, alive=False),
        build.column_pair(3, alive=None, foreign=False),
    ]
    found = measure(build, *pairs)
    assert outcome(found) == ("measured", 1 / 3)
    assert found.note.endswith("missing: 栏目3; without content in the language: 栏目2")


def test_a_dead_column_that_was_captured_is_cited(build, outcome):
    dead = build.page("/c/2", text="")
    pairs = [build.column_pair(i, alive=i != 2) for i in range(4)]
    evidence = build.evidence(dead, home=build.home(), column_pairs=pairs)
    found = column_parity.run(evidence)
    assert outcome(found) == ("measured", 3 / 4)
    assert dead.ref.capture in [ref.capture for ref in found.evidence]


def test_a_column_that_was_not_captured_counts_neither_way(build, outcome):
    pairs = [build.column_pair(i, alive=True) for i in range(3)] + [build.column_pair(9, alive=None)]
    found = measure(build, *pairs)
    assert outcome(found) == ("measured", 1)
    assert found.n == 3


def test_a_missing_counterpart_is_not_held_against_a_version_whose_home_page_we_did_not_see(build, outcome):
    missing = [build.column_pair(i, alive=None, foreign=False) for i in range(5)]
    assert outcome(measure(build, *missing)) == ("measured", 0)
    assert outcome(measure(build, *missing, home=False, chinese_home=build.chinese())) == ("not_measured", None)


def test_a_column_missing_from_a_menu_that_we_could_not_read_counts_neither_way(build, outcome):
    unsure = replace(build.column_pair(9, alive=None, foreign=False), confidence=0.5)
    found = measure(build, *(build.column_pair(i, alive=True) for i in range(3)), unsure)
    assert outcome(found) == ("measured", 1)
    assert found.n == 3


def test_fewer_than_three_columns_say_nothing(build, outcome):
    assert outcome(measure(build, *(build.column_pair(i, alive=True) for i in range(2)))) == ("not_measured", None)


def test_without_the_chinese_version_there_is_nothing_to_compare(build, outcome):
    assert outcome(column_parity.run(build.evidence(home=build.home()))) == ("not_measured", None)
