import pytest

from crawler.extract.offers import Form
from crawler.home_checks import search_check

HOME = "http://en.x.gov.cn/"


def box(url="http://en.x.gov.cn/search", *, method="get", kind="search", hidden=()):
    return Form("/search", method, (("q", "text"), ("", "submit")), "Search", kind, url, "en", hidden)


def test_the_query_is_a_word_of_the_language_with_what_the_box_sends_unasked():
    found = search_check([box(hidden=(("site", "7"),))], HOME, "en", "utf-8")
    assert found.url == "http://en.x.gov.cn/search?site=7&q=government"
    assert (found.purpose, found.referrer) == ("search", HOME)


def test_it_is_sent_in_the_pages_charset_where_that_can_write_it():
    assert search_check([box()], HOME, "ja", "gb18030").url.endswith("?q=%D5%FE%B8%AE")
    assert "%D9%8F" not in search_check([box()], HOME, "ar", "ascii").url


@pytest.mark.parametrize(
    "form", [box(method="post"), box(kind="mailbox"), box(""), box("http://search.elsewhere.com/")], ids=range(4)
)
def test_boxes_that_post_write_have_no_address_or_ask_elsewhere_are_left_alone(form):
    assert search_check([form], HOME, "en", "utf-8") is None


def test_a_language_without_a_word_is_not_asked():
    assert search_check([box()], HOME, "mn", "utf-8") is None
