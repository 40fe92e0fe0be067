"""Laws that hold for every indicator, whoever adds one."""

import inspect
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.columns import COLUMN_TYPES
from crawler.extract.facts import Identity
from crawler.model import Failure
from scoring.evidence import Outcome
from scoring.registry import registry

HEADINGS = ["What it measures", "Why it matters", "Blind spots"]
every_indicator = pytest.mark.parametrize("indicator", registry().values(), ids=registry().keys())


@every_indicator
def test_it_says_what_it_measures_why_it_matters_and_what_it_does_not_see(indicator):
    lines = inspect.getmodule(indicator.measure).__doc__.splitlines()
    assert [line for line in lines if line in HEADINGS] == HEADINGS
    assert indicator.summary.endswith(".")
    assert indicator.unit in {"days", "seconds", "pages", "share", "boolean", "score", "count", "hours"}


@every_indicator
def test_its_column_types_are_those_that_extraction_tells(indicator):
    assert set(getattr(inspect.getmodule(indicator.measure), "TYPES", ())) <= set(COLUMN_TYPES)


@every_indicator
def test_nothing_captured_is_never_measured(build, indicator):
    assert indicator.run(build.evidence()).outcome in (Outcome.NOT_MEASURED, Outcome.NOT_APPLICABLE)
    failed = [build.failed(f"/{i}", failure, None) for i, failure in enumerate(Failure)]
    assert indicator.run(build.evidence(failed=failed)).outcome in (Outcome.NOT_MEASURED, Outcome.NOT_APPLICABLE)


def rich(build):
    """Return the pieces of a dossier in which most indicators find something."""
    kinds = ["overview", "laws", "visa", "investment", "business", "education", "tourism", "faq", "mailbox", "contact"]
    menu = {kind.title(): (f"/{kind}", kind) for kind in kinds}
    home = build.home(columns=menu, items=4, identity=Identity(icp="京ICP备12345678号"), social=(build.social("x"),))
    bodies = ["en", "zh-Hans", "und", "ja", "en"]
    pages = [
        build.page(
            f"/{kind}",
            body=bodies[i % 5],
            column_type=kind,
            text=build.long if i % 3 else build.short,
            published=date(2026, 1 + i, 1) if i % 2 else None,
            items=[build.item(f"/{kind}/{j}", date(2026, 10, 1 + j)) for j in range(i % 4)],
            contacts=(build.phone("12345"), build.email()),
            forms=(build.form(labels="" if i % 2 else "Name"),),
            onward=(build.onward("/faq"),) if i % 4 == 0 else (),
        )
        for i, kind in enumerate(kinds)
    ]
    failed = [
        build.failed(f"/{kind}", failure, status)
        for kind, failure, status in zip(
            kinds, Failure, [None, 404, 500, None, 403, None, None, None, 410, None], strict=False
        )
    ]
    chinese = [build.chinese(), build.chinese("https://www.example.gov.cn/a/1")]
    pairs = [build.pair(i, foreign=i % 2 == 0, translated=[True, False, None][i % 3]) for i in range(7)]
    columns = [build.column_pair(i, alive=[True, False, None][i % 3], foreign=i % 4 > 0) for i in range(8)]
    return home, pages, failed, chinese, pairs, columns


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_dossier_with_parts_missing_is_never_an_error_and_every_value_is_cited_and_in_range(build, data):
    home, pages, failed, chinese, pairs, columns = rich(build)
    some = lambda part: data.draw(st.lists(st.sampled_from(part), unique_by=id, max_size=len(part)))  # noqa: E731
    evidence = build.evidence(
        *some(pages),
        home=home if data.draw(st.booleans()) else None,
        failed=some(failed),
        chinese_home=chinese[0] if data.draw(st.booleans()) else None,
        chinese_pages=some(chinese),
        pairs=some(pairs) if data.draw(st.booleans()) else None,
        column_pairs=some(columns) if data.draw(st.booleans()) else None,
    )
    for indicator in registry().values():
        found = indicator.run(evidence)
        assert found.outcome is not Outcome.ERROR, f"{indicator.id}: {found.note}"
        assert found.note
        assert found == indicator.run(evidence)
        if found.outcome is Outcome.MEASURED:
            assert 1 <= len(found.evidence) <= 5
            assert all(ref.cue for ref in found.evidence), indicator.id
            assert found.value >= 0 and (indicator.unit not in ("share", "boolean") or found.value <= 1)
            assert indicator.unit != "boolean" or found.value in (0, 1)
