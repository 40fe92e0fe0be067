"""Postal addresses and office hours: what stands on its line after a label that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from crawler.extract.cleaning import clean
from crawler.extract.offers import Contact

_MOST_COLONS = 1_000  # of a text, that may end a label
_MOST = 50  # addresses and hours
_SHORTEST = 5  # characters
_LONGEST = 200
_LABEL = 30  # characters before a colon in which its label stands
_COLON = re.compile("[:：]")
_HOURS = (
    "办公时间", "工作时间", "服务时间", "受理时间", "上班时间", "开放时间", "接待时间", "辦公時間", "服務時間",
    "office hours",
    "working hours", "opening hours", "service hours", "business hours", "open hours", "heures d'ouverture", "horario",
    "horario de atención", "öffnungszeiten", "sprechzeiten", "часы работы", "время работы", "режим работы", "受付時間",
    "開庁時間", "営業時間", "업무시간", "근무시간", "운영시간", "ساعات العمل", "أوقات العمل",
)  # fmt: skip
_ADDRESS = (
    "地址", "地 址", "办公地址", "联系地址", "通讯地址", "通信地址", "单位地址", "聯絡地址", "address", "add.", "add",
    "adresse", "dirección", "адрес", "住所", "所在地", "주소", "العنوان",
)  # fmt: skip
_NO_POST = re.compile(r"(?:web|e-?mail|mail|ip|site|url|internet|网站|网址|邮箱|邮件|电子)\s?$", re.IGNORECASE)
_NEXT_LABEL = re.compile(
    r"\s(?=[^\s:：]{1,16}[:：])|[|｜;；]|邮编|邮政编码|电话|传真|联系人|邮箱"
    r"|(?<=[\s,，])(?:tel|phone|fax|post ?code|zip|e-?mail)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}\s?(?:[:：.h]\s?\d{2}|[点點时時시]|\s?[ap]\.?m)|24\s?(?:hours|小时|h)", re.IGNORECASE)


def labelled(text: str) -> Iterator[Contact]:
    """Yield postal addresses and office hours (those with a clock time), each as written up to the next label."""
    yield from islice(_found(text), _MOST)


def _found(text: str) -> Iterator[Contact]:
    for colon in islice(_COLON.finditer(text), _MOST_COLONS):
        label = text[max(0, colon.start() - _LABEL) : colon.start()].rpartition("\n")[2].rstrip().casefold()
        kind = _kind(label.replace("’", "'"))
        if kind is None:
            continue
        line = text[colon.end() : colon.end() + _LONGEST].lstrip(" ").partition("\n")[0]
        value = clean(line if kind == "hours" else _NEXT_LABEL.split(line, maxsplit=1)[0]).strip(" ,，;；|｜。")
        if len(value) >= _SHORTEST and (kind == "address" or _CLOCK.search(value)):
            yield Contact(kind, value)


def _kind(label: str) -> str | None:
    if label.endswith(_HOURS):
        return "hours"
    known = next((word for word in _ADDRESS if label.endswith(word)), None)
    if known is None:
        return None
    before = label[: -len(known)]
    is_whole = not before[-1:].isalpha() or not known.isascii()
    return "address" if is_whole and not _NO_POST.search(before) else None
