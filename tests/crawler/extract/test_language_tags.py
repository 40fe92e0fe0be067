from datetime import UTC, datetime

import pytest

from crawler.extract.facts import Alternate
from crawler.extract.language_tags import is_well_formed, language_tags
from crawler.extract.page import Page

HERE = "http://en.a.gov.example/"


def tags(html: str, *, body: str = "en", header: str | None = None, editions: tuple[Alternate, ...] = ()):
    page = Page(html.encode(), HERE, fetched=datetime(2026, 6, 1, tzinfo=UTC), content_language=header)
    return language_tags(page, body, editions)


def test_each_declaration_is_kept_as_written_and_a_right_one_has_no_fault() -> None:
    found = tags('<html lang="en-GB" xml:lang="en-GB"><p>x', header="en, fr")
    assert (found.html, found.xml, found.meta, found.header) == ("en-GB", "en-GB", None, "en, fr")
    assert found.faults == ()


@pytest.mark.parametrize(
    ("html", "body", "fault"),
    [
        ("<html><p>x", "en", "html-lang-missing"),
        ("<html lang=en_US><p>x", "en", "html-lang-malformed: en_US"),
        ("<html lang=english><p>x", "en", "html-lang-malformed: english"),
        ("<html lang=jp><p>x", "ja", "html-lang-malformed: jp"),
        ("<html lang=zh-CN><p>x", "en", "html-lang-differs: zh-CN, written in en"),
        ("<html lang=en xml:lang=fr><p>x", "en", "xml-lang-differs: fr, lang is en"),
        ("<html lang=en><meta http-equiv=Content-Language content=en><p>x", "en", "meta-content-language: en"),
        ("<meta http-equiv=content-language content='en,zh'><p>x", "en", "meta-content-language-ignored: en,zh"),
    ],
)
def test_a_broken_rule_is_named(html: str, body: str, fault: str) -> None:
    assert fault in tags(html, body=body).faults


def test_a_tag_is_not_held_against_a_text_whose_language_cannot_be_told() -> None:
    assert tags("<html lang=fr><p>x", body="und").faults == ()


def test_the_header_is_judged_on_its_own() -> None:
    assert tags("<html lang=en>", header="zh-CN").faults == ("header-differs: zh-CN, written in en",)
    assert tags("<html lang=en>", header="en; q").faults[0] == "header-malformed: en; q"


def test_editions_must_be_tagged_well_name_this_page_and_be_alternates() -> None:
    editions = (
        Alternate("jp", "http://jp.a.gov.example/", "alternate"),
        Alternate("fr", "http://fr.a.gov.example/", "alternative"),
        Alternate("fr", "http://fr2.a.gov.example/", "alternate"),
    )
    assert tags("<html lang=en>", editions=editions).faults == (
        "hreflang-malformed: jp",
        "hreflang-rel: alternative",
        "hreflang-not-self",
        "hreflang-twice: fr",
    )
    itself = (Alternate("en", HERE, "alternate"), Alternate("x-default", HERE, "alternate"))
    assert tags("<html lang=en>", editions=itself).faults == ()


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-Hant-HK", "es-419", "de-DE-1996", "und", "sr-Latn-RS"])
def test_well_formed_tags(tag: str) -> None:
    assert is_well_formed(tag)


@pytest.mark.parametrize("tag", ["", "kr", "cn", "en-", "e", "zh_CN", "en-USA", "english", "xx"])
def test_ill_formed_tags(tag: str) -> None:
    assert not is_well_formed(tag)
