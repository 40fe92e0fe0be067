import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.answers import is_cut_off, is_html, redirect_target

HERE = "http://www.x.gov.cn/english/index.html"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/a.html", "http://www.x.gov.cn/a.html"),
        ("a.html", "http://www.x.gov.cn/english/a.html"),
        ("//y.gov.cn/a", "http://y.gov.cn/a"),
        ("https://y.gov.cn/a#top", "https://y.gov.cn/a"),
        ("\\\\y.gov.cn\\a", "http://y.gov.cn/a"),
        (" \t/a b\r\n.html ", "http://www.x.gov.cn/a%20b.html"),
        ("/政".encode().decode("latin-1"), "http://www.x.gov.cn/%E6%94%BF"),
        ("/政".encode("gbk").decode("latin-1"), "http://www.x.gov.cn/%D5%FE"),
        ("?q=" + "政".encode("gbk").decode("latin-1"), "http://www.x.gov.cn/english/index.html?q=%D5%FE"),
        ("http://政务.中国/a".encode().decode("latin-1"), "http://xn--zfr164b.xn--fiqs8s/a"),
        ("", None),
        ("  ", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,a", None),
        ("http://[::1", None),
        ("http://x.gov.cn:99999/", None),
        ("/" + "a" * 3000, None),
    ],
)
def test_a_location_is_resolved_as_browsers_do(location: str, target: str | None) -> None:
    assert redirect_target(HERE, location) == target


@given(st.text(max_size=200))
def test_no_location_breaks_the_resolver(location: str) -> None:
    target = redirect_target(HERE, location)
    assert target is None or (target.startswith(("http://", "https://")) and target.isprintable() and target.isascii())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b""),
        ("TEXT/HTML ; charset=gbk", b""),
        ("text/html, text/html; charset=gbk", b""),
        ("application/xhtml+xml", b""),
        ("", b"<!DOCTYPE html><html>"),
        ("", b"\xef\xbb\xbf\r\n  <HTML>"),
        ("", "\ufeff<html>".encode("utf-16-le")),
        ("", "\ufeff<html>".encode("utf-16-be")),
        ("", b"<!-- saved from url -->"),
        ("", b'<?xml version="1.0"?>\n<html xmlns="x">'),
        ("", b"<body>Hello"),
        ("text/plain; charset=utf-8", b"<!doctype html>"),
    ],
)
def test_a_page_is_known_by_its_type_or_its_beginning(kind: str, body: bytes) -> None:
    assert is_html(kind, body)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/pdf", b"<html>"),
        ("application/octet-stream", b"<html>"),
        ("text/plain", b"User-agent: *"),
        ("", b"%PDF-1.7"),
        ("", b""),
        ("", b"<rss><html>"),
        ("", b"<abbr>"),
    ],
)
def test_other_files_are_no_pages(kind: str, body: bytes) -> None:
    assert not is_html(kind, body)


def test_a_page_without_its_end_is_cut_off() -> None:
    assert is_cut_off(b"<html><body>And then")
    assert not is_cut_off(b"<html><body>The end</body></HTML >\n<!-- 7 ms -->")
    assert not is_cut_off(b"%PDF-1.7 and then")


def test_credentials_in_a_redirect_are_dropped() -> None:
    assert redirect_target(HERE, "http://user:secret@b.gov.example/") == "http://b.gov.example/"
