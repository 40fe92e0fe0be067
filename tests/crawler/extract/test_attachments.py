from datetime import UTC, datetime

import pytest

from crawler.extract.attachments import attachments, kind_of, stated_size
from crawler.extract.json_form import as_json
from crawler.extract.offers import Attachment
from crawler.extract.page import Page
from crawler.extract.read import read_page


def files(html: str) -> tuple[Attachment, ...]:
    return attachments(Page(html.encode(), "http://en.a.gov.cn/visa/", fetched=datetime(2026, 5, 1, tzinfo=UTC)))


def test_a_file_is_kept_as_a_link_with_its_format_and_the_size_that_the_page_states() -> None:
    assert files('<a href="/f/form.PDF">Visa form</a> (1.5 MB)') == (
        Attachment("http://en.a.gov.cn/f/form.PDF", "Visa form", "pdf", 1572864, "address .pdf, text “1.5 MB”"),
    )


def test_a_file_linked_twice_is_one_and_pages_and_pictures_are_none() -> None:
    html = '<a href="a.docx">A</a><a href="a.docx">B</a><a href="b.html">C</a><a href="c.jpg">D</a><a href="#">E</a>'
    assert [file.anchor for file in files(html)] == ["A"]


@pytest.mark.parametrize(
    ("url", "label", "kind", "cue"),
    [
        ("http://a.cn/x.xlsx", "", "xlsx", "address .xlsx"),
        ("http://a.cn/x%2Epdf?v=2", "", "pdf", "address .pdf"),
        ("http://a.cn/down.do?file=a/b.doc&id=3", "", "doc", "query .doc"),
        ("http://a.cn/download?id=3", "Form.pdf", "pdf", "text “m.pdf”"),
        ("http://a.cn/download.jsp?id=3", "申请表（DOC）", "doc", "text “（DOC”"),
        ("http://a.cn/how-to-read.html", "How to read a file (PDF)", "", ""),
        ("http://a.cn/pdf/", "PDF", "", ""),
        ("http://www.pdf/", "", "", ""),
    ],
)
def test_the_address_tells_the_format_else_the_words_of_a_link_to_a_program(
    url: str, label: str, kind: str, cue: str
) -> None:
    assert kind_of(url, label) == (kind, cue)


@pytest.mark.parametrize(
    ("words", "size"),
    [("350KB", 358400), ("2,5 M", 2621440), ("12 bytes", 12), ("1024字节", 1024), ("3 Gb", 3 << 30)],
)
def test_a_stated_size_is_read_in_bytes(words: str, size: int) -> None:
    assert stated_size(f"Form ({words})")[0] == size


@pytest.mark.parametrize("words", ["", "5 kilometres", "Form 7 best", "2026", "1.2.3 M5"])
def test_a_number_that_is_no_size_is_none(words: str) -> None:
    assert stated_size(words) == (None, "")


def test_the_facts_of_a_page_name_its_files() -> None:
    page = Page(b'<a href="/f.pdf">F</a>', "http://a.cn/", fetched=datetime(2026, 5, 1, tzinfo=UTC))
    assert as_json(read_page(page))["attachments"] == [
        {"url": "http://a.cn/f.pdf", "anchor": "F", "kind": "pdf", "size": None, "cue": "address .pdf"}
    ]
