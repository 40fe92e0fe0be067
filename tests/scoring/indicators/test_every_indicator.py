"""Laws that hold for every indicator, whoever adds one."""

import inspect
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.columns import COLUMN_TYPES
from crawler.extract.facts import Identity, Image
from crawler.extract.page import Page
from crawler.extract.read import read_page
from crawler.model import Certificate, Examination, Failure, Violation
from scoring.evidence import ExaminedPage, Outcome, Transport
from scoring.registry import registry
from scoring.ruleset.loading import load_rules

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "tests" / "fixtures" / "pages"
RULES = {rule.id: rule for rule in load_rules(ROOT / "indicators.yaml", registry()).indicators}
LANGUAGES = ("en", "fr", "ru", "ja", "ko", "ar", "es", "de", "th")
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


# These count verdicts, which are known without a page. A version that is not real earns nothing, whatever they say.
OF_THE_VERDICTS = {"language_richness", "hollow_version_share"}
KINDS = ["overview", "news", "laws", "leaders", "organisation", "visa", "investment", "services", "mailbox", "faq"]


def bare_home(build, **options):
    return build.home(
        **{"text": "", "title": "", "body": "und", "declared": None, "charset": (None, "utf-8"), **options}
    )


def column_types_of(indicator):
    return set(getattr(inspect.getmodule(indicator.measure), "TYPES", ()))


def empty_site(build):
    """The home page came, with nothing on it."""
    return build.evidence(home=bare_home(build))


def hollow_site(build):
    """The menus offer much, and every page behind them came empty."""
    pages = [bare_home(build, path=f"/{kind}", depth=1, column_type=kind) for kind in KINDS]
    return build.evidence(*pages, home=bare_home(build, columns={kind: (f"/{kind}", kind) for kind in KINDS}))


def unreachable_site(build):
    """Nothing came but failures of every kind."""
    return build.evidence(failed=[build.failed(f"/{i}", failure, None) for i, failure in enumerate(Failure)])


def blocked_site(build):
    """The home page came, then a firewall answered for every page that its menus offer."""
    home = bare_home(build, columns={kind: (f"/{kind}", kind) for kind in KINDS})
    return build.evidence(home=home, failed=[build.failed(f"/{kind}", Failure.BLOCKED, 403) for kind in KINDS])


@every_indicator
@pytest.mark.parametrize("site", [empty_site, unreachable_site, blocked_site])
def test_an_empty_an_unreachable_and_a_blocked_site_earn_nothing(build, indicator, site):
    found = indicator.run(site(build))
    assert found.outcome is not Outcome.ERROR, found.note
    if found.value is not None and indicator.id not in OF_THE_VERDICTS:
        rule = RULES.get(indicator.id)
        assert (rule.scaled(found.value) if rule is not None else found.value) == 0, found.note


@every_indicator
def test_what_a_firewall_kept_from_us_is_never_held_against_a_column(build, indicator):
    if column_types_of(indicator) & set(KINDS):
        assert indicator.run(blocked_site(build)).outcome is not Outcome.MEASURED


def site_blocked_behind_its_columns(build):
    """The columns' own pages came, with a line each; for what they link to a firewall answered."""
    pages = [
        build.page(f"/{kind}", text=build.short, column_type=kind, links=(build.link(f"/{kind}/1"),)) for kind in KINDS
    ]
    home = build.home(columns={kind: (f"/{kind}", kind) for kind in KINDS})
    failed = [build.failed(f"/{kind}/1", Failure.BLOCKED, 403) for kind in KINDS]
    return build.evidence(*pages, home=home, failed=failed)


@every_indicator
def test_what_a_firewall_kept_from_us_behind_a_column_is_never_held_against_it(build, indicator):
    if column_types_of(indicator) & set(KINDS):
        assert indicator.run(site_blocked_behind_its_columns(build)).outcome is not Outcome.MEASURED


@every_indicator
def test_menu_entries_over_empty_pages_earn_nothing(build, indicator):
    if column_types_of(indicator):
        assert not indicator.run(hollow_site(build)).value


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


AXE = Examination("4.14.1", (Violation("image-alt", "critical", 3, "img"), Violation("region", "moderate", 1, "div")))


def transports(build):
    """What the home page's other scheme may have answered, with certificates of all ages or none."""
    days = st.dates(date(2020, 1, 1), date(2040, 1, 1)).map(lambda day: f"{day}T00:00:00+00:00")
    names = st.sampled_from([(), ("en.example.gov.cn",), ("*.example.gov.cn",), ("other.example",)])
    certificates = st.builds(Certificate, st.text(), st.text(), names, days, days, st.booleans(), st.just("ab" * 32))
    urls = st.sampled_from(["", "http://en.example.gov.cn/", "https://en.example.gov.cn/"])
    ref = build.ref("/other")
    return st.builds(
        Transport,
        url=urls,
        ended=urls,
        ref=st.sampled_from([None, ref]),
        status=st.sampled_from([None, 200, 404, 503]),
        failure=st.sampled_from([None, *Failure]),
        note=st.just("The host name does not resolve."),
        is_page=st.booleans(),
        certificate=st.one_of(st.none(), certificates),
        certified=st.just(ref),
    )


def damaged(data, name):
    """Return a saved page as a bad line, a careless editor or an attacker leaves it."""
    html = (PAGES / f"{name}.html").read_bytes()
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(html)), st.integers(0, len(html)))))
    middle = data.draw(
        st.one_of(st.binary(max_size=40), st.sampled_from([html, b"<ul>" * 200, b"\xa3\xa8\x00", b"\n" * 99]))
    )
    return html[:start] + middle + html[end:]


@settings(max_examples=20)
@given(data=st.data())
def test_random_damage_to_pages_is_never_an_error(build, data):
    names = st.sampled_from(sorted(path.stem for path in PAGES.glob("*.html")))
    kinds = st.sampled_from([None, *COLUMN_TYPES])
    days = st.one_of(st.none(), st.dates())
    urls = st.one_of(st.sampled_from([f"/{kind}" for kind in KINDS]), st.text(max_size=20).map(lambda text: f"/{text}"))
    pages = []
    for _ in range(data.draw(st.integers(1, 4))):
        path, name = data.draw(urls), data.draw(names)
        facts = read_page(Page(damaged(data, name), build.url(path), fetched=datetime(2026, 10, 31, tzinfo=UTC)))
        facts = replace(facts, items=(*facts.items, build.item(data.draw(urls), data.draw(days), data.draw(st.text()))))
        page = build.page(path, published=data.draw(days), own_date=False, column_type=data.draw(kinds))
        pages.append(replace(page, facts=facts))
    home = build.home(columns={kind: (f"/{kind}", kind) for kind in KINDS}, text=data.draw(st.text()))
    sides = {"chinese_home": home, "chinese_pages": pages} if data.draw(st.booleans()) else {}
    evidence = build.evidence(*pages, home=home if data.draw(st.booleans()) else pages[0], **sides)
    evidence = replace(evidence, version=replace(evidence.version, language=data.draw(st.sampled_from(LANGUAGES))))
    for indicator in registry().values():
        found = indicator.run(evidence)
        assert found.outcome is not Outcome.ERROR, f"{indicator.id}: {found.note}"
        assert len(found.evidence) <= 5


@settings(max_examples=60)
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
        transport=data.draw(st.one_of(st.none(), transports(build))),
        examined=[ExaminedPage(build.url("/"), build.ref("/#axe"), AXE)] if data.draw(st.booleans()) else [],
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


OF_CHINA = ["identity_footer", "emergency_numbers", "leaders_in_step", "page_tags_share", "repost_count"]
OF_CHINA += ["repost_lag_hours", "reposts_within_24h"]


@pytest.mark.parametrize("name", OF_CHINA)
def test_what_is_asked_of_chinese_sites_is_not_applicable_to_a_site_of_another_language(build, outcome, name):
    page = build.page("/1", published=date(2026, 9, 1))
    evidence = build.evidence(page, home=build.home(), chinese_home=build.chinese(), pairs=[])
    elsewhere = replace(evidence, site=replace(evidence.site, base_language="ru"))
    assert outcome(registry()[name].run(elsewhere)) == ("not_applicable", None)


@pytest.mark.parametrize("name", ["own_title_share", "own_description_share", "image_alternatives_share"])
def test_chinese_words_are_no_fault_of_a_chinese_version_of_a_site_of_another_language(build, outcome, name):
    words = [f"第{i}号公告关于河道管理的通知和说明" * 2 for i in range(5)]
    pages = [
        build.page(f"/{i}", title=told, meta=(("description", told),), images=(Image(f"/{i}.png", told, "body"),))
        for i, told in enumerate(words)
    ]
    evidence = build.evidence(*pages)
    elsewhere = replace(evidence, site=replace(evidence.site, base_language="ru"))
    assert [outcome(registry()[name].run(one)) for one in (evidence, elsewhere)] == [("measured", 0), ("measured", 1)]
