from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.nodes import MOST_NODES, Node
from crawler.extract.page import Page

FETCHED = datetime(2015, 6, 1, tzinfo=UTC)


def page(body: bytes, content_type: str | None = None, url: str = "http://www.example.gov.cn/en/a/index.html") -> Page:
    return Page(body, url, fetched=FETCHED, content_type=content_type)


def all_text(one: Page) -> str:
    """Every text in the order of the page, read by where elements end."""

    def within(node: Node) -> str:
        children = (child for child in node.within()[1:] if child.parent is node)
        return (node.text or "") + "".join(within(child) + (child.tail or "") for child in children)

    return within(one.nodes.root)


def test_a_gb2312_page_with_a_rare_character_is_parsed_whole() -> None:
    html = '<html><head><meta charset="gb2312"><title>朱镕基</title></head><body><p>赵堃</p><p>之后</p></body></html>'
    nodes = page(html.encode("gb18030")).nodes
    assert [node.text for node in nodes.of("title")] == ["朱镕基"]
    assert [node.text for node in nodes.of("p")] == ["赵堃", "之后"]


def test_the_elements_and_the_text_are_made_once() -> None:
    one = page(b"<p>News</p>")
    assert one.decoded is one.decoded
    assert one.nodes is one.nodes


def test_what_is_no_page_is_an_empty_document() -> None:
    for body in (b"", b"   ", b"<!-- only a comment -->", b"\x00\x00", b"<?xml version='1.0'?>"):
        one = page(body)
        assert one.nodes.root.tag == "html"
        assert all_text(one).strip() == ""


def test_comments_are_not_read() -> None:
    assert all_text(page(b"<body><!-- 2018-06/22 --><p>News<!-- x --> today</p></body>")) == "News today"


def test_nul_characters_do_not_cut_the_page() -> None:
    assert all_text(page(b"<p>before\x00</p><p>after</p>")) == "beforeafter"


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
def test_any_bytes_give_elements_within_each_other_and_a_base(body: bytes) -> None:
    one = page(b"<body>" + body)
    assert one.nodes.root.tag == "html"
    for node in one.nodes.all:
        assert node.index < node.end <= len(one.nodes.all)
        assert node.parent is None or node.parent.index < node.index < node.end <= node.parent.end
    assert one.base_url.startswith("http")


def test_what_follows_an_early_end_of_the_document_is_in_its_body() -> None:
    body = b"<html><body><p>head</p></body></html><html><body><div><p>after</p></div></body></html><p>last</p>end"
    one = page(body)
    assert [element.text for element in one.nodes.of("p")] == ["head", "after", "last"]
    assert all(one.nodes.of("body")[0] in paragraph.around() for paragraph in one.nodes.of("p"))
    assert all_text(one) == "headafterlastend"


def test_an_attribute_without_a_value_is_empty() -> None:
    assert page(b"<input disabled>").nodes.of("input")[0].attributes == {"disabled": ""}


def test_elements_however_deep_are_read() -> None:
    one = page(b"<div>" * 3_000 + b"<p>within")
    assert [element.text for element in one.nodes.of("p")] == ["within"]


def test_of_too_many_elements_the_first_are_read() -> None:
    one = page(b"<div>" + b"<p>x</p>" * (MOST_NODES + 10) + b"</div>")
    assert one.nodes.is_cut
    assert len(one.nodes.all) == MOST_NODES
    assert one.nodes.root.end == one.nodes.of("div")[0].end == MOST_NODES


def test_a_text_that_the_parser_gives_in_pieces_is_whole() -> None:
    assert all_text(page(b"<p>" + b"&amp;<" * 500 + b"</p>")) == "&<" * 500
