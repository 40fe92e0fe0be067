"""A site's parity page: the Chinese version on the left, the foreign one on the right, gaps in plain sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from crawler.model import Site
from scoring.column_map import MISSING
from scoring.evidence import ColumnPair, Measurement, Outcome, Pair
from scoring.readings.item_shares import FEWEST
from scoring.readings.lags import FEWEST_FOR_MEDIAN, FEWEST_FOR_P90
from scoring.readings.parity import (
    WINDOW_DAYS,
    ColumnShare,
    column_shares,
    core_items,
    is_translated,
    lag_of,
    translations,
)
from scoring.readings.parity import window_of as days_of_window
from scoring.reports.bundle import RoundReport, VersionKey
from scoring.reports.html import render
from scoring.reports.lag_chart import lag_chart
from scoring.reports.paths import parity_file, site_file
from scoring.scorecard import Scorecard
from scoring.statistics import quantile, wilson_interval

MOST_ROWS = 200  # of a long list on a page; pairs.csv has all
ITEM_INDICATORS = ("item_parity", "item_parity_news", "item_parity_policy")
# Told here beside the shares of translated items, whether they bring points or not.
ALSO_TOLD = ("original_content_share", "reposts_within_24h", "repost_lag_hours")


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95% interval of the share (0..1); None where they are too few to say anything."""

    name: str
    hits: int
    n: int
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Lag:
    """How late the translations are: n, median and 90th percentile in days (None where n is too small), the chart."""

    n: int
    median: float | None
    p90: float | None
    chart: Markup | None


@dataclass(frozen=True)
class ParitySection:
    """All that the page says of one version. `items` are of the window, newest first; the rest lies outside it.

    `untold` says why the share of translated items could not be told; there are no `shares` then. `notes` are those of
    ALSO_TOLD that were measured.
    """

    language: str
    window: tuple[str, str]
    whole: Share
    columns: tuple[ColumnPair, ...]
    shares: tuple[Share, ...]
    lag: Lag | None
    items: tuple[Pair, ...]
    original: tuple[Pair, ...]
    others: tuple[Pair, ...]
    untold: str
    notes: tuple[str, ...]

    @property
    def missing_columns(self) -> tuple[ColumnPair, ...]:
        """Chinese core columns without a counterpart, where the foreign menu could be read."""
        return tuple(column for column in self.columns if column.foreign_url is None and column.confidence >= MISSING)

    @property
    def is_menu_unread(self) -> bool:
        """Whether a column without a counterpart may be one that we did not see."""
        return any(column.foreign_url is None and column.confidence < MISSING for column in self.columns)


def parity_pages(report: RoundReport) -> Iterable[tuple[str, str]]:
    """Yield (path below the report folder, page) for every site with a compared version, by site id."""
    cards = {(card.site_id, card.language): card for card in report.scorecards()}
    for site in sorted(report.sites, key=lambda site: site.id):
        sections = [parity_section(report, key, cards.get(key)) for key in _compared(report) if key[0] == site.id]
        if sections:
            yield parity_file(site), _page(report, site, sections)


def compared_sites(report: RoundReport) -> Mapping[str, str]:
    """Return the path of the parity page by site id, for sites that have one."""
    compared = {site_id for site_id, _ in _compared(report)}
    return {site.id: parity_file(site) for site in report.sites if site.id in compared}


def _compared(report: RoundReport) -> list[VersionKey]:
    return sorted(key for key in report.pairs if report.pairs[key] or report.column_pairs.get(key))


def _page(report: RoundReport, site: Site, sections: list[ParitySection]) -> str:
    context = {"site": site, "site_file": site_file(site), "sections": sections, "most_rows": MOST_ROWS}
    return render("parity.html", report, root="../", **context)


def parity_section(report: RoundReport, key: VersionKey, card: Scorecard | None) -> ParitySection:
    """Gather what the page says of one version, under the window that its score was measured with."""
    window_days = _window_days(card)
    window = days_of_window(report.cutoff, window_days)
    found = _measurements(report, key, card)
    parity = found.get("item_parity")
    untold = parity.note if parity is not None and parity.outcome is not Outcome.MEASURED else ""
    pairs = report.pairs.get(key, ())
    items = core_items(pairs, window)
    shares = column_shares(items)
    whole = ColumnShare("", sum(share.translated for share in shares), sum(share.total for share in shares))
    core, original = set(items), tuple(p for p in pairs if p.chinese_url is None)
    return ParitySection(
        language=key[1],
        window=(str(window[0]), str(window[1])),
        whole=_share(whole),
        columns=report.column_pairs.get(key, ()),
        shares=() if untold else tuple(_share(share) for share in shares),
        lag=_lag([lag_of(pair) for pair in translations(pairs, report.cutoff, window_days)]),
        items=tuple(sorted(items, key=_newest_first)),
        original=tuple(sorted(original, key=_newest_first)),
        others=tuple(sorted((p for p in pairs if p.chinese_url and p not in core), key=_newest_first)),
        untold=untold,
        notes=tuple(found[name].note for name in ALSO_TOLD if name in found and found[name].value is not None),
    )


def _window_days(card: Scorecard | None) -> int:
    lines = card.lines if card is not None else ()
    given = [line.measurement.parameters.get("window_days") for line in lines if line.indicator in ITEM_INDICATORS]
    return next((days for days in given if isinstance(days, int)), WINDOW_DAYS)


def _measurements(report: RoundReport, key: VersionKey, card: Scorecard | None) -> Mapping[str, Measurement]:
    scored = {line.indicator: line.measurement for line in card.lines} if card is not None else {}
    return {**report.unweighed.get(key, {}), **scored}


def _share(share: ColumnShare) -> Share:
    interval = wilson_interval(share.translated, share.total) if share.total >= FEWEST else None
    return Share(share.type, share.translated, share.total, interval)


def _lag(lags: Sequence[int]) -> Lag | None:
    if not lags:
        return None
    median = quantile(lags, 0.5) if len(lags) >= FEWEST_FOR_MEDIAN else None
    return Lag(len(lags), median, quantile(lags, 0.9) if len(lags) >= FEWEST_FOR_P90 else None, lag_chart(lags))


def _newest_first(pair: Pair) -> tuple[int, int, str]:
    day = pair.chinese_date or pair.foreign_date
    return -(day.toordinal() if day else 0), is_translated(pair), pair.chinese_url or pair.foreign_url or ""
