"""Figures and days that a text names, written one way whatever its language: `1483亿` and `148.3 billion` are one.

A figure is the shortest decimal writing of its value; a day is `MM-DD`, because news leave out the year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

_COMMA_DECIMAL = frozenset("ru fr es de it pt uk pl nl".split())
_LONGEST = 18  # digits of a figure; longer ones are identifiers

# How languages name powers of ten, as word beginnings; the longest is tried first.
_SCALES: dict[str, dict[str, int]] = {
    "zh": {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "万": 4, "千": 3, "億": 8, "萬": 4, "兆": 12},
    "ja": {"兆": 12, "億": 8, "千万": 7, "百万": 6, "万": 4, "千": 3},
    "ko": {"조": 12, "억": 8, "천만": 7, "백만": 6, "만": 4, "천": 3},
    "en": {"trillion": 12, "billion": 9, "million": 6, "thousand": 3, "bn": 9, "mn": 6},
    "ru": {"триллион": 12, "трлн": 12, "миллиард": 9, "млрд": 9, "миллион": 6, "млн": 6, "тысяч": 3, "тыс": 3},
    "fr": {"milliard": 9, "million": 6, "mille": 3},
    "es": {"billones": 12, "mil millones": 9, "millones": 6, "millón": 6, "mil": 3},
    "de": {"billion": 12, "milliarde": 9, "million": 6, "mrd": 9, "mio": 6, "tausend": 3},
    "ar": {"تريليون": 12, "مليار": 9, "مليون": 6, "ملايين": 6, "ألف": 3, "آلاف": 3},
}
_MONTHS: dict[str, str] = {
    "en": "january february march april may june july august september october november december",
    "ru": "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_WORDS: dict[str, str] = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "ru": "дв|двух три|трёх|трех четыр пят шест сем восем|восьм девят десят",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
}


def _spelt_pattern(language: str) -> re.Pattern[str]:
    """Match a figure in words; the group that matches is the figure, less one."""
    figures = "|".join(f"({written})" for written in _WORDS[language].split())
    return re.compile(rf"\b(?:{figures}){_CASE_ENDING.get(language, '')}\b", re.IGNORECASE)


_CASE_ENDING = {"ru": r"\w{0,3}"}
_SPELT = {language: _spelt_pattern(language) for language in _WORDS}
_HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100}

_CJK_DAY = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s?[月월]\s?(3[01]|[12]\d|0?[1-9])\s?[日号號일]")
_NUMERIC_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?<!\d)(?P<first>3[01]|[12]\d|0?[1-9])\.(?P<second>0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d)"
)
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\d)")
_PARTED = re.compile(r"\d[-–/.]\d")
_JOINED = re.compile(r"\+?\d{1,8}(?:[-–]\d{1,8}){1,4}")  # a telephone number, a range, an ISO date
_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,])\d{1,18}(?:[.,'\u00a0\u202f ]\d{1,18}){0,6}(?!\d)")
_HAN_NUMBER = re.compile(r"[零〇一二三四五六七八九十百两]{1,6}(?!分之|[零〇一二三四五六七八九十百千两万亿])")
_GROUPED = re.compile(r"\d{1,3}(?:[,'\u00a0\u202f ]\d{3})+(?:\.\d+)?")
_GROUPED_COMMA = re.compile(r"\d{1,3}(?:[.\u00a0\u202f' ]\d{3})+(?:,\d+)?")
_BLANK = re.compile(r"\s?")
_MEGA = re.compile("兆(?=[瓦帕赫字比位伏焦欧])")  # before a unit it is a million and part of it: 兆瓦 is MW


def folded(text: str) -> str:
    """Return the text with full-width and Arabic-Indic digits and signs in their plain form."""
    plain = unicodedata.normalize("NFKC", text)
    return plain.translate(_ARABIC) if _IS_ARABIC.search(plain) else plain


_IS_ARABIC = re.compile("[٠-٩٫٬]")
_ARABIC = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")


def _day_pattern(language: str) -> re.Pattern[str]:
    """Match `18 June`, `June 18`, `18 de junio`, `18. Juni`: groups are day, month, or month, day."""
    names = "|".join(f"{name}" if len(name) > 2 else f"{name}[яйею]" for name in _MONTHS[language].split())
    short = "|[a-z]{3}" if language == "en" else ""
    day = r"(?<!\d)(3[01]|[12]\d|0?[1-9])"
    between = r"(?:\.|st|nd|rd|th|er)?\s{1,2}(?:de\s|of\s)?"
    first = rf"{day}{between}({names}{short})\w{{0,4}}"
    # Looking ahead for a word and a digit is quicker than trying every name at every word.
    second = rf"\b(?=\w{{3,12}}\.?\s{{1,2}}\d)({names}{short})\w{{0,3}}\.?\s{{1,2}}{day}(?:st|nd|rd|th)?(?!\d|[.,]\d)"
    return re.compile(f"{first}|{second}" if language == "en" else first, re.IGNORECASE)


_DAYS = {language: _day_pattern(language) for language in _MONTHS}
_STARTS = {
    language: {name[:3]: month for month, name in enumerate(names.split(), 1)} for language, names in _MONTHS.items()
}
_STARTS["fr"] |= {"juin": 6, "juil": 7}
_STARTS["ar"] = {name: month for month, name in enumerate(_MONTHS["ar"].split(), 1)}
_STARTS["ru"] |= {"мая": 5, "мае": 5, "май": 5, "маю": 5}


def figures_and_days(text: str, language: str) -> tuple[list[str], list[str]]:
    """Return the figures and the days (`MM-DD`) of a folded text in `language` (a base language code)."""
    days: list[str] = []

    def cut(match: re.Match[str]) -> str:
        day = _day(match, language)
        if day:
            days.append(day)
        return " ; " if day else match[0]

    # A look for what every match holds is far quicker than the patterns themselves.
    rest = _CJK_DAY.sub(cut, text) if "月" in text or "월" in text else text
    rest = _NUMERIC_DAY.sub(cut, rest) if _PARTED.search(rest) else rest
    pattern = _DAYS.get(language)
    if pattern:
        rest = pattern.sub(cut, rest)
    rest = _CLOCK.sub(_hour, rest) if ":" in rest else rest
    rest = _JOINED.sub(_telephone, rest) if _PARTED.search(rest) else rest
    return [*_numbers(rest, language), *_spelt(rest, language)], days


def _day(match: re.Match[str], language: str) -> str:
    if match.re is _NUMERIC_DAY:
        month, day = match["month"] or match["second"], match["day"] or match["first"]
        return f"{int(month):02}-{int(day):02}"
    parts = [part for part in match.groups() if part]
    digits = [part for part in parts if part.isdigit()]
    if len(digits) == 2:
        return f"{int(digits[0]):02}-{int(digits[1]):02}"
    name = next(part for part in parts if not part.isdigit()).lower()
    starts = _STARTS[language]
    month = starts.get(name) or starts.get(name[:4]) or starts.get(name[:3])
    return f"{month:02}-{int(digits[0]):02}" if month else ""


def _hour(match: re.Match[str]) -> str:
    """Keep a full hour, which texts write in many ways; a time to the minute is a page's own stamp."""
    return f" {match[1]} " if match[2] == "00" else " ; "


def _telephone(match: re.Match[str]) -> str:
    """Keep the last seven digits of a telephone number, however it is grouped; leave what is short as it is."""
    digits = "".join(char for char in match[0] if char.isdigit())
    return f" {digits[-7:]} " if len(digits) >= 10 else match[0]


def _numbers(text: str, language: str) -> Iterator[str]:
    """Yield figures in digits with their scale words, chains such as 2万6千 added up."""
    scales = _SCALES.get(language, {})
    pending: Decimal | None = None
    end = -1
    for match in _NUMBER.finditer(text):
        for start, written in _split(match, language):
            value = _value(written, language)
            if value is None:
                continue
            power, stop = _scale(text, start + len(written), scales)
            value = value.scaleb(power)
            if pending is not None and power and 0 <= start - end <= 1:
                pending += value
            else:
                if pending is not None:
                    yield _written(pending)
                pending = value
            end = stop if power else -1
            if not power:
                yield _written(pending)
                pending = None
    if pending is not None:
        yield _written(pending)


def _split(match: re.Match[str], language: str) -> Iterator[tuple[int, str]]:
    """Yield the whole match where it is one grouped or decimal figure, else its parts."""
    written = match[0]
    grouped = _GROUPED_COMMA if language in _COMMA_DECIMAL else _GROUPED
    if written.isdigit() or grouped.fullmatch(written) or re.fullmatch(r"\d+[.,]\d+", written):
        yield match.start(), written
        return
    for part in re.finditer(r"\d+(?:[.,]\d+)?", written):
        yield match.start() + part.start(), part[0]


def _value(written: str, language: str) -> Decimal | None:
    if language in _COMMA_DECIMAL:
        if _GROUPED_COMMA.fullmatch(written):
            written = re.sub(r"[.\u00a0\u202f' ]", "", written)
        written = written.replace(",", ".")
    elif _GROUPED.fullmatch(written):
        written = re.sub(r"[,\u00a0\u202f' ]", "", written)
    else:
        written = written.replace(",", ".")
    try:
        return Decimal(written) if sum(char.isdigit() for char in written) <= _LONGEST else None
    except InvalidOperation:
        return None


def _scale(text: str, end: int, scales: dict[str, int]) -> tuple[int, int]:
    """Return the power of ten that the word after a figure means, and where that word ends."""
    start = end + len(_BLANK.match(text, end)[0])  # type: ignore[index]  # matches the empty string too
    following = text[start : start + 14].lower()
    for word in sorted(scales, key=len, reverse=True):
        if following.startswith(word) and not _MEGA.match(following):
            return scales[word], start + len(word)
    return 0, end


def _written(value: Decimal) -> str:
    plain = format(value.normalize(), "f")
    return plain.rstrip(".") or "0"


def _spelt(text: str, language: str) -> Iterator[str]:
    """Yield small figures in words: 三, 二十, `twelve`."""
    if language in ("zh", "ja"):
        for match in _HAN_NUMBER.finditer(text):
            value = _han_value(match[0])
            if value is not None and value > 1:
                yield str(value)
        return
    pattern = _SPELT.get(language)
    if pattern:
        yield from (str(match.lastindex + 1) for match in pattern.finditer(text) if match.lastindex)


def _han_value(numeral: str) -> int | None:
    total, digit = 0, None
    for char in numeral:
        if char in _HAN_UNITS:
            total += (1 if digit is None else digit) * _HAN_UNITS[char]
            digit = None
        elif digit is not None:
            return None  # a year or a list: 二〇二六, 三四
        else:
            digit = _HAN_DIGITS[char]
    return total + (digit or 0)
