from scoring.indicators.untranslated_share import untranslated_share


def measure(build, *bodies):
    return untranslated_share.run(build.evidence(*(build.page(f"/{i}", body=b) for i, b in enumerate(bodies))))


def test_a_translated_version_has_no_untranslated_share(build, outcome):
    assert outcome(measure(build, "en", "en", "en-GB", "ja")) == ("measured", 0)


def test_chinese_bodies_in_either_script_are_counted_and_cited(build, outcome):
    found = measure(build, "en", "zh-Hans", "zh-Hant", "zh")
    assert outcome(found) == ("measured", 3 / 4)
    assert found.n == 4
    assert {ref.url for ref in found.evidence} == {build.url(f"/{i}") for i in (1, 2, 3)}


def test_at_most_five_chinese_pages_are_cited(build, outcome):
    found = measure(build, *["zh"] * 8)
    assert outcome(found) == ("measured", 1)
    assert len(found.evidence) == 5


def test_short_pages_and_undecided_languages_are_left_out(build, outcome):
    pages = [build.page(f"/{i}") for i in range(3)]
    pages += [build.page("/s", body="zh", text="很短"), build.page("/u", body="und")]
    found = untranslated_share.run(build.evidence(*pages))
    assert outcome(found) == ("measured", 0)
    assert found.n == 3


def test_fewer_than_three_pages_say_nothing(build, outcome):
    assert outcome(measure(build, "zh", "zh", "und")) == ("not_measured", None)
