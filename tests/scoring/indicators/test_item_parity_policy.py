from scoring.indicators.item_parity_policy import item_parity_policy


def measure(build, pairs):
    return item_parity_policy.run(build.evidence(*(build.page(f"/a/{i}") for i in range(9)), pairs=pairs))


def test_only_items_of_such_columns_count(build, outcome):
    pairs = [build.pair(i, kind="laws", foreign=i < 2) for i in range(8)]
    found = measure(build, pairs + [build.pair(20 + i, kind="news") for i in range(9)])
    assert outcome(found) == ("measured", 2 / 8)
    assert found.n == 8
    assert found.interval[0] < 2 / 8 < found.interval[1]


def test_all_translated_is_full(build, outcome):
    assert outcome(measure(build, [build.pair(i, kind="laws") for i in range(5)])) == ("measured", 1)


def test_fewer_than_five_say_nothing(build, outcome):
    pairs = [build.pair(i, kind="laws") for i in range(4)] + [build.pair(9, kind="news")]
    assert outcome(measure(build, pairs)) == ("not_measured", None)


def test_one_of_ten_translated_is_measured_low(build, outcome):
    pairs = [build.pair(i, kind="laws", foreign=i < 1) for i in range(10)]
    assert outcome(measure(build, pairs)) == ("measured", 1 / 10)
