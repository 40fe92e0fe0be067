"""Pages to be paired, made by hand."""

import hashlib
from datetime import UTC, date, datetime
from itertools import zip_longest

from crawler.extract.facts import Alternate, Charset, Column, Image, Language, Link, ListItem, PageFacts
from crawler.extract.offers import Attachment
from crawler.model import Candidate
from crawler.scope import Scope
from scoring.evidence import EvidenceRef, PageEvidence, Pair
from scoring.pairing.pages import pair_pages

HOST = "http://www.x.gov.cn"
EN, ZH = Scope("en", "x.gov.cn", "/en/"), Scope("zh", "x.gov.cn", "/")


def nonsense(seed: str) -> str:
    """Words that no other page has."""
    digest = hashlib.sha256(seed.encode()).hexdigest()
    return " ".join("".join(chr(ord("a") + int(digit, 16)) for digit in digest[n : n + 9]) for n in range(20)) + "."


def page(
    path: str,
    *,
    language: str = "en",
    title: str | None = None,
    text: str = "",
    day: date | None = None,
    depth: int = 1,
    alternates: tuple[tuple[str, str], ...] = (),
    links: tuple[tuple[str, str], ...] = (),
    versions: tuple[tuple[str, str], ...] = (),
    items: int = 0,
    column: str | None = None,
    menu: tuple[str, ...] = (),
    types: tuple[str | None, ...] = (),
    pictures: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
) -> PageEvidence:
    url = HOST + path
    facts = PageFacts(
        url=url,
        title=nonsense(language + path)[:30] if title is None else title,
        charset=Charset("utf-8", "utf-8"),
        language=Language(language, language, (), None),
        text=text or nonsense(language + path),
        versions=tuple(Candidate(tag, HOST + to, "", "link") for tag, to in versions),
        alternates=tuple(Alternate(tag, HOST + to, "alternate") for tag, to in alternates),
        columns=tuple(Column(to.strip("/"), HOST + to, kind) for to, kind in zip_longest(menu, types)),
        items=tuple(ListItem(str(n), url, None) for n in range(items)),
        links=tuple(Link(HOST + to, anchor, "nav") for anchor, to in links),
        attachments=tuple(Attachment(HOST + to, "", "pdf", None, "") for to in files),
        images=tuple(Image(HOST + to, "", "body") for to in pictures),
    )
    ref = EvidenceRef(1, url, datetime(2026, 6, 1, tzinfo=UTC), "sha256:1", "a.warc.gz", 0)
    return PageEvidence(ref, facts, 200, depth, day, column_type=column)


def chinese(path: str, **facts: object) -> PageEvidence:
    return page(path, language="zh-Hans", **facts)  # type: ignore[arg-type]


def pair(foreign: list[PageEvidence], others: list[PageEvidence], language: str = "en") -> tuple[Pair, ...]:
    return pair_pages(foreign, others, foreign_scope=EN, chinese_scope=ZH, foreign_language=language)


def matched(foreign: list[PageEvidence], others: list[PageEvidence]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (p.foreign_url.removeprefix(HOST), p.chinese_url.removeprefix(HOST), p.cues)
        for p in pair(foreign, others)
        if p.foreign_url and p.chinese_url
    ]


BRIDGE = "The Yunhe bridge was opened to traffic on May 8. It is 1,204 metres long and cost 730 million yuan."
ZH_BRIDGE = (
    "5月8日，云河大桥建成通车。大桥全长1204米，总投资7.3亿元。市长程望舒出席通车仪式并讲话，要求做好安全管理工作。"
    "大桥设双向六车道，两侧有步行道，通车后群众过河不再绕行，两岸往来更加方便。"
)
ZH_FAIR = "5月8日，云河市人才招聘会在体育馆举行，480家用人单位进场，提供岗位26000个，现场设政策咨询和简历诊断服务区。"
ZH_RAIN = "云河市气象台5月8日7时发布暴雨蓝色预警信号，预计未来12小时降水量将达55毫米以上，请有关单位做好防范工作。"
