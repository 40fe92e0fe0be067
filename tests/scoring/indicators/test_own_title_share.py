from scoring.indicators.own_title_share import own_title_share


def measure(build, *titles):
    pages = [build.page(f"/{i}", title=title) for i, title in enumerate(titles)]
    return own_title_share.run(build.evidence(*pages))


def test_titles_of_their_own_are_measured_high(build, outcome):
    assert outcome(measure(build, "A", "B", "C", "D", "E")) == ("measured", 1)


def test_shared_missing_and_chinese_titles_are_measured_low_and_cited(build, outcome):
    found = measure(build, "A", "B", "B", "", "市政府网站")
    assert outcome(found) == ("measured", 1 / 5)
    assert [ref.cue for ref in found.evidence] == ["title: B", "title: B", "title: none", "title: 市政府网站"]


def test_fewer_than_five_pages_say_nothing(build, outcome):
    assert outcome(measure(build, "A", "B")) == ("not_measured", None)
