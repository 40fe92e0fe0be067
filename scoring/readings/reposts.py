"""Reposts of central and provincial news: which pages are some, and by how many hours they follow the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crawler.extract.date_names import MONTHS
from crawler.model import CHINESE
from scoring.evidence import Evidence, Measurement, PageEvidence, not_applicable
from scoring.readings.features import in_base_language
from scoring.readings.parity import WINDOW_DAYS, pages_by_address, window_of

WITHIN_HOURS = 24  # for State Council news; the State Council's site checks of 2015
_ZONE = ZoneInfo("Asia/Shanghai")
_HEAD = 300  # characters of a text in which its dateline stands

# Bodies and media of the centre, and governments of provinces, as sources name themselves.
_CENTRAL = re.compile(
    r"xinhua|新华|新華|синьхуа|신화통신|신화사|شينخوا|people'?s daily|人民日报|人民日報|人民网|인민일보|жэньминь|"
    r"china ?daily|中国日报|cgtn|cctv|央视|央視|中央广播电视|china media group|china radio international|国际在线|"
    r"china news service|中新社|中新网|中国新闻网|china\.org\.cn|中国网|"
    r"www\.gov\.cn|english\.gov\.cn|(?<![\w.])gov\.cn|中国政府网|state council|国务院|外交部|"
    r"ministry of foreign affairs|global times|环球时报",
    re.IGNORECASE,
)
_PROVINCIAL = re.compile(
    r"省(?:人民)?政府|自治区(?:人民)?政府|省级?门户|provincial (?:people'?s )?government|"
    r"(?:government of|people'?s government of) [\w' -]{2,40} (?:province|autonomous region)|province'?s government",
    re.IGNORECASE,
)
# "BEIJING, June 3 (Xinhua)", 新华社北京6月3日电
_DATELINE = re.compile(r"[^\W\d_][\w .'-]{1,40}, ([A-Z][a-z]{2,8})\.? (\d{1,2}) \((?:Xinhua|CNS|China Daily)\)")
_DATELINE_HAN = re.compile(r"(?:新华社|新華社|中新社|中新网)\w{0,12}?(\d{1,2})月(\d{1,2})日[电電讯訊]")


@dataclass(frozen=True)
class Repost:
    """A foreign page that carries another medium's news. `level` is central or provincial, `source` its name.

    `hours` are the least and the most hours after the original that the known dates allow; None where nothing dates
    the original. They are equal where both times are known to the minute (`is_timed`). `by` says what dates it.
    """

    page: PageEvidence
    level: str
    source: str
    hours: tuple[float, float] | None
    by: str
    is_timed: bool = False

    @property
    def in_time(self) -> bool | None:
        """Whether it came within WITHIN_HOURS; None where the dates leave it open."""
        if self.hours is None or self.hours[0] < WITHIN_HOURS < self.hours[1]:
            return None
        return self.hours[1] <= WITHIN_HOURS


def not_looked_for(evidence: Evidence) -> Measurement | None:
    """Say so on a site whose own language is not Chinese: these sources are China's; else None."""
    if in_base_language(CHINESE, evidence):
        return None
    return not_applicable("only reposts of Chinese news are looked for")


def reposts_of(evidence: Evidence, window_days: int = WINDOW_DAYS) -> list[Repost]:
    """Return the reposts among the version's articles of the window, in the order of the pages."""
    return list(_reposts(evidence, window_days))


def level_of(source: str) -> str | None:
    """Tell whether a source is central or provincial; None for any other."""
    if _CENTRAL.search(source):
        return "central"
    return "provincial" if _PROVINCIAL.search(source) else None


def _reposts(evidence: Evidence, window_days: int) -> Iterator[Repost]:
    first, _ = window_of(evidence.cutoff, window_days)
    chinese = pages_by_address(evidence.chinese_pages)
    source_of = {pair.foreign_url: pair.chinese_url for pair in evidence.pairs or () if pair.foreign_url}
    for page in evidence.pages:
        if not page.is_article or page.published is None or not first <= page.published <= evidence.cutoff:
            continue
        dateline = _dateline(page)
        source = page.facts.source or ("Xinhua" if dateline else "")
        level = level_of(source) or ("central" if dateline else None)
        if level is None or _is_own(source, level, evidence):
            continue
        original = chinese(source_of.get(page.url))
        if original is not None and original.published is not None:
            ours, theirs = _span(page), _span(original)
            timed = ours[0] == ours[1] and theirs[0] == theirs[1]
            yield Repost(page, level, source, _hours(ours, theirs), "the Chinese version's own page", timed)
        elif dateline is not None:
            yield Repost(page, level, source, _hours(_span(page), _day(dateline)), "its dateline")
        else:
            yield Repost(page, level, source, None, "")


def _is_own(source: str, level: str, evidence: Evidence) -> bool:
    """A body that names itself reposts nobody."""
    return source in evidence.site.name or (level == "provincial" and evidence.site.cohort == "province")


def _dateline(page: PageEvidence) -> date | None:
    """Return the day that a text's dateline names, in the year that is nearest before its publication."""
    head = page.facts.text[:_HEAD]
    if (match := _DATELINE.search(head)) is not None:
        month = MONTHS.get(match[1].lower())
    elif (match := _DATELINE_HAN.search(head)) is not None:
        month = int(match[1])
    if match is None or month is None or page.published is None:
        return None
    years = (page.published.year, page.published.year - 1)
    days = (_valid(year, month, int(match[2])) for year in years)
    return next((day for day in days if day is not None and day <= page.published), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(page: PageEvidence) -> tuple[datetime, datetime]:
    """From when to when a page may have been published: a moment where the minute is known, else its day."""
    stated = page.facts.published
    if stated is not None and stated.moment is not None and stated.date == page.published:
        return stated.moment, stated.moment
    assert page.published is not None
    return _day(page.published)


def _day(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), _ZONE)
    return start, start + timedelta(days=1)


def _hours(later: tuple[datetime, datetime], earlier: tuple[datetime, datetime]) -> tuple[float, float]:
    least, most = (later[0] - earlier[1]).total_seconds() / 3600, (later[1] - earlier[0]).total_seconds() / 3600
    return max(0.0, least), max(0.0, most)
