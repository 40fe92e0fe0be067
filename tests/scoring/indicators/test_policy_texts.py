"""Laws and policies, and explanations of them: texts of one kind of column, counted alike."""

import pytest

from crawler.model import Failure
from scoring.indicators.policy_documents import policy_documents
from scoring.indicators.policy_explanations import policy_explanations


@pytest.fixture(params=[(policy_documents, "laws"), (policy_explanations, "interpretation")], ids=["laws", "explained"])
def kept(request):
    """An indicator, and the type of the column that it reads."""
    return request.param


def column(kept, build, *pages, items=(), failed=()):
    indicator, kind = kept
    listing = build.page("/column", text=build.short, items=list(items))
    home = build.home(columns={"The column": ("/column", kind)})
    return indicator.run(build.evidence(listing, *pages, home=home, failed=list(failed)))


def text(kept, build, path="/column/1", **options):
    return build.page(path, column_type=kept[1], **options)


def test_texts_are_counted_opened_ones_cited_first(kept, build, outcome):
    pages = [text(kept, build, f"/column/{i}") for i in range(3)]
    found = column(kept, build, *pages, items=[build.item(f"/column/{i}") for i in range(12)])
    assert outcome(found) == ("measured", 12)
    assert {ref.capture for ref in found.evidence[:3]} == {page.ref.capture for page in pages}


def test_texts_left_in_chinese_and_texts_that_are_gone_do_not_count(kept, build, outcome):
    items = [build.item("/column/1"), build.item("/column/2"), build.item("/column/3", title="关于印发办法的通知")]
    pages = [text(kept, build), text(kept, build, "/column/4", body="zh-Hans")]
    found = column(kept, build, *pages, items=items, failed=[build.failed("/column/2")])
    assert outcome(found) == ("measured", 1)


def test_a_column_of_chinese_texts_under_foreign_titles_is_measured_low(kept, build, outcome):
    items = [build.item(f"/column/{i}") for i in range(3)]
    found = column(kept, build, *(text(kept, build, f"/column/{i}", body="zh-Hans") for i in range(3)), items=items)
    assert outcome(found) == ("measured", 0)


def test_titles_of_which_none_was_opened_are_not_measured(kept, build, outcome):
    assert outcome(column(kept, build, items=[build.item(f"/column/{i}") for i in range(3)])) == ("not_measured", None)


def test_a_version_without_such_a_column_is_measured_low(kept, build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    assert outcome(kept[0].run(build.evidence(home=home))) == ("measured", 0)


def test_a_column_that_was_not_fetched_leaves_it_open(kept, build, outcome):
    assert outcome(kept[0].run(build.column(kept[1]))) == ("not_measured", None)


def test_a_second_column_that_a_firewall_kept_from_us_leaves_the_count_open(kept, build, outcome):
    indicator, kind = kept
    home = build.home(columns={"The column": ("/column", kind), "Another": ("/other", kind)})
    pages = build.page("/column", items=[build.item("/column/1")]), text(kept, build)
    failures = [build.failed("/other", Failure.BLOCKED, 403), build.failed("/other")]
    found = [outcome(indicator.run(build.evidence(*pages, home=home, failed=[failed]))) for failed in failures]
    assert found == [("not_measured", None), ("measured", 1)]


def test_a_listed_text_counts_though_a_firewall_kept_its_page_from_us(kept, build, outcome):
    items = [build.item("/column/1"), build.item("/column/2")]
    found = column(
        kept, build, text(kept, build), items=items, failed=[build.failed("/column/2", Failure.BLOCKED, 403)]
    )
    assert outcome(found) == ("measured", 2)
