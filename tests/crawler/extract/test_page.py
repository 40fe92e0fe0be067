from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.page import Page

FETCHED = datetime(2015, 6, 1, tzinfo=UTC)


def page(body: bytes, content_type: str | None = None, url: str = "http://www.example.gov.cn/en/a/index.html") -> Page:
    return Page(body, url, fetched=FETCHED, content_type=content_type)


def test_a_gb2312_page_with_a_rare_character_is_parsed_whole() -> None:
    html = '<html><head><meta charset="gb2312"><title>朱镕基</title></head><body><p>赵堃</p><p>之后</p></body></html>'
    tree = page(html.encode("gb18030")).tree
    assert tree.findtext(".//title") == "朱镕基"
    assert [p.text for p in tree.iter("p")] == ["赵堃", "之后"]


def test_the_tree_and_the_text_are_made_once() -> None:
    one = page(b"<p>News</p>")
    assert one.tree is one.tree
    assert one.decoded is one.decoded
    assert one.nodes is one.nodes


def test_what_is_no_page_is_an_empty_document() -> None:
    for body in (b"", b"   ", b"<!-- only a comment -->", b"\x00\x00", b"<?xml version='1.0'?>"):
        tree = page(body).tree
        assert tree.tag == "html"
        assert "".join(tree.itertext()).strip() == ""


def test_comments_are_not_in_the_tree() -> None:
    tree = page(b"<body><!-- 2018-06/22 --><p>News<!-- x --> today</p></body>").tree
    assert "".join(tree.itertext()) == "News today"


def test_nul_characters_do_not_cut_the_page() -> None:
    assert "after" in page(b"<p>before\x00</p><p>after</p>").tree.xpath("string()")


def test_relative_links_resolve_against_the_address_unless_a_base_says_otherwise() -> None:
    assert page(b"<p>x</p>").base_url == "http://www.example.gov.cn/en/a/index.html"
    assert page(b'<base href="/fr/"><p>x</p>').base_url == "http://www.example.gov.cn/fr/"


def test_a_base_that_is_no_web_address_is_passed_over() -> None:
    address = "http://www.example.gov.cn/en/a/index.html"
    assert page(b'<base href="http://["><p>x</p>').base_url == address
    assert page(b'<base href="javascript:void(0)"><p>x</p>').base_url == address
    assert page(b'<base href="file:///c:/site/"><base href="http://b.example.gov.cn/">').base_url == (
        "http://b.example.gov.cn/"
    )


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_and_a_base(body: bytes) -> None:
    one = page(b"<body>" + body)
    assert one.tree.tag == "html"
    assert one.base_url.startswith("http")


def test_what_follows_an_early_end_of_the_document_is_under_its_root() -> None:
    body = b"<html><body><p>head</p></body></html><html><body><div><p>after</p></div></body></html><p>last</p>"
    assert [element.text for element in page(body).tree.iter("p")] == ["head", "after", "last"]
