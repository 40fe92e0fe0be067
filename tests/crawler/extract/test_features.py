from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.accounts import apps
from crawler.extract.features import contacts, forms, search_address, social
from crawler.extract.page import Page


def page_of(html: str) -> Page:
    return Page(html.encode(), "https://www.hz.gov.cn/en/", fetched=datetime(2024, 5, 1, tzinfo=UTC))


def kinds(html: str) -> list[str]:
    return [form.kind for form in forms(page_of(html))]


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(c.kind, c.value, c.international) for c in contacts(page_of("<p>"), text)]


@pytest.mark.parametrize(
    "html",
    [
        '<form action="/s.jsp"><input name="q"><input type="submit" value="Go"></form>',
        '<form><input type="text" name="f1" placeholder="请输入关键字"></form>',
        '<form action="/search/index.html"><input name="abc"></form>',
        '<form><input name="x" placeholder="Поиск"></form>',
        '<div class="box"><input type="search" id="a"></div>',
        '<div><input id="searchword"><button onclick="go()">搜索</button></div>',
    ],
)
def test_a_search_box_is_told_with_and_without_a_form(html: str) -> None:
    assert kinds(html) == ["search"]


def test_a_form_to_write_to_the_mayor_is_a_mailbox() -> None:
    html = """<form method="POST" action="/mail"><label>Your name</label><input name="name"><input name="email">
    <textarea name="content"></textarea><button>Send message</button></form>"""
    (form,) = forms(page_of(html))
    assert (form.kind, form.method, form.action) == ("mailbox", "post", "/mail")
    assert form.fields == (("name", "text"), ("email", "text"), ("content", "textarea"), ("", "button"))
    assert form.labels == "Your name Send message"


def test_a_message_box_that_a_script_sends_is_a_mailbox() -> None:
    html = "<div><h2>写信</h2><p><input id='title'></p><p><textarea id='nr'></textarea></p></div>"
    assert "mailbox" in kinds(html)


def test_log_ins_and_subscriptions_are_neither_search_nor_mailbox() -> None:
    assert kinds('<form><input name="user"><input type="password" name="key"></form>') == ["other"]
    assert kinds('<form><input name="FriendEmail"></form>') == ["other"]


def test_comments_in_a_form_are_not_its_words() -> None:
    (form,) = forms(page_of("<form><!-- old: search --><input name='a'><b>Name</b></form>"))
    assert (form.labels, form.kind) == ("Name", "other")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tel: +86 571 8525 0000", ("phone", "+86 571 8525 0000", True)),
        ("Tel: +86-571-85250000", ("phone", "+86-571-85250000", True)),
        ("Tel: (+86) 10 6596 1114", ("phone", "(+86) 10 6596 1114", True)),
        ("Tel: 0086-10-65961114", ("phone", "0086-10-65961114", True)),
        ("Tel: 86-571-85250000", ("phone", "86-571-85250000", True)),
        ("电话：0571-85250000", ("phone", "0571-85250000", False)),
        ("电话（0311）66651000", ("phone", "（0311）66651000", False)),
        ("电话 057185250000", ("phone", "057185250000", False)),
        ("手机：13800138000", ("phone", "13800138000", False)),
        ("市民热线12345", ("hotline", "12345", False)),
        ("Call 110 for the police", ("hotline", "110", False)),
        ("Service: 400-810-1996", ("hotline", "400-810-1996", False)),
        ("Email: Mayor@hz.gov.cn.", ("email", "Mayor@hz.gov.cn", False)),
        ("mayor [at] hz.gov.cn", ("email", "mayor@hz.gov.cn", False)),
        ("mayor(at)hz[dot]gov[dot]cn", ("email", "mayor@hz.gov.cn", False)),
        ("邮箱 mayor＠hz.gov.cn", ("email", "mayor@hz.gov.cn", False)),
    ],
)
def test_ways_to_reach_the_body_are_read(text: str, expected: tuple[str, str, bool]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "国办发〔2017〕47号", "项目编号：HBZJ-2021-0571-85012345", "浙ICP备05018911号-1",
        "浙公网安备 33010602009328号", "12345 tons of rice",
        "on 2021-05-18 12:30", "GDP grew to 057185250000 yuan", "logo@2x.png", "ISBN 978-7-0571-8525-0",
        "帐号 6222020571852500001", "110 people",
    ],
)  # fmt: skip
def test_document_filing_and_other_numbers_are_no_contacts(text: str) -> None:
    assert found(text) == []


def test_one_number_written_twice_is_one_contact() -> None:
    assert len(found("Tel: +86-571-85250000 ... 电话：0571-85250000")) == 1


def test_mail_and_telephone_links_count() -> None:
    page = page_of('<a href="mailto:a@hz.gov.cn?subject=x">write</a><a href="tel:+8657185250000">call</a>')
    assert {(c.kind, c.value) for c in contacts(page, "")} == {("email", "a@hz.gov.cn"), ("phone", "+8657185250000")}


def test_accounts_are_told_from_share_buttons_posts_and_home_pages() -> None:
    html = """<a href="https://www.facebook.com/HangzhouCity/">f</a><a href="https://www.facebook.com/sharer.php?u=x">s</a>
    <a href="https://twitter.com/intent/tweet?x">t</a><a href="https://twitter.com/Hangzhou/status/12">p</a><a href="https://x.com/Hangzhou">x</a>
    <a href="https://www.youtube.com/">y</a><a href="https://www.youtube.com/@hz">yt</a><a href="https://www.youtube.com/watch?v=1">w</a>
    <a href="https://service.weibo.com/share/share.php?u=x">ws</a><a href="https://weibo.com/u/242">wb</a>
    <a href="https://www.linkedin.com/shareArticle?x=1">ls</a><a href="https://www.linkedin.com/company/hz">l</a><a href="https://netx.com/a">n</a>"""
    assert [(s.network, s.url) for s in social(page_of(html))] == [
        ("facebook", "https://www.facebook.com/HangzhouCity/"),
        ("x", "https://x.com/Hangzhou"),
        ("youtube", "https://www.youtube.com/@hz"),
        ("weibo", "https://weibo.com/u/242"),
        ("linkedin", "https://www.linkedin.com/company/hz"),
    ]


def test_a_wechat_code_counts_and_one_in_a_share_box_does_not() -> None:
    code = '<img src="/images/wechat_qr.png" alt="WeChat">'
    assert [(s.network, s.url) for s in social(page_of(code))] == [
        ("wechat", "https://www.hz.gov.cn/images/wechat_qr.png")
    ]
    assert social(page_of(f'<div class="share-box"><p>{code}</p></div>')) == ()


@given(st.text(alphabet="0123456789+-() .@ateTl电话:[]", max_size=400))
def test_no_text_breaks_contacts(text: str) -> None:
    assert all(contact.value for contact in contacts(page_of("<p>"), text))


@given(st.text(alphabet="<>/formputexa=' nsq搜", max_size=300))
def test_no_markup_breaks_forms(html: str) -> None:
    assert all(form.kind in ("search", "mailbox", "other") for form in forms(page_of(html)))


def test_addresses_and_office_hours_stand_after_their_label() -> None:
    text = """地址：杭州市解放东路18号 邮编：310026 电话：0571-85252525
Address: 18 Jiefang East Road, Hangzhou Tel: +86 571 8525 2525
Office hours: 9:00 am - 5:00 pm, Monday to Friday
办公时间：周一至周五 8:30-12:00
E-mail address: a@b.gov.cn
Working hours: see the notice
Web address: www.a.gov.cn"""
    spoken = [(kind, value) for kind, value, _ in found(text) if kind in ("address", "hours")]
    assert spoken == [
        ("address", "杭州市解放东路18号"),
        ("address", "18 Jiefang East Road, Hangzhou"),
        ("hours", "9:00 am - 5:00 pm, Monday to Friday"),
        ("hours", "周一至周五 8:30-12:00"),
    ]


@pytest.mark.parametrize(
    ("value", "dialled"),
    [
        ("+86 571 8525 2525", "+8657185252525"),
        ("(0571) 8525-2525", "+8657185252525"),
        ("0086-10-12345678", "+861012345678"),
        ("+86 (0)10 1234 5678", "+861012345678"),
    ],
)
def test_a_phone_has_an_international_form(value: str, dialled: str) -> None:
    (phone,) = [c for c in contacts(page_of("<p>"), f"Tel: {value}") if c.kind == "phone"]
    assert phone.dialled == dialled


def test_a_hotline_cannot_be_dialled_from_abroad() -> None:
    assert [c.dialled for c in contacts(page_of("<p>"), "Hotline 12345")] == [None]


def test_a_search_box_by_get_can_be_asked() -> None:
    html = '<form action="../s.jsp?old=1"><input type="hidden" name="site" value="7"><input name="q"></form>'
    (form,) = forms(page_of(html))
    assert (form.url, form.query_field, form.hidden) == ("https://www.hz.gov.cn/s.jsp?old=1", "q", (("site", "7"),))
    assert search_address(form, "签证") == "https://www.hz.gov.cn/s.jsp?site=7&q=%E7%AD%BE%E8%AF%81"


def test_a_search_box_by_post_or_script_cannot_be_asked() -> None:
    for html in ('<form method="post"><input name="q"></form>', '<div><input type="search" id="a"></div>'):
        (form,) = forms(page_of(html))
        assert search_address(form, "visa") is None


def test_a_form_speaks_the_language_of_its_labels() -> None:
    box = "<form><p>{}</p><textarea name='content'></textarea></form>"
    assert forms(page_of(box.format("请留下您的姓名和联系电话")))[0].language == "zh-Hans"
    assert forms(page_of(box.format("Please leave your name and the subject of your message")))[0].language == "en"


def test_apps_are_told_by_their_shop() -> None:
    html = '<a href="https://apps.apple.com/cn/app/id1">iOS</a><a href="https://apps.apple.com.evil.example/">x</a>'
    assert [(app.network, app.url) for app in apps(page_of(html))] == [
        ("app_store", "https://apps.apple.com/cn/app/id1")
    ]


@pytest.mark.parametrize(
    "button",
    [
        '<doc-search><button class="DocSearch DocSearch-Button"><svg></svg></button></doc-search>',
        '<button aria-label="搜索"></button>',
        "<button>Search</button>",
    ],
)
def test_a_button_by_which_a_script_opens_a_search_is_a_search_box_that_cannot_be_asked(button: str) -> None:
    (box,) = forms(page_of(f"<div>{button}</div><p>Tea</p>"))
    assert (box.kind, box.method, box.query_field) == ("search", "script", None)


def test_a_button_of_a_form_or_beside_a_search_box_is_no_other_one() -> None:
    assert kinds('<form action="/search"><input name="q"><button>Search</button></form>') == ["search"]
    assert kinds('<form action="/go"><input type="hidden" name="a"><button>Research</button></form>') == ["other"]
    assert kinds("<button class=menu>Menu</button>") == []
