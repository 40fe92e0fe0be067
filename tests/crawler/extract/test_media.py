from datetime import UTC, datetime

from crawler.extract.chats import chats
from crawler.extract.media import code_words, feeds, headings, images
from crawler.extract.page import Page


def page_of(html: str) -> Page:
    return Page(html.encode(), "http://en.a.gov.example/", fetched=datetime(2026, 6, 1, tzinfo=UTC))


def test_an_image_without_alt_is_told_from_one_whose_alt_is_empty() -> None:
    html = '<div class="nav"><img src="/l.png" alt=" Logo "></div><p><img src="a.jpg"><img src="b.jpg" alt=""></p>'
    assert [(i.url, i.alt, i.place) for i in images(page_of(html))] == [
        ("http://en.a.gov.example/l.png", "Logo", "nav"),
        ("http://en.a.gov.example/a.jpg", None, "body"),
        ("http://en.a.gov.example/b.jpg", "", "body"),
    ]


def test_an_image_loaded_late_counts_and_a_counter_of_visits_does_not() -> None:
    html = '<img src="blank.gif" data-src="/real.jpg"><img src="/count.gif" width="1" height="1"><img src="data:x">'
    assert [image.url for image in images(page_of(html))] == ["http://en.a.gov.example/real.jpg"]


def test_headings_have_their_level_and_empty_ones_are_left_out() -> None:
    assert [(h.level, h.text) for h in headings(page_of("<h1>City</h1><h3></h3><h2>News <b>now</b></h2>"))] == [
        (1, "City"),
        (2, "News now"),
    ]


def test_declared_feeds() -> None:
    html = """<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="News">
    <link rel="stylesheet" type="text/css" href="/a.css"><link rel="alternate" type="application/atom+xml" href="/a">"""
    assert [(feed.kind, feed.url, feed.title) for feed in feeds(page_of(html))] == [
        ("rss", "http://en.a.gov.example/rss.xml", "News"),
        ("atom", "http://en.a.gov.example/a", ""),
    ]


def test_a_chat_is_told_by_its_service_its_address_or_what_it_is_called() -> None:
    html = """<script src="https://embed.tawk.to/5a/default"></script><a href="/znwd/">Ask</a>
    <a href="javascript:open()">Live Chat</a><a href="/news/chat-with-the-mayor-on-television.html">A chat on TV</a>"""
    assert [(chat.kind, chat.cue) for chat in chats(page_of(html))] == [
        ("tawk", "tawk.to"),
        ("link", "Ask"),
        ("link", "Live Chat"),
    ]


def test_a_page_without_any_has_none() -> None:
    page = page_of("<p>x")
    assert (images(page), headings(page), feeds(page), chats(page)) == ((), (), (), ())


def test_words_of_code_are_known_apart() -> None:
    html = "<p>Type <code>kubectl get pods</code> and <b>read</b>.</p><pre>apiVersion: v1\nkind: Namespace</pre>"
    assert code_words(page_of(html)) == ("apiversion", "kind", "kubectl", "namespace", "pods")
