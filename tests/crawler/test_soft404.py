import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.soft404 import soft_404

LONG = "<p>" + "The county publishes its news and services here. " * 20 + "</p>"


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "404错误页面",
        "Error 404 - People's Government",
        "Page not found | X County",
        "The page you requested was not found",
        "页面不存在",
        "您访问的页面不存在-某县人民政府",
        "对不起，您访问的页面不存在！",
        "找不到页面",
    ],
)
def test_a_title_that_says_nothing_else_is_enough(title: str) -> None:
    assert soft_404(f"<html><head><title>\n {title} </title></head><body>{LONG}</body></html>")


@pytest.mark.parametrize("text", ["404 Not Found", "抱歉，您要访问的页面不存在，返回首页", "Page not found. Go back."])
def test_words_are_enough_where_a_page_says_little_else(text: str) -> None:
    assert soft_404(f"<html><title>X County</title><body><script>var a='{LONG}'</script><p>{text}</p></body></html>")
    assert soft_404(f"<html><title>X County</title><body><p>{text}</p>{LONG}</body></html>") is None


@pytest.mark.parametrize(
    "title",
    [
        "404 enterprises settle in the county",
        "Document No. 404 [2026]",
        "Lost pages not found in the archive are restored",
        "关于页面不存在问题的整改通知",
        "X County",
        "",
    ],
)
def test_an_article_is_never_taken_for_a_missing_page(title: str) -> None:
    assert soft_404(f"<html><head><title>{title}</title></head><body>{LONG}页面不存在</body></html>") is None


@given(st.text(max_size=400))
def test_no_page_breaks_the_detector(markup: str) -> None:
    assert soft_404(markup) == soft_404(markup)
    soft_404(f"<title>{markup}</title>")
