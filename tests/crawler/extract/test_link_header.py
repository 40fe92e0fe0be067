from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.facts import Alternate
from crawler.extract.link_header import header_alternates

BASE = "http://www.a.gov.cn/"


def test_editions_are_read_in_their_order_and_resolved():
    value = '</en/>; rel="alternate"; hreflang="en", <http://ru.a.gov.cn/>; hreflang=ru; rel=alternate'
    assert header_alternates(value, BASE) == (
        Alternate("en", "http://www.a.gov.cn/en/", "alternate"),
        Alternate("ru", "http://ru.a.gov.cn/", "alternate"),
    )


def test_links_without_a_language_are_no_editions():
    assert header_alternates('</style.css>; rel="preload", <https://a/>; rel="canonical"', BASE) == ()


def test_what_is_no_web_address_is_passed_over():
    assert header_alternates('<javascript:alert(1)>; hreflang="en", <http://[>; hreflang="fr"', BASE) == ()


@given(st.text(max_size=300))
def test_any_header_is_read_without_an_error(value):
    for alternate in header_alternates(value, BASE):
        assert alternate.url.startswith("http")
