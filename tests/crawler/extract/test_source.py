from datetime import UTC, datetime

import pytest

from crawler.extract.page import Page
from crawler.extract.read import read_page


def source_of(html):
    body = f"<html><head><title>T</title></head><body>{html}</body></html>".encode()
    return read_page(Page(body, "http://www.x.gov.example/1.html", fetched=datetime(2026, 6, 1, tzinfo=UTC))).source


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<meta name="ContentSource" content="新华社"><p>来源：别处</p>', "新华社"),
        ('<meta name="ContentSource" content=""><p>来源：松岭日报</p>', "松岭日报"),
        ("<p><span>Published: 2026-06-01</span> <span>Source: Songling Daily</span></p>", "Songling Daily"),
        ("<td>发布时间：2026-06-01　来源：市政府办公室　【打印】</td>", "市政府办公室"),
        ("<p>来源：<a href='http://www.gov.example/'>中国政府网</a></p>", "中国政府网"),
        ("<b>Source</b>: Xinhua | Author: Li Ming", "Xinhua"),
        ("<p>출처: 신화통신</p>", "신화통신"),
        ("<p>Источник： Синьхуа</p>", "Синьхуа"),
        ("<p>Source: Xinhua&nbsp;&nbsp;Editor: Wang</p>", "Xinhua"),
    ],
)
def test_a_page_names_its_source_by_tag_or_label(html, name):
    assert source_of(html) == name


@pytest.mark.parametrize(
    "html",
    [
        "<p>The source of the river lies in the north.</p>",
        "<p>来源：<span id='s'></span></p><script>var s = {}</script>",
        "<script>var x = {Source: 'y'};</script>",
        "<p>Source: null</p>",
        "<p>Resource: water</p>",
        "",
    ],
)
def test_a_page_without_one_names_none(html):
    assert source_of(html) == ""
