"""The regular expressions of dates: spellings, times, and what only looks like a date.

All are bounded, and all read folded text: `text.translate(FOLD)` has one character for each of the text's, digits and
signs in ASCII. Named groups: y, m, d, or name for a month's name, or hy, hm, hd in Chinese numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.extract.date_names import MONTHS

# One character for one, so that positions in the folded text are positions in the original.
_DIGITS = {
    chr(zero + value): str(value)
    for zero in (0xFF10, 0x0660, 0x06F0, 0x0E50)  # full-width, Arabic-Indic, Persian, Thai
    for value in range(10)
}
FOLD = str.maketrans(
    {
        **_DIGITS,
        **dict.fromkeys("∶：﹕꞉", ":"),
        **dict.fromkeys("－‐‑−–", "-"),
        **dict.fromkeys("\u00a0\u3000\u202f\u2009\u200b\u200e\u200f\ufeff\t\r\n", " "),
        "．": ".",
        "／": "/",
        "，": ",",
        "،": ",",
        "٫": ".",
    }
)

TO_FOLD = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(FOLD)) + "]")
"""Finds what `FOLD` would change; most lines hold nothing of it, and to fold them all is slow."""

_YEAR = r"(?P<y>(?:19|20)\d{2})"
_ANY_YEAR = r"(?P<y>(?:19|20|25)\d{2})"  # 25xx is a Buddhist year
_GAP = " {0,2}"
_START = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][./-])"  # not inside a number, version, address or document code
_END = r"(?!\d)(?! ?[-/.]\d{1,9}(?![\d:]))"  # nor cut off one
# Any word stands for a month's name, for to look for two hundred names is slow: whoever reads a match looks it up.
_NAME = f"(?P<name>{'|'.join(sorted(re.escape(name) for name in MONTHS if not name.isalpha()))}|[^\\W\\d_]{{2,10}})"
_OF = r"(?:(?:de|del|of) {1,2}|(?:พ\.ศ\.|ค\.ศ\.) {0,2})?"
_SEP = r"[ ,./-]{0,3}"
_FLAGS = re.IGNORECASE

_CALENDAR = [
    re.compile(
        rf"{_START}{_YEAR}{_GAP}(?P<s>[-/.]){_GAP}(?P<m>\d{{1,2}}){_GAP}(?P=s){_GAP}(?P<d>\d{{1,2}}){_END}(?!号)"
    ),
    re.compile(
        rf"(?<!\d){_YEAR}{_GAP}[年년]{_GAP}(?P<m>\d{{1,2}}){_GAP}[月월]{_GAP}(?P<d>\d{{1,2}})"
        rf"(?:{_GAP}[日号號일]|(?! ?[\d~至到-]))"
    ),
    re.compile(
        r"(?P<era>令和|平成)"
        + rf"{_GAP}(?P<y>\d{{1,2}}|元){_GAP}年{_GAP}(?P<m>\d{{1,2}}){_GAP}月{_GAP}(?P<d>\d{{1,2}}){_GAP}日"
    ),
    re.compile(
        r"(?<![〇○零一二三四五六七八九十])(?P<hy>[〇○零ОOo0一二三四五六七八九]{4})年"
        r"(?P<hm>[一二三四五六七八九十]{1,2})月(?P<hd>[一二三四五六七八九十廿卅]{1,3})[日号]"
    ),
    re.compile(
        rf"{_START}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|re|-?е|[.ºª°])?{_SEP}{_OF}{_NAME}\.?"
        rf"(?: ?/ ?[^\W\d_]{{3,9}})?{_SEP}{_OF}{_ANY_YEAR}(?!\d)",
        _FLAGS,
    ),
    re.compile(rf"(?<![^\W_]){_NAME}\.?{_SEP}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ ,.-]{{1,3}}{_YEAR}(?!\d)", _FLAGS),
    re.compile(
        rf"(?<![^\W_]){_NAME}\.? {{1,2}}(?P<d>\d{{1,2}}) {{1,2}}(?P<clock>\d{{1,2}}:\d{{2}}(?::\d{{2}})?) "
        rf"(?:[A-Z]{{2,5}} )?{_YEAR}(?!\d)",
        _FLAGS,
    ),
    re.compile(rf"{_START}{_YEAR}[ ,./-]{{1,3}}{_NAME}[ ,./-]{{1,3}}(?P<d>\d{{1,2}})(?!\d)", _FLAGS),
    re.compile(rf"{_START}(?P<d>\d{{1,2}}) ?tháng ?(?P<m>\d{{1,2}}) ?,? ?(?:năm ?)?{_YEAR}(?!\d)", _FLAGS),
    re.compile(
        rf"(?<!\d){_YEAR} {{0,2}}оны {{0,2}}(?P<m>\d{{1,2}})[^\d\s]{{0,7}} {{0,2}}сарын {{0,2}}(?P<d>\d{{1,2}})(?!\d)",
        _FLAGS,
    ),
    re.compile(rf"{_START}(?P<a>\d{{1,2}})(?P<s>[./-]) ?(?P<b>\d{{1,2}})(?P=s) ?{_ANY_YEAR}{_END}"),
    re.compile(
        r"(?<![0-9A-Za-z_./+-])(?P<y>199[5-9]|20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
        r"(?P<clock>(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?![0-9A-Za-z_./-])"
    ),
]
_MONTHLY = [
    re.compile(rf"(?<!\d){_YEAR}{_GAP}[年년]{_GAP}(?P<m>\d{{1,2}}){_GAP}[月월](?!{_GAP}\d)"),
    re.compile(
        r"(?P<hy>[〇○零ОOo0一二三四五六七八九]{4})年(?P<hm>[一二三四五六七八九十]{1,2})月(?![一二三四五六七八九十])"
    ),
    re.compile(rf"(?<![^\W_]){_NAME}\.?{_SEP}{_OF}{_ANY_YEAR}(?!\d)", _FLAGS),
    re.compile(rf"(?<![^\W_])tháng ?(?P<m>\d{{1,2}})(?: ?/ ?| năm | ){_YEAR}(?!\d)", _FLAGS),
]


def _any_of(signs: Iterable[str]) -> re.Pattern[str]:
    """An alternation of literals alone, for which `re` skips what cannot begin one: ten times as fast as with sets."""
    return re.compile("|".join(map(re.escape, signs)))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A pattern and what tells quickly that a text does not match it.

    A text must hold one of `signs`, where there are any, and a month's name where it `is_named`; where the pattern
    begins with a year (`by_year`), it need be tried at years alone.
    """

    pattern: re.Pattern[str]
    signs: tuple[str, ...] = ()
    is_named: bool = False
    by_year: bool = False


_PARTED, _HAN_YEAR, _THANG = ("-", "/", "."), ("年", "년"), ("th", "TH", "Th")
_Told = tuple[tuple[str, ...], bool, bool]
_OF_CALENDAR: list[_Told] = [
    (_PARTED, False, True), (_HAN_YEAR, False, True), (("令和", "平成"), False, False), (_HAN_YEAR, False, False),
    ((), True, False), ((), True, False), ((":",), True, False), ((), True, True), (_THANG, False, False),
    (("оны", "ОНЫ"), False, True), (_PARTED, False, False), ((), False, True),
]  # fmt: skip
_OF_MONTHLY: list[_Told] = [
    (_HAN_YEAR, False, True), (_HAN_YEAR, False, False), ((), True, False), (_THANG, False, False),
]  # fmt: skip
CALENDAR = [Spelling(pattern, *told) for pattern, told in zip(_CALENDAR, _OF_CALENDAR, strict=True)]
MONTHLY = [Spelling(pattern, *told) for pattern, told in zip(_MONTHLY, _OF_MONTHLY, strict=True)]
TIME = re.compile(
    r"[ ,T|()\[\]·-]{0,4}(?:(?:星期|周|週)[一二三四五六日天][ )\],]{0,3})?"
    r"(?:at |um |à )?(?P<half1>上午|下午|AM|PM|오전|오후)? ?"
    r"(?P<h>[01]?\d|2[0-3]) ?[:h时時시点] ?(?P<min>[0-5]\d)(?!\d)(?:분|分)?"
    r"(?: ?: ?(?P<sec>[0-5]\d)(?!\d))?(?:\.\d{1,9})?"
    r"(?: ?(?P<half2>[ap]\.?m\b\.?|صباح|مساء)[\u064b\u0627]{0,2})?(?: ?(?P<zone>Z\b|UTC|GMT|[+-]\d{2}:?\d{2}(?!\d)))?",
    _FLAGS,
)
# Most lines hold no date, and these are quick to look for: a year, a digit or 年.
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d")
"""Where patterns that begin with a year are tried."""
MAY_HOLD_DATE = _any_of([*"0123456789年년", *_DIGITS])
MAY_HOLD_YEAR = _any_of(["19", "20", "25", "年", "년"])
_NAME_BEYOND_ASCII = re.compile("|".join(re.escape(name) for name in sorted(MONTHS) if not name.isascii()))
_ASCII_WORD = re.compile("[a-z]{3,}")


def names_month(text: str) -> bool:
    """Tell whether a month's name may stand in a text."""
    lower = text.lower()
    if any(word in MONTHS for word in _ASCII_WORD.findall(lower)):
        return True
    return not lower.isascii() and _NAME_BEYOND_ASCII.search(lower) is not None


NUMBER_LABEL = re.compile(
    r"(?:电话|传真|热线|号码|编号|邮编|tel|fax|phone|mobile|hotline|qq|no\.|№|version|ver\.?|版本|build)[^\w]{0,3}$",
    _FLAGS,
)
HAN = {"〇": 0, "○": 0, "零": 0, "О": 0, "O": 0, "o": 0, "0": 0} | {
    han: value for value, han in enumerate("一二三四五六七八九", 1)
}
