"""Charsets that are wrong, missing or at odds, and text that is meant to do harm."""

# ruff: noqa: E501  (a fault a line reads as a table)

from __future__ import annotations

import codecs

from faultcases import Fault, body
from faultserver import page

WORDS = "朱镕基与堃先生在政务大厅办理业务"  # 镕 and 堃 are in GBK, not in GB2312
RARE = "㛃村㐀镇人民政府"  # four bytes each in GB18030
TRADITIONAL = "縣政府為民服務中心"


def chinese(words: str, codec: str, meta: str | None, header: str | None, mark: bytes = b"") -> object:
    """A page of these words in one charset that is declared to be another."""
    head = f'<meta charset="{meta}">' if meta else ""
    data = mark + page(words, f"<p>{words}</p>" * 9, head).encode(codec)
    return body(data, kind=f"text/html; charset={header}" if header else "text/html")


HOSTILE = "Title \x07\x1b[31mred\x1b[0m \u202egnp.exe\u202c \u200bend"

# Name, what it is, words on the page, and the codec that must be used, beside the server's answer.
CHARSETS = (
    ("gbk-as-gb2312", "GBK declared gb2312", WORDS, "gb18030", chinese(WORDS, "gbk", "gb2312", None)),
    ("gb18030", "four-byte GB18030 declared gbk", RARE, "gb18030", chinese(RARE, "gb18030", "gbk", None)),
    ("big5", "Big5, declared", TRADITIONAL, "big5hkscs", chinese(TRADITIONAL, "big5", "big5", None)),
    ("utf16-le", "UTF-16 LE with its mark", WORDS, "utf-16-le", chinese(WORDS, "utf-16-le", None, None, codecs.BOM_UTF16_LE)),
    ("utf16-be", "UTF-16 BE with its mark", WORDS, "utf-16-be", chinese(WORDS, "utf-16-be", None, None, codecs.BOM_UTF16_BE)),
    ("utf8-mark", "UTF-8 with its mark, declared gbk", WORDS, "utf-8", chinese(WORDS, "utf-8", "gbk", None, codecs.BOM_UTF8)),
    ("gbk-as-utf8", "GBK declared utf-8", WORDS, "gb18030", chinese(WORDS, "gbk", "utf-8", None)),
    ("utf8-as-gbk", "UTF-8 declared gbk", WORDS, "utf-8", chinese(WORDS, "utf-8", "gbk", None)),
    ("at-odds", "GBK, by the page; utf-8, by the header", WORDS, "gb18030", chinese(WORDS, "gbk", "gbk", "utf-8")),
    ("latin-header", "GBK, by the page; ISO-8859-1, by the header", WORDS, "gb18030", chinese(WORDS, "gbk", "gbk", "ISO-8859-1")),
    ("unknown", "UTF-8 declared x-nonsense", WORDS, "utf-8", chinese(WORDS, "utf-8", "x-nonsense", None)),
    ("undeclared", "GBK, not declared", WORDS, "gb18030", chinese(WORDS, "gbk", None, None)),
)  # fmt: skip

FAULTS = (
    *(Fault(f"charset-{name}", met, "bytes before claims", serve) for name, met, _, _, serve in CHARSETS),
    Fault("hostile-title", "control, escape and bidi characters in a title", "dropped from facts", body(page(HOSTILE))),
    Fault("hostile-header", "escape sequences in a header", "kept in the archive only", body(page(), X_Powered_By="\x1b[2J\x07boo")),
    Fault("hostile-nul", "NUL bytes in the page", "dropped", body(page("Zero").replace("news", "ne\x00ws"))),
    Fault("hostile-deep", "20,000 nested elements", "read as far as it goes", body(page("Deep", "<div>" * 20_000))),
)  # fmt: skip
