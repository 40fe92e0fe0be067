"""The report in a real browser: hostile text stays text, both languages read, axe-core finds nothing serious."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.accessibility import script
from crawler.browser import find_chromium, what_is_missing

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())

PAGES = (
    "report.html",
    "statistics.html",
    "robustness.html",
    "awards.html",
    "method.html",
    "weights.html",
    "sites/a.html",
    "parity/a.html",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for the module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


def opened(browser: Any, path: Path, **options: Any) -> tuple[Any, list[str], list[str]]:
    """The page, the faults that its console told, and every address that it asked for."""
    page, faults, asked = browser.new_page(**options), [], []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, faults, asked


@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_runs_nothing_loads_nothing_and_breaks_no_table(browser, hostile, name):
    page, faults, asked = opened(browser, hostile / name)
    assert page.title() != "taken"
    assert faults == []
    assert asked == [(hostile / name).as_uri()]
    rows = page.evaluate(
        "[...document.querySelectorAll('table')].map(table => [...table.rows].map(row => "
        "[...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)))"
    )
    assert all(len(set(widths)) <= 1 for widths in rows)
    assert page.locator("img, table script").count() == 0
    page.close()


def test_hostile_names_are_read_as_they_were_written(browser, hostile, hostile_words):
    page, _, _ = opened(browser, hostile / "report.html")
    shown = page.locator("main").inner_text()
    assert hostile_words[0][:40] in shown
    assert "<script>" in shown
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(browser, hostile, name):
    page, _, _ = opened(browser, hostile / name)
    page.evaluate(script())
    found = page.evaluate("axe.run(document, {iframes: false, resultTypes: ['violations']})")["violations"]
    serious = [
        (fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
    page.close()


def test_each_language_is_shown_alone_and_without_script_too(browser, hostile):
    for scripted in (True, False):
        page, _, _ = opened(browser, hostile / "report.html", java_script_enabled=scripted)
        heading = page.locator("h2").first
        assert heading.inner_text().strip() == "How to read this"
        page.locator("label[for=lang-zh]").click()
        assert heading.inner_text().strip() == "阅读说明"
        page.close()


def test_rankings_are_narrowed_by_search_and_tier(browser, hostile):
    page, _, _ = opened(browser, hostile / "report.html")
    rows = page.locator("table.ranking tbody tr:visible")
    assert rows.count() == 2
    page.locator("#filters select[name=tier]").select_option("leading")
    assert rows.count() == 1
    page.locator("#filters input").fill("no such site")
    assert rows.count() == 0
    page.close()


def test_a_phone_scrolls_tables_not_the_page(browser, hostile):
    for name in PAGES:
        page, _, _ = opened(browser, hostile / name, viewport={"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        page.close()


CHINESE_ON_A_PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN"}
BROKEN_WORDS = (
    "[...document.querySelectorAll('td .zh, th .zh, td .badge')].filter(e => e.offsetParent && !e.closest('.note')"
    " && e.children.length === 0 && e.textContent.trim().length <= 4 && e.getClientRects().length > 1)"
    ".map(e => e.textContent)"
)


@pytest.mark.parametrize("name", PAGES)
def test_no_short_chinese_word_is_broken_and_no_caption_cut_on_a_phone(browser, hostile, name):
    page, _, _ = opened(browser, hostile / name, **CHINESE_ON_A_PHONE)
    assert page.evaluate(BROKEN_WORDS) == []
    cut = page.evaluate(
        "[...document.querySelectorAll('caption > span')].filter(e => e.offsetParent "
        "&& e.getBoundingClientRect().right > innerWidth).map(e => e.textContent)"
    )
    assert cut == []
    page.close()


@pytest.mark.parametrize("name", ["report.html", "sites/a.html", "method.html"])
def test_tables_of_sentences_are_read_on_a_phone_without_moving_them_sideways(browser, hostile, name):
    page, _, _ = opened(browser, hostile / name, **CHINESE_ON_A_PHONE)
    assert page.locator("table.lines").count() > 0
    cut = page.evaluate(
        "[...document.querySelectorAll('.scroll:has(.lines)')].filter(e => e.scrollWidth > e.clientWidth).length"
    )
    assert cut == 0
    page.close()


def test_the_method_page_is_in_one_language(browser, hostile):
    page, _, _ = opened(browser, hostile / "method.html", locale="zh-CN")
    shown = page.locator("main").evaluate(
        "main => [...main.querySelectorAll('code, q')].forEach(e => e.remove()) || main.innerText"
    )
    for word in ("count", "boolean", "share", "days", "left out", "proposed", "above", "from"):
        assert not re.search(rf"\b{word}\b(?! \d)", shown), word
    assert "计数" in shown
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_table_is_wider_than_the_sheet_that_it_is_printed_on(browser, hostile, name):
    sheet = round((297 - 2 * 12) / 25.4 * 96)  # A4 across, less the margins, in pixels
    page, _, _ = opened(browser, hostile / name, viewport={"width": sheet, "height": 700})
    assert re.search(r"@page \{ size: A4 landscape; margin: 12mm; \}", page.content())
    page.emulate_media(media="print")
    assert page.evaluate("[...document.querySelectorAll('table')].filter(e => e.offsetWidth > innerWidth).length") == 0
    page.close()


IN_VIEW = "cell => { const at = cell.getBoundingClientRect(); return at.left >= 0 && at.right <= innerWidth; }"


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_phone_shows_rank_site_total_and_tier_without_moving_the_ranking_sideways(browser, hostile, locale):
    page, _, _ = opened(browser, hostile / "report.html", viewport={"width": 390, "height": 844}, locale=locale)
    ranking = page.locator("table.ranking").first
    cells = ranking.locator("tbody td:first-child, th[scope=row], td.total, td.total + td")
    assert (cells.count(), ranking.locator("td.total + td .tier").count()) == (8, 1)
    assert all(cells.nth(place).evaluate(IN_VIEW) for place in range(cells.count()))
    page.close()


def test_the_count_beside_the_filters_says_what_it_counts(browser, hostile):
    for locale, words in (("en-GB", "Ranked sites shown: 2 / 2"), ("zh-CN", "显示的参评网站：2 / 2")):
        page, _, _ = opened(browser, hostile / "report.html", locale=locale)
        assert page.locator("#filters output").inner_text() == words
        page.close()


PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}


def test_a_scorecard_is_folded_on_a_phone_and_nowhere_else(browser, hostile):
    for options, opens in ((PHONE, False), ({}, True), ({**PHONE, "java_script_enabled": False}, True)):
        page, _, _ = opened(browser, hostile / "sites" / "a.html", **options)
        folds = page.locator("details.fold")
        assert folds.count() >= 4
        assert page.locator("details.fold[open]").count() == (folds.count() if opens else 0)
        page.close()


def test_a_fold_says_what_its_lines_come_to(browser, hostile):
    page, _, _ = opened(browser, hostile / "sites" / "a.html", **PHONE)
    assert page.locator("details.fold summary").first.inner_text() == "Disclosure 30.00 / 50 points"
    page.close()


def test_a_link_to_a_measurement_opens_its_fold_and_print_opens_all(browser, hostile):
    page, _, _ = opened(browser, hostile / "sites" / "a.html", **PHONE)
    page.locator(".mend a").first.click()
    name = page.evaluate("location.hash")
    assert name == "#en-mailbox"
    assert page.locator(name).is_visible()
    assert page.locator("details.fold[open]").count() == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.fold:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.fold[open]").count() == 1
    page.close()
    page = browser.new_page(**PHONE)
    page.goto((hostile / "sites" / "a.html").as_uri() + name)
    assert page.locator(name).is_visible()
    page.close()


HALF_WIDTH = re.compile(r"[\u4e00-\u9fff]\s?[,:;(]|[\u4e00-\u9fff]\)|、\s|，\s")


@pytest.mark.parametrize("name", PAGES)
def test_between_chinese_words_of_ours_stand_chinese_marks(browser, hostile, name):
    page, _, _ = opened(browser, hostile / name, locale="zh-CN")
    shown = page.locator("main").evaluate(
        "main => [...main.querySelectorAll('bdi, code, q')].forEach(e => e.replaceWith('x')) || main.innerText"
    )
    assert HALF_WIDTH.findall(shown) == []
    page.close()
