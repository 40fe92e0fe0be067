"""Who runs a site, by what its pages must carry: site code, badge, filing numbers, error-report entry, organiser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from crawler.extract.cleaning import clean
from crawler.extract.facts import Identity
from crawler.extract.line_walk import lines_of
from crawler.extract.links import followable
from crawler.extract.page import Page
from crawler.extract.visible import label_of

_SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
_COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
OWED_TAGS = {
    "home": _SITE_TAGS,
    "list": _SITE_TAGS + _COLUMN_TAGS,
    "article": (*_SITE_TAGS, *_COLUMN_TAGS, "ArticleTitle", "PubDate", "ContentSource"),
}
"""The page tags that 国办发〔2017〕47号 asks of a home page (3), a list page (7) and an article (10)."""
_EMPTY = frozenset({"", "null", "undefined", "none"})
_TEXT_LIMIT = 400_000  # characters of the page that are read
_TAIL = 12_000  # characters at the end in which a footer stands
_SCRIPT_LIMIT = 20_000
_CODE = re.compile(r"(?<![A-Za-z0-9])((?:bm|BM)\d{8}|\d{10})(?![A-Za-z0-9])")
_CODE_LABEL = re.compile(
    r"(?:网站标识码|网站标识|网站识别码|site\s{0,3}id(?:entification)?(?:\s{0,3}code|\s{0,3}no\.?|\s{0,3}number)?"
    r"|(?:web)?site\s{0,3}identification\s{0,3}(?:code|number|no\.?)|identification\s{0,3}code|identifier)\s{0,3}[:：]?\s{0,3}"
    r"((?:bm|BM)\s?\d{8}|\d{10})(?!\d)",
    re.IGNORECASE,
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滇黔蜀陇"
_ICP = re.compile(rf"[{_PROVINCES}]?\s?ICP\s?[备備证證]\s?案?(?:字第)?\s?\d{{6,10}}\s?号?(?:\s?[-－]\s?\d{{1,3}})?")
_ICP_LATIN = re.compile(
    r"(?:\b[A-Z][A-Za-z]{1,12}\s{1,2})?ICP\s{0,2}(?:bei|备|filing|license|licence|record|number|no|#)[\s.:：A-Za-z]{0,24}\d{6,10}(?:\s?-\s?\d{1,3})?",
    re.IGNORECASE,
)
_POLICE = re.compile(rf"[{_PROVINCES}]?\s?公网安[备備]\s?(?:案号)?\s?[:：]?\s?\d{{13,14}}\s?号?")
_POLICE_LINK = re.compile(r"record[Cc]ode=(\d{13,14})|[?&]code=(\d{13,14})")
_CONAC_SCRIPT = re.compile(r"(?:https?:)?//dcs\.conac\.cn/js/[\w/.\-]{1,200}\.js")
_JIUCUO_CODE = re.compile(r"(?:site_?code|sitecode)=((?:bm|BM)?\d{8,10})")
_SITE_CODE = ("sitecode", "siteCode", "SiteCode", "SITECODE")  # an attribute's name as pages spell it
_ERRORS = ("错", "rror", "RROR")  # in all that such an entry is called
_JIUCUO_LABEL = re.compile(
    r"(?:网站|我要|政府网站)?(?:找错|纠错)|^(?:report|website)\s(?:an?\s)?(?:website\s)?errors?$"
    r"|^error\sreport(?:ing)?$|^find\s(?:an\s)?errors?$",
    re.IGNORECASE,
)
_ORGANISER = re.compile(
    r"(?:主[办辦](?:单位|方|單位)?\s?[:：]|^主[办辦](?:单位|方|單位)\s"
    r"|(?:^|[|｜·.;]\s?|reserved\s)(?:website\s)?"  # not in a sentence: "the fair was hosted by"
    r"(?:(?:sponsor|host|organi[sz]|present)ed\s+by|sponsor(?:\s+unit)?\s?[:：]|host(?:ed)?\s?[:：]|organi[sz]er\s?[:：]"
    r"|учредитель|организатор|(?:organisé|parrainé)\s+par|(?:patrocinado|organizado)\s+por|herausgeber"
    r"|主催|주관|주최|الجهة المنظمة|برعاية))\s{0,3}[:：]?\s{0,3}([^\n|｜]{2,120})",
    re.IGNORECASE | re.MULTILINE,
)
# The patterns above begin with what may be missing, which is slow to look for: they are tried around these alone.
_ORGANISER_HINTS = (
    "主办", "主辦", "主催", "주관", "주최", "sponsor", "host", "organi", "presented", "учредитель", "организатор",
    "parrain", "patrocinad", "herausgeber", "الجهة المنظمة", "برعاية",
)  # fmt: skip
_CODE_HINTS = ("网站标识", "网站识别码", "identif", "siteid", "site id", "site  id", "site   id")
_ICP_HINTS = ("icp",)
_POLICE_HINTS = ("公网安",)
_MOST_HINTS = 500
_BEFORE, _AFTER = 30, 220  # characters around a hint that hold the whole cue and what it says
_ORGANISER_MARK = re.compile(r"[（(]主[办辦][)）]")
_ORGANISER_END = re.compile(
    r"\s{2,}|[|｜;；]|\s(?=[^\s]{1,8}[:：])|(?:承办|协办|技术|运行|维护|运维|管理单位|地址|电话|邮编|网站标识|备案|版权|ICP|Copyright|©|Tel\b"
    r"|Email|E-mail|Address|Technical|Operated|Supported|Powered|Maintained|Undertaken|All rights)",
    re.IGNORECASE,
)


def identity(page: Page) -> Identity:
    """Return what the page says of who runs it. Numbers are as written, blanks normalised."""
    text = lines_of(page).text[:_TEXT_LIMIT]
    joined = text.replace("\n", " ")
    scripts = page.nodes.of("script")
    inline = [script.text[:_SCRIPT_LIMIT] for script in scripts[:100] if script.text]
    linked = [href[:1000] for link in page.nodes.of("a")[:6000] if (href := link.get("href"))]
    sources = [source[:1000] for script in scripts[:300] if (source := script.get("src"))]
    return Identity(
        site_codes=tuple(dict.fromkeys(_site_codes(page, joined, [*linked, *sources, *inline]))),
        conac=_conac(linked, [*sources, *inline]),
        icp=_first(_ICP, _ICP_HINTS, joined) or _first(_ICP_LATIN, _ICP_HINTS, joined[-_TAIL:]),
        police=_first(_POLICE, _POLICE_HINTS, joined) or _police_link(linked),
        jiucuo=_jiucuo(page, linked),
        organiser=_organiser(text[-_TAIL:]),
        tags=_filled_tags(page),
    )


def _filled_tags(page: Page) -> tuple[str, ...]:
    """Return the page tags that are there and say something, in the order of the standard."""
    metas = [node for node in page.nodes.of("meta")[:300] if node.get("name")]
    filled = {node.get("name").strip().lower() for node in metas if node.get("content").strip().lower() not in _EMPTY}
    return tuple(tag for tag in OWED_TAGS["list"] + OWED_TAGS["article"][-3:] if tag.lower() in filled)


def _site_codes(page: Page, text: str, sources: list[str]) -> Iterator[tuple[str, str]]:
    """Yield every copy of the site code: a page tag, the footer's words, the error-report entry's script or link."""
    for element in page.nodes.of("meta")[:300]:
        if element.get("name").strip().lower() == "siteidcode" and (code := clean(element.get("content")[:40])):
            yield "meta", code
    for match in _near(_CODE_LABEL, _CODE_HINTS, text):
        yield "footer", match[1].replace(" ", "")
    coded = (node for node in page.nodes.all if "sitecode" in node.attributes)
    for node in islice(coded, 20) if any(spelt in page.decoded.text for spelt in _SITE_CODE) else ():
        if own := _CODE.search(node.attributes["sitecode"][:40]):
            yield "script", own[1]
    for source in sources:
        if "code=" in source and (entry := _JIUCUO_CODE.search(source)):
            yield "script", entry[1]


def _conac(linked: list[str], sources: list[str]) -> str | None:
    badge = next((href.strip() for href in linked if "bszs.conac.cn/sitename" in href), None)
    if badge:
        return badge
    spoken = (source.replace("%2F", "/").replace("%3A", ":") for source in sources if "conac" in source)
    return next((match[0] for source in spoken if (match := _CONAC_SCRIPT.search(source))), None)


def _police_link(linked: list[str]) -> str | None:
    """Return the number in the link to the police register, where the page shows it as an image."""
    for href in linked:
        match = _POLICE_LINK.search(href) if "beian" in href else None
        if match:
            return match[1] or match[2]
    return None


def _jiucuo(page: Page, linked: list[str]) -> str | None:
    """Return the error-report entry: its link, else the site code of its script."""
    link = next((href for href in linked if "jiucuo" in href.lower()), None)
    if link:
        return followable(page, link) or link
    marked = (node for node in page.nodes.all if node.attributes.get("id") == "_jiucuo_")
    for node in islice(marked, 5) if "_jiucuo_" in page.decoded.text else ():
        if code := clean(node.get("sitecode")[:40]):
            return code
    is_spoken = any(word in page.decoded.text for word in _ERRORS)
    for node in page.nodes.of("a")[-300:] if is_spoken else ():
        label = label_of(node)[:40]
        if (
            ("错" in label or "rror" in label.lower())
            and _JIUCUO_LABEL.search(label)
            and (url := followable(page, node.attributes.get("href")))
        ):
            return url
    return None


def _organiser(text: str) -> str | None:
    for match in _near(_ORGANISER, _ORGANISER_HINTS, text):
        name = _ORGANISER_END.split(match[1].strip(" :："), maxsplit=1)[0].strip(" ,，.。:：-–—()（）")
        if 2 <= len(name) <= 100:
            return name
    for mark in _ORGANISER_MARK.finditer(text):  # a name before the mark, as in 市政府办公室（主办）
        name = re.split(r"[\s()（）|｜:：]", text[max(0, mark.start() - 60) : mark.start()].strip())[-1]
        if len(name) >= 2:
            return name
    return None


def _first(pattern: re.Pattern[str], hints: tuple[str, ...], text: str) -> str | None:
    match = next(_near(pattern, hints, text), None)
    return clean(match[0]) if match else None


def _near(pattern: re.Pattern[str], hints: tuple[str, ...], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that hold a hint, in the order of the text."""
    lower = _lower(text)
    positions = sorted(at for hint in hints if hint in lower for at in _positions(hint, lower))
    for at in positions:
        match = pattern.search(text, max(0, at - _BEFORE), at + _AFTER)
        if match and match.start() <= at:
            yield match


@lru_cache(maxsize=4)  # of the page at hand
def _lower(text: str) -> str:
    return text.lower()


def _positions(hint: str, text: str) -> Iterator[int]:
    at = text.find(hint)
    for _ in range(_MOST_HINTS):
        if at < 0:
            return
        yield at
        at = text.find(hint, at + len(hint))
