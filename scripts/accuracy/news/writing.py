"""How languages write figures and days, and what they say instead of them."""

from __future__ import annotations

from datetime import date

# For a day that the text leaves out.
RECENTLY = {
    "en": "recently",
    "ru": "недавно",
    "ja": "このほど",
    "ko": "최근",
    "fr": "récemment",
    "es": "recientemente",
    "de": "kürzlich",
    "ar": "مؤخرا",
}
SEVERAL = {
    "en": "several",
    "ru": "несколько",
    "ja": "数",
    "ko": "여러",
    "fr": "plusieurs",
    "es": "varios",
    "de": "mehrere",
    "ar": "عدة",
}
SEVERAL_YUAN = {
    "fr": "plusieurs milliards",
    "es": "varios miles de millones",
    "de": "mehrere Milliarden",
    "ar": "عدة مليارات",
}
UPDATED = {
    "en": "Updated: {} 10:25",
    "ru": "Обновлено: {} 10:25",
    "ja": "更新日：{} 10:25",
    "ko": "수정일: {} 10:25",
    "fr": "Mis à jour le {} à 10:25",
    "es": "Actualizado: {}, 10:25",
    "de": "Aktualisiert am {}, 10:25 Uhr",
    "ar": "آخر تحديث: {} 10:25",
}
_MONTHS = {
    "en": "January February March April May June July",
    "ru": "января февраля марта апреля мая июня июля",
    "fr": "janvier février mars avril mai juin juillet",
    "es": "enero febrero marzo abril mayo junio julio",
    "de": "Januar Februar März April Mai Juni Juli",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو",
}
_DAY = {"en": "{1} {0}", "es": "{0} de {1}", "de": "{0}. {1}"}  # day, month; "{0} {1}" elsewhere
_ON = {"fr": "le ", "es": "el ", "de": "am ", "ar": "يوم "}
_GROUPED = {"en": ",", "fr": "\u202f", "es": ".", "de": "."}  # thousands
_EAST = {"zh": "亿", "ja": "億", "ko": "억"}
_MILLIONS = {"en": "million", "ru": "млн", "fr": "millions", "es": "millones", "de": "Millionen", "ar": "مليون"}
_BILLIONS = {"en": "billion", "ru": "млрд", "fr": "milliards", "de": "Milliarden", "ar": "مليار"}
_COMMA = ("ru", "fr", "de")


def written(kind: str, value: int, language: str) -> str:
    """Write a figure as the language does; `yuan` is in units of 100 million."""
    if kind == "tenths":
        return f"{value / 10:g}" if value % 10 else f"{value // 10}.0"
    if kind == "int":
        return f"{value:,}".replace(",", _GROUPED[language]) if language in _GROUPED and value > 9999 else str(value)
    if language in _EAST:
        return f"{value}{_EAST[language]}"
    if value < 10 or language == "es":  # Spanish has no word for a thousand millions that all use
        return f"{value * 100:,} ".replace(",", ".") + _MILLIONS[language]
    billions = f"{value / 10:g}"
    word = "milliard" if language == "fr" and value < 20 else _BILLIONS[language]
    return f"{billions.replace('.', ',') if language in _COMMA else billions} {word}"


def written_day(day: date, language: str) -> str:
    """Write a day without its year."""
    if language in _MONTHS:
        number = "1er" if language == "fr" and day.day == 1 else day.day
        return _DAY.get(language, "{0} {1}").format(number, _MONTHS[language].split()[day.month - 1])
    return f"{day.month}월 {day.day}일" if language == "ko" else f"{day.month}月{day.day}日"


def on_day(day: date, language: str) -> str:
    """Write a day with the preposition that its language puts before it; none where the text itself has it."""
    return _ON.get(language, "") + written_day(day, language)
