from datetime import date

import pytest

from scoring.indicators.page_tags_share import ARTICLE, COLUMN, SITE, page_tags_share


def tags(names, value="a value"):
    return tuple((name, value) for name in names)


def measure(build, *pages, home=SITE):
    return page_tags_share.run(build.evidence(*pages, home=build.home(meta=tags(home))))


def test_each_kind_of_page_owes_its_tags(build, outcome):
    assert (len(SITE), len(COLUMN), len(ARTICLE)) == (3, 7, 10)
    column = build.page("/news", items=6, meta=tags(COLUMN))
    article = build.page("/news/1", published=date(2026, 9, 1), meta=tags(ARTICLE))
    assert outcome(measure(build, column, article)) == ("measured", 1)


def test_missing_and_null_tags_are_measured_low_and_named(build, outcome):
    article = build.page("/news/1", published=date(2026, 9, 1), meta=tags(ARTICLE, "null"))
    found = measure(build, article, home=())
    assert outcome(found) == ("measured", 0)
    assert "pubdate" in found.evidence[0].cue


@pytest.mark.parametrize(("home", "share"), [(("sitename",), 1 / 3), (SITE, 1)])
def test_a_home_page_alone_owes_three(build, outcome, home, share):
    assert outcome(measure(build, home=home)) == ("measured", share)


def test_tags_that_were_not_read_are_not_missing(build, outcome):
    home = build.home(problems=("meta: ValueError broken",))
    assert outcome(page_tags_share.run(build.evidence(home=home))) == ("not_measured", None)
