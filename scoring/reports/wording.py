"""Numbers, units, outcomes and verdicts in words that a site's owner understands."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from crawler.model import CHINESE, Verdict
from scoring.evidence import Outcome
from scoring.reports.bundle import Title

OUTCOMES: dict[Outcome, Title] = {
    Outcome.MEASURED: ("measured", "已测"),
    Outcome.NOT_APPLICABLE: ("not applicable", "不适用"),
    Outcome.NOT_MEASURED: ("not measured", "未测得"),
    Outcome.ERROR: ("our error", "程序错误"),
}

VERDICTS: dict[Verdict, Title] = {
    Verdict.REAL: ("real version", "有效外文版"),
    Verdict.STUB: ("stub: hardly a page", "空壳"),
    Verdict.REDIRECT: ("redirects elsewhere", "跳转"),
    Verdict.WIDGET: ("machine-translation widget", "机器翻译插件"),
    Verdict.CHINESE_CONTENT: ("Chinese content", "内容为中文"),
    Verdict.OTHER_HOST: ("on another host, unconfirmed", "他站托管待核"),
    Verdict.DEAD: ("dead link", "链接失效"),
    Verdict.BLOCKED: ("we were blocked", "访问被拦截"),
    Verdict.NOT_CAPTURED: ("not captured by us", "未采集"),
}

LANGUAGES: dict[str, Title] = {
    CHINESE: ("Chinese", "中文"),
    "en": ("English", "英语"),
    "ja": ("Japanese", "日语"),
    "ko": ("Korean", "韩语"),
    "fr": ("French", "法语"),
    "de": ("German", "德语"),
    "es": ("Spanish", "西班牙语"),
    "pt": ("Portuguese", "葡萄牙语"),
    "ru": ("Russian", "俄语"),
    "ar": ("Arabic", "阿拉伯语"),
    "it": ("Italian", "意大利语"),
    "vi": ("Vietnamese", "越南语"),
    "th": ("Thai", "泰语"),
    "mn": ("Mongolian", "蒙古语"),
    "lo": ("Lao", "老挝语"),
    "my": ("Burmese", "缅甸语"),
    "km": ("Khmer", "高棉语"),
    "kk": ("Kazakh", "哈萨克语"),
}


def language_name(tag: str) -> Title:
    """Return a language's names by its BCP 47 tag; the tag itself where it has none here."""
    return LANGUAGES.get(tag.partition("-")[0].lower(), (tag, ""))


def fixed(value: float | None, decimals: int = 2) -> str:
    """Return the number with that many decimals, halves rounded up as by hand, never `-0.00`.

    Empty for None and for what is no number.
    """
    if value is None or not math.isfinite(value):
        return ""
    return _rounded(Decimal(repr(float(value))), decimals)


def _rounded(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=400))
    return f"{abs(rounded) if rounded.is_zero() else rounded:f}"


def plain(value: float, decimals: int = 6) -> str:
    """Return the number without trailing zeros: `12`, `0.6345`."""
    text = fixed(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a share of 0..1 as a percentage; empty for None."""
    if share is None or not math.isfinite(share):
        return ""
    return f"{_rounded(100 * Decimal(repr(float(share))), decimals)}%"


def counted(number: int, thing: str) -> str:
    """Return how many there are of a thing: `1 ranked site`, `0 ranked sites`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def in_words(value: float | None, unit: str) -> str:
    """Return a measured value with its unit: `12 days`, `63.5%`, `yes`; empty for None."""
    if value is None:
        return ""
    if unit == "share":
        return percent(value)
    if unit == "boolean":
        return "yes" if value else "no"
    number = plain(value, 2)
    if unit in ("count", "score"):
        return number
    return f"{number} {unit[:-1] if number == '1' and unit.endswith('s') else unit}"


UNITS_IN_CHINESE = {"days": "天", "hours": "小时", "seconds": "秒", "pages": "页"}
KINDS: dict[str, Title] = {
    "boolean": ("yes or no", "是否"),
    "count": ("number", "计数"),
    "share": ("share", "比例"),
    "score": ("score", "分数"),
}


def unit_name(unit: str) -> Title:
    """Return what an indicator's values are counted in: `days` and `天`, `number` and `计数`."""
    return KINDS.get(unit, (unit, UNITS_IN_CHINESE.get(unit, "")))


def in_both(value: float | None, unit: str) -> Title:
    """Return a measured value with its unit in English and in Chinese: `12 days` and `12天`."""
    english = in_words(value, unit)
    if value is None or unit in ("share", "count", "score"):
        return english, english
    if unit == "boolean":
        return english, "是" if value else "否"
    return english, f"{plain(value, 2)}{UNITS_IN_CHINESE[unit]}" if unit in UNITS_IN_CHINESE else english


def instant(when: datetime | None) -> str:
    """Return a time in UTC as `2026-03-01 08:00:00 UTC`; empty for None."""
    return "" if when is None else when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
