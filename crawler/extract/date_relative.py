"""Dates that count from the day of reading, "3 days ago", in the languages that government sites publish in.

All read folded text (see `date_patterns`). A month counts thirty days and is read to the month only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Unit → its names. What is counted in minutes or hours may still be yesterday.
_UNITS = {
    "minute": "minutes? mins? Minuten? minutos? minuti? минут[уы]? دقيقة دقائق phút นาที 分钟 分鐘 分 분",
    "hour": "hours? heures? Stunden? horas? or[ae] часа? часов ساعة ساعات giờ ชั่วโมง 小时 小時 時間 시간",
    "day": "days? jours? Tag(?:e|en)? d[ií]as? giorn[io] день дня дней يوم أيام ngày วัน 天 日 일",
    "week": "weeks? semaines? Wochen? semanas? settiman[ae] недел[юиь] أسبوع أسابيع tuần สัปดาห์ 周 週間 週 星期 주",
    "month": "months? mois Monat(?:e|en)? mes(?:es)? m[eê]s(?:es)? mes[ei] месяц(?:а|ев)? شهر أشهر tháng เดือน "
    "月 か月 ヶ月 개월",
}
_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 30}
_WORDS = {
    0: "today aujourd'hui heute hoy hoje oggi сегодня اليوم 今天 今日 本日 오늘 วันนี้",
    1: "yesterday hier gestern ayer ontem ieri вчера أمس 昨天 昨日 어제 เมื่อวาน เมื่อวานนี้",
    2: "vorgestern anteayer anteontem позавчера 前天 一昨日 그저께",
}
_PHRASES = {"hôm nay": 0, "hôm qua": 1, "avant-hier": 2, "l'altro ieri": 2, "أول أمس": 2, "hôm kia": 2}
WORD_DAYS = {word: days for days, words in _WORDS.items() for word in words.split()} | _PHRASES
"""Word in lower case → days before the day of the fetch."""

_NUMBER = r"(?P<n>\d{1,3})"
_BEFORE = "il y a|vor|hace|há|منذ|قبل"
_AFTER = r"ago|fa|atrás|назад|trước|ที่แล้ว|ที่ผ่านมา|之?前|전"
_UNIT = "|".join(name for names in _UNITS.values() for name in sorted(names.split(), key=len, reverse=True))
_FLAGS = re.IGNORECASE


def _spelt(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_SPACED = [word for word in WORD_DAYS if word[0] < "\u0e00"]
_JOINED = [word for word in WORD_DAYS if word[0] >= "\u0e00"]
RELATIVE = (
    re.compile(rf"(?<!\w){_NUMBER} ?(?:个|個)?(?P<unit>{_UNIT}) ?(?:{_AFTER})(?![a-zа-я])", _FLAGS),
    re.compile(rf"(?<!\w)(?:{_BEFORE}) {_NUMBER} (?P<unit>{_UNIT})(?!\w)", _FLAGS),
    re.compile(rf"(?<!\w)(?P<word>{_spelt(_SPACED)})(?!\w)|(?P<joined>{_spelt(_JOINED)})", _FLAGS),
)
_KINDS = [(re.compile("|".join(names.split()), _FLAGS), unit) for unit, names in _UNITS.items()]

SIGNS = (
    *WORD_DAYS,
    *"前전",
    *(f" {word}" for word in ("ago", "fa", "atrás", "назад", "trước", "ที่", "قبل", "منذ")),
    *("il y a ", "vor ", "hace ", "há ", "منذ ", "قبل ", "ที่แล้ว", "ที่ผ่านมา"),
)
"""What a text must hold, one of them, for a relative date."""
LONGEST = 160
"""Characters of a text in which such dates are looked for: in prose "today" is the day that it tells of."""


def signs_of(text: str, among: Iterable[str] = SIGNS) -> list[str]:
    """Return what a text holds of what one of `RELATIVE` must find, which is quick to look for."""
    lower = text.lower()
    return [sign for sign in among if sign in lower]


def age_of(match: re.Match[str]) -> tuple[str, int]:
    """Read a match of RELATIVE: the unit (`word` for one such as yesterday) and how many days, of hours the hours."""
    groups = match.groupdict()
    if word := groups.get("word") or groups.get("joined"):
        return "word", WORD_DAYS[word.lower()]
    number, written = int(groups["n"] or 0), groups["unit"] or ""
    unit = next(unit for pattern, unit in _KINDS if pattern.fullmatch(written))
    return unit, number if unit == "hour" else number * _DAYS[unit]
