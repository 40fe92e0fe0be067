"""What residents live by: health care, living and transport, each in a column or a page of its own."""

import pytest

from scoring.indicators.health_information import health_information
from scoring.indicators.living_information import living_information
from scoring.indicators.transport_information import transport_information

MATTERS = [
    (health_information, "health", "Seeing a Doctor in Heyuan"),
    (living_information, "living", "Living in Heyuan"),
    (transport_information, "transport", "Getting Around Heyuan by Bus"),
]


@pytest.fixture(params=MATTERS, ids=lambda matter: matter[1])
def matter(request):
    """An indicator, the type of the column that it reads, and a title on its matter."""
    return request.param


def visitors(title, build, **page):
    home = build.home(columns={"Services": ("/services", "services")})
    page = {"title": title, "column_type": "services", **page}
    return build.evidence(build.page("/services", items=3), build.page("/services/1", **page), home=home)


def test_a_column_in_the_language_of_the_version_is_measured_high(matter, build, outcome):
    indicator, kind, _title = matter
    page = build.page("/column")
    found = indicator.run(build.column(kind, page))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].capture == page.ref.capture


def test_a_page_under_another_column_counts_by_its_title(matter, build, outcome):
    indicator, _kind, title = matter
    found = indicator.run(visitors(title, build))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue == title


def test_news_on_the_matter_is_no_information_to_live_by(matter, build, outcome):
    indicator, _kind, title = matter
    assert outcome(indicator.run(visitors(title, build, column_type="news"))) == ("measured", 0)


def test_a_title_over_a_chinese_or_an_empty_page_is_measured_low(matter, build, outcome):
    indicator, _kind, title = matter
    assert outcome(indicator.run(visitors(title, build, body="zh-Hans"))) == ("measured", 0)
    assert outcome(indicator.run(visitors(title, build, text=build.short))) == ("measured", 0)


def test_a_column_that_was_not_fetched_leaves_it_open(matter, build, outcome):
    indicator, kind, _title = matter
    assert outcome(indicator.run(build.column(kind))) == ("not_measured", None)
