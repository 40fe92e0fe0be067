import gzip
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.facts import Alternate
from crawler.extract.sitemap import (
    MAX_BYTES,
    MAX_CHILDREN,
    MAX_LISTED,
    SitemapEntry,
    child_sitemaps,
    robots_sitemaps,
    sitemap_urls,
)

BASE = "http://www.a.gov.example/sitemap.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries):
    return f"{HEAD}<urlset {NAMESPACE}>{''.join(entries)}</urlset>".encode()


def entry(url, lastmod=""):
    day = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{url}</loc>{day}</url>"


def urls(found):
    return [item.url for item in found]


def test_the_newest_page_comes_first_and_undated_ones_last_in_their_order():
    body = urlset(
        entry("http://a/1"), entry("http://a/2", "2026-01-05"), entry("http://a/3"), entry("http://a/4", "2026-03-01")
    )
    assert sitemap_urls(body, BASE) == (
        SitemapEntry("http://a/4", date(2026, 3, 1)),
        SitemapEntry("http://a/2", date(2026, 1, 5)),
        SitemapEntry("http://a/1"),
        SitemapEntry("http://a/3"),
    )


def test_pages_changed_on_one_day_keep_the_order_of_the_file():
    body = urlset(*(entry(f"http://a/{n}", "2026-01-05T0{n}:00:00+08:00") for n in range(5)))
    assert urls(sitemap_urls(body, BASE)) == [f"http://a/{n}" for n in range(5)]


def test_a_day_is_read_from_a_date_a_time_or_a_month_and_nothing_else():
    days = ["2026-05-04", "2026-05-03T23:59:59+08:00", "2026-05", "yesterday", "2026-13-01", "2026/05/04"]
    found = sitemap_urls(urlset(*(entry(f"http://a/{n}", day) for n, day in enumerate(days))), BASE)
    assert {item.url[-1]: item.lastmod for item in found} == {
        "0": date(2026, 5, 4),
        "1": date(2026, 5, 3),
        "2": date(2026, 5, 1),
        "3": None,
        "4": None,
        "5": None,
    }


def test_escapes_and_cdata_are_undone_and_relative_addresses_resolved():
    body = urlset(
        entry("http://a/?b=1&amp;c=2"), entry("<![CDATA[http://a/?d=1&e=2]]>"), entry("/f"), entry("\n http://a/g \n")
    )
    assert urls(sitemap_urls(body, BASE)) == [
        "http://a/?b=1&c=2",
        "http://a/?d=1&e=2",
        "http://www.a.gov.example/f",
        "http://a/g",
    ]


def test_what_is_no_web_address_is_left_out():
    body = urlset(*map(entry, ["javascript:alert(1)", "ftp://a/", "http://", "http://[::1", "", "http://a/ b"]))
    assert sitemap_urls(body, BASE) == ()


def test_a_page_listed_twice_is_one():
    assert urls(sitemap_urls(urlset(entry("http://a/1"), entry("http://a/1")), BASE)) == ["http://a/1"]


def test_the_address_of_an_image_is_not_that_of_its_page():
    body = urlset("<url><image:image><image:loc>http://a/i.png</image:loc></image:image><loc>http://a/1</loc></url>")
    assert urls(sitemap_urls(body, BASE)) == ["http://a/1"]


def test_a_namespace_prefix_is_followed():
    entry = b"<s:url><s:loc>http://a/1</s:loc><s:lastmod>2026-02-03</s:lastmod></s:url>"
    body = b'<s:urlset xmlns:s="x">' + entry + b"</s:urlset>"
    assert sitemap_urls(body, BASE) == (SitemapEntry("http://a/1", date(2026, 2, 3)),)


def test_declared_editions_in_other_languages_are_kept():
    link = '<xhtml:link rel="alternate" hreflang="en" href="http://a/en/?x=1&amp;y=2"/>'
    (found,) = sitemap_urls(urlset(f"<url><loc>http://a/</loc>{link}</url>"), BASE)
    assert found.alternates == (Alternate("en", "http://a/en/?x=1&y=2", "sitemap"),)


def test_a_gzip_file_and_a_plain_list_are_read():
    assert urls(sitemap_urls(gzip.compress(urlset(entry("http://a/1"))), BASE)) == ["http://a/1"]
    assert urls(sitemap_urls(b"\xef\xbb\xbfhttp://a/1\r\nhttp://a/2\r\n\r\n", BASE)) == ["http://a/1", "http://a/2"]


def test_a_sitemap_in_utf_16_is_read():
    body = urlset(entry("http://a/1")).decode().encode("utf-16")
    assert urls(sitemap_urls(body, BASE)) == ["http://a/1"]


def test_a_soft_404_page_lists_nothing():
    body = '<html><body><a href="http://a/1">首页</a> http://a/2 </body></html>'.encode()
    assert sitemap_urls(body, BASE) == ()
    assert child_sitemaps(body, BASE) == ()


def test_a_file_cut_in_the_middle_gives_what_stands_before():
    body = urlset(entry("http://a/1"), entry("http://a/2"))
    assert urls(sitemap_urls(body[: body.index(b"http://a/2")], BASE)) == ["http://a/1"]


def test_an_index_names_sitemaps_and_no_pages():
    children = "".join(
        f"<sitemap><loc>/s{n}.xml</loc><lastmod>2026-01-{n:02}</lastmod></sitemap>" for n in range(1, 29)
    )
    body = f"{HEAD}<sitemapindex {NAMESPACE}>{children}</sitemapindex>".encode()
    found = child_sitemaps(body, BASE)
    assert sitemap_urls(body, BASE) == ()
    assert len(found) == MAX_CHILDREN
    assert found[0] == SitemapEntry("http://www.a.gov.example/s28.xml", date(2026, 1, 28))
    assert child_sitemaps(urlset(entry("http://a/1")), BASE) == ()


def test_a_huge_sitemap_is_cut_to_its_newest_pages():
    body = urlset(*(entry(f"http://a/{n}", f"2026-01-{n % 28 + 1:02}") for n in range(5_000)))
    found = sitemap_urls(body, BASE)
    assert len(found) == MAX_LISTED
    assert found[0].lastmod == date(2026, 1, 28)


def test_a_decompression_bomb_is_unpacked_no_further_than_the_bound():
    bomb = gzip.compress(urlset(entry("http://a/1")) + b" " * (3 * MAX_BYTES) + entry("http://a/2").encode())
    assert urls(sitemap_urls(bomb, BASE)) == ["http://a/1"]


def test_entities_are_never_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "http://a/secret">]><urlset><url><loc>&a;</loc></url></urlset>'
    assert all("secret" not in url for url in urls(sitemap_urls(bomb, BASE)))


def test_robots_txt_names_sitemaps_whatever_the_case():
    body = b"\xef\xbb\xbfUser-agent: *\nSITEMAP: /a.xml\nsitemap:http://a/b.xml\r\nSitemap:\n# Sitemap: /c\n"
    assert robots_sitemaps(body, "http://a/robots.txt") == ("http://a/a.xml", "http://a/b.xml")


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(body):
    wrapped = b"<urlset><url><loc>" + body + b"</loc><lastmod>" + body + b"<sitemapindex><sitemap>" + body
    for tried in (body, wrapped, b"\x1f\x8b" + body, b"\xff\xfe" + body):
        for item in (*sitemap_urls(tried, BASE), *child_sitemaps(tried, BASE)):
            assert item.url.startswith(("http://", "https://"))
        for url in robots_sitemaps(tried, BASE):
            assert url.startswith(("http://", "https://"))
