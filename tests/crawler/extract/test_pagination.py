from datetime import UTC, datetime

import pytest

from crawler.extract.page import Page
from crawler.extract.pagination import MOST_PAGES, scripted_pages

URL = "http://www.x.gov.cn/english/news/index.html"


def urls(script: str, url: str = URL) -> list[str]:
    page = Page(f"<html><body><script>{script}</script></body></html>".encode(), url, fetched=datetime.now(UTC))
    return [link.url.rpartition("/")[2] for link in scripted_pages(page)]


@pytest.mark.parametrize(
    "call",
    [
        'createPageHTML(4, 0, "index", "html");',
        "createPageHTML('page_div', 4, 0, 'index', 'html', 75);",
        "try { createPageHTML(4,0,'index','html') } catch (e) {}",
    ],
)
def test_a_pagers_script_names_the_following_pages(call: str) -> None:
    assert urls(call) == ["index_1.html", "index_2.html", "index_3.html"]


def test_from_a_later_page_the_first_is_named_too() -> None:
    later = 'createPageHTML(4, 2, "index", "shtml");'
    assert urls(later, "http://www.x.gov.cn/english/news/index_2.html") == ["index_3.shtml", "index.shtml"]


def test_no_more_pages_are_named_than_a_reader_would_turn() -> None:
    assert len(urls('createPageHTML(900, 0, "index", "html");')) == MOST_PAGES


@pytest.mark.parametrize(
    "script",
    [
        "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) { return; }",
        'createPageHTML(1, 0, "index", "html");',
        'createPageHTML(4, 0, "../../etc/passwd", "html");',
        "",
    ],
)
def test_a_list_of_one_page_or_a_scripts_definition_names_none(script: str) -> None:
    assert urls(script) == []
