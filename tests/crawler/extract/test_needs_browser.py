from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.needs_browser import needs_browser, shows_nothing
from crawler.extract.page import Page
from crawler.extract.read import read_page

SCRIPT = '<script src="/static/app.js"></script>'
LINKS = '<a href="/a">News</a><a href="/b">Services</a><a href="/c">About</a>'
TEXT = "The municipal government publishes notices, statistics and services for residents and visitors here. " * 2


def page(body, head="<title>Home</title>", url="http://www.a.gov.example/en/"):
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return Page(html.encode(), url, fetched=datetime(2026, 6, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("body", "sign"),
    [
        (f'<div id="app"></div>{SCRIPT}', "#app"),
        (f'<div id="root"><p>Loading...</p></div>{SCRIPT}', "#root"),
        (
            f'<div id="__nuxt"></div>{SCRIPT}<footer>© 2026 <a href="http://beian.example/">ICP 1</a></footer>',
            "#__nuxt",
        ),
        (f"<app-root></app-root>{SCRIPT}", "<app-root>"),
        (
            "<noscript>You need to enable JavaScript to run this app.</noscript><div class=x></div>",
            "asks for JavaScript",
        ),
        ("<noscript><strong>请启用 JavaScript 后继续浏览</strong></noscript><div></div>", "asks for JavaScript"),
        ("<script>document.body.appendChild(build())</script>", "scripts and neither text nor links"),
    ],
)
def test_a_page_that_only_scripts_fill_needs_a_browser_and_says_by_what_sign(body, sign):
    assert sign in needs_browser(page(body))


@pytest.mark.parametrize(
    "body",
    [
        f'<div id="app">{LINKS}</div>{SCRIPT}',  # the server has filled it
        f'<div id="app"><p>{TEXT}</p></div>{SCRIPT}',
        f"<noscript>Please enable JavaScript.</noscript>{LINKS}<p>{TEXT}</p>{SCRIPT}",
        f"<p>Closed until Monday morning.</p>{SCRIPT}",  # short, but a text
        f'<img src="/notice.jpg">{SCRIPT}',  # a picture is something to see
        f'<form action="/s"><input name="q"></form>{SCRIPT}',
        "<div id=app></div>",  # no script that could fill it
        "",
    ],
)
def test_a_page_with_something_to_see_or_nothing_to_fill_it_needs_none(body):
    assert needs_browser(page(body)) is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta http-equiv="refresh" content="0; url=/en/index.html">', SCRIPT),
        ("", "<script>window.location.href = '/en/index.html'</script>"),
        ("", f'<iframe src="/en/home.html" width="100%"></iframe>{SCRIPT}'),
    ],
)
def test_a_gateway_needs_no_browser_because_it_says_where_it_leads(head, body):
    assert needs_browser(page(body, head)) is None


def test_a_page_that_needs_a_browser_says_so_among_its_problems():
    problems = read_page(page(f'<div id="app"></div>{SCRIPT}')).problems
    assert any(problem.startswith("needs a browser: its scripts fill the empty element #app") for problem in problems)


def test_after_its_scripts_have_run_a_page_with_one_link_or_one_picture_shows_something():
    assert shows_nothing(page('<div id="app"></div>'))
    assert not shows_nothing(page('<div id="app"><a href="/x">x</a></div>'))
    assert not shows_nothing(page('<div id="app"><canvas></canvas></div>'))


@given(st.text(max_size=300))
def test_no_text_raises(text):
    assert needs_browser(page(text)) is None or shows_nothing(page(text)) or "script" in text


def test_thousands_of_open_elements_and_notices_are_read_in_bounds():
    found = needs_browser(page('<div id="x">' * 20_000 + "<noscript>" * 200 + "javascript " * 20_000))
    assert found is None or isinstance(found, str)
