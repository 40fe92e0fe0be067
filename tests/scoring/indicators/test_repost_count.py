from dataclasses import replace
from datetime import date

import pytest

from crawler.model import Failure
from scoring.indicators.repost_count import repost_count

DAY = date(2026, 9, 1)


def article(build, path="/1", source="", text="", published=DAY):
    return build.page(path, source=source, text=text + build.long, published=published)


def measure(build, *pages, cohort="prefecture"):
    evidence = build.evidence(*pages)
    return repost_count.run(replace(evidence, site=replace(evidence.site, cohort=cohort)))


@pytest.mark.parametrize(
    "source", ["Xinhua", "新华社", "China Daily", "中国政府网", "www.gov.cn", "Синьхуа", "人民日報", "신화통신", "CGTN"]
)
def test_central_sources_are_recognised_by_their_names(build, outcome, source):
    found = measure(build, article(build, source=source))
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith(": 1 of central news, 0 of provincial news")
    assert found.evidence[0].cue == f"source: {source}"


@pytest.mark.parametrize("text", ["BEIJING, Aug. 30 (Xinhua) -- ", "新华社北京8月30日电 "])
def test_a_dateline_names_its_source(build, outcome, text):
    assert outcome(measure(build, article(build, text=text))) == ("measured", 1)


@pytest.mark.parametrize("source", ["北原省人民政府", "Beiyuan Provincial People's Government"])
def test_the_province_is_a_source_for_its_cities_and_no_repost_on_its_own_site(build, outcome, source):
    page = article(build, source=source)
    assert outcome(measure(build, page)) == ("measured", 1)
    assert outcome(measure(build, page, cohort="province")) == ("measured", 0)


@pytest.mark.parametrize("source", ["", "Songling Daily", "www.songling.gov.cn", "市政府办公室"])
def test_a_sites_own_news_is_no_repost(build, outcome, source):
    assert outcome(measure(build, article(build, source=source))) == ("measured", 0)


def test_reposts_before_the_window_do_not_count(build, outcome):
    pages = article(build, source="Xinhua", published=date(2025, 1, 1)), article(build, "/2")
    assert outcome(measure(build, *pages)) == ("measured", 0)


def test_a_version_without_dates_says_nothing(build, outcome):
    assert outcome(measure(build, article(build, source="Xinhua", published=None))) == ("not_measured", None)


def test_many_reposts_are_measured_high(build, outcome):
    found = measure(build, *(article(build, f"/{i}", source="Xinhua") for i in range(24)))
    assert outcome(found) == ("measured", 24)


def test_news_that_was_kept_from_us_leaves_the_count_open(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    kept = build.evidence(
        article(build, source="Xinhua"), home=home, failed=[build.failed("/news", Failure.BLOCKED, 403)]
    )
    assert outcome(repost_count.run(kept)) == ("not_measured", None)
