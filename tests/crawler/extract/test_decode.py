from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.decode import decode


def declaring(charset: str) -> bytes:
    return f'<html><head><meta charset="{charset}"></head><body>'.encode("ascii")


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_page_declared_gb2312_or_gbk_keeps_its_rare_characters(declared: str) -> None:
    decoded = decode(declaring(declared) + "朱镕基、赵堃、㛃".encode("gb18030"))
    assert decoded.text.endswith("朱镕基、赵堃、㛃")
    assert (decoded.declared, decoded.used, decoded.problems) == (declared.lower(), "gb18030", ())


def test_a_page_declared_gb2312_that_is_utf8_is_read_as_utf8_and_the_claim_is_a_problem() -> None:
    decoded = decode(declaring("gb2312") + "市政府朱镕基".encode())
    assert decoded.text.endswith("市政府朱镕基")
    assert (decoded.declared, decoded.used) == ("gb2312", "utf-8")
    assert decoded.problems == ("declared gb2312, is utf-8",)


def test_a_page_declared_utf8_that_is_gbk_is_read_as_gb18030() -> None:
    decoded = decode(declaring("utf-8") + "<p>市政府朱镕基</p>".encode("gbk"))
    assert decoded.text.endswith("<p>市政府朱镕基</p>")
    assert decoded.problems == ("declared utf-8, is gb18030",)


def test_an_undeclared_gbk_page_is_read_as_gb18030() -> None:
    decoded = decode("<p>通知公告</p>".encode("gbk"), "text/html")
    assert (decoded.text, decoded.declared, decoded.used) == ("<p>通知公告</p>", None, "gb18030")


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("big5", "big5", "繁體中文網站"),
        ("Shift_JIS", "shift_jis", "日本語の案内"),
        ("euc-jp", "euc-jp", "日本語の案内"),
        ("EUC-KR", "euc-kr", "한국어 안내"),
        ("windows-1251", "cp1251", "Правительство"),
        ("koi8-r", "koi8-r", "Правительство"),
        ("ISO-8859-1", "cp1252", "Université à Pékin – été"),
        ("windows-1256", "cp1256", "الصين"),
    ],
)
def test_a_declared_charset_reads_the_page_from_meta_or_header(charset: str, codec: str, text: str) -> None:
    body = text.encode(codec)
    assert decode(declaring(charset) + body).text.endswith(text)
    from_header = decode(b"<p>" + body, f"text/html; charset={charset}")
    assert from_header.text == "<p>" + text
    assert from_header.declared == charset.lower()
    assert from_header.problems == ()


def test_a_byte_order_mark_beats_every_declaration() -> None:
    decoded = decode(b"\xef\xbb\xbf" + declaring("gbk") + "要闻".encode(), "text/html; charset=big5")
    assert decoded.text.endswith("要闻")
    assert not decoded.text.startswith("\ufeff")
    assert decoded.used == "utf-8"
    assert "declared big5, is utf-8" in decoded.problems


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_by_its_mark_by_its_declaration_and_by_its_first_tag(codec: str) -> None:
    text = "<p>朱镕基 and English</p>"
    mark = "\ufeff".encode(codec)
    assert decode(mark + text.encode(codec)).text == text
    assert decode(text.encode(codec), f"text/html; charset={codec}").text == text
    assert decode(text.encode(codec)).text == text
    assert decode(b"<p>plain English</p>".decode().encode(codec)).text == "<p>plain English</p>"


def test_utf16_in_a_meta_tag_is_not_believed_as_the_tag_itself_is_ascii() -> None:
    decoded = decode(declaring("utf-16") + b"About Beijing")
    assert decoded.text.endswith("About Beijing")
    assert decoded.used == "utf-8"


def test_an_ascii_page_is_what_it_was_declared_to_be_or_else_utf8() -> None:
    assert decode(b"<p>News</p>", "text/html; charset=GBK").used == "gb18030"
    assert decode(b"<p>News</p>", "text/html; charset=GBK").problems == ()
    assert (decode(b"<p>News</p>").declared, decode(b"<p>News</p>").used) == (None, "utf-8")
    assert decode(b"").text == ""


def test_escaping_charsets_are_read_though_their_bytes_are_ascii() -> None:
    assert decode("日本語".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp").text == "日本語"


def test_a_page_cut_within_its_last_character_is_no_broken_page() -> None:
    decoded = decode("<p>市政府工作报告".encode()[:-1])
    assert (decoded.text, decoded.used, decoded.problems) == ("<p>市政府工作报", "utf-8", ())


def test_one_title_that_was_cut_within_a_character_does_not_make_a_utf8_page_chinese_mojibake() -> None:
    body = declaring("utf-8") + "关于印发管理办法的通知".encode() * 20 + b"\xe5\x85</a>"
    decoded = decode(body)
    assert decoded.used == "utf-8"
    assert decoded.text.count("关于印发管理办法的通知") == 20
    assert decoded.problems == ("1 byte sequences could not be decoded",)


def test_what_no_charset_can_read_is_replaced_and_counted() -> None:
    decoded = decode(declaring("gb2312") + "工作报告".encode("gbk") * 10 + b"\xff\xff</p>")
    assert "工作报告" in decoded.text
    assert decoded.text.endswith("\ufffd\ufffd</p>")
    assert decoded.used == "gb18030"
    assert decoded.problems == ("2 byte sequences could not be decoded",)


def test_a_charset_that_nobody_knows_is_named_and_passed_over() -> None:
    decoded = decode(declaring("x-mystery") + "要闻动态".encode())
    assert decoded.text.endswith("要闻动态")
    assert decoded.problems == ("declared x-mystery, which is no charset that we know; is utf-8",)


def test_python_only_codecs_are_no_charsets_of_the_web() -> None:
    assert decode(b"\\u0041", "text/html; charset=unicode_escape").text == "\\u0041"
    assert decode(b"uryyb", "text/html; charset=rot13").text == "uryyb"


def test_a_latin_1_header_that_a_server_adds_unasked_gives_way_to_the_page() -> None:
    decoded = decode(declaring("gb2312") + "机构职能".encode("gbk"), "text/html;charset=ISO-8859-1")
    assert decoded.text.endswith("机构职能")
    assert decoded.declared == "gb2312"
    assert decoded.problems == ("declared gb2312 and iso-8859-1",)


def test_a_declaration_in_a_comment_or_far_down_the_page_does_not_count() -> None:
    assert decode(b'<!-- <meta charset="big5"> --><meta charset=gbk>x').declared == "gbk"
    assert decode(b" " * 5000 + b'<meta charset="big5">x').declared is None


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=60)))
def test_any_bytes_and_any_header_give_text(body: bytes, content_type: str | None) -> None:
    decoded = decode(body, content_type)
    assert isinstance(decoded.text, str)
    assert decode(body, content_type) == decoded


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_characters="\x00"), min_size=1))
def test_declared_gb18030_text_comes_back_unless_its_bytes_are_also_valid_utf8(text: str) -> None:
    body = text.encode("gb18030")
    decoded = decode(body, "text/html; charset=gb18030")
    assert decoded.text == text or decoded.used != "gb18030" or text.encode("gb18030")[:2] in (b"\xff\xfe", b"\xfe\xff")
