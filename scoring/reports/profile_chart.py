"""A version's category scores beside its cohort's median and best, as a small inline SVG."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING

from markupsafe import Markup

from scoring.reports.bundle import Title
from scoring.reports.chart import PALETTE, framed
from scoring.reports.plaintext import shorten
from scoring.reports.wording import fixed
from scoring.scorecard import CategoryScore, Entry

if TYPE_CHECKING:
    import altair as alt

ROWS = "rows"
FEWEST = 2  # sites with a score: of one alone there is nothing to stand beside


@dataclass(frozen=True)
class Standing:
    """A category's scores (0..100) over the ranked sites of a cohort, by the versions that stand for them."""

    median: float
    best: float
    sites: int


def standings(entries: Iterable[Entry]) -> dict[str, Standing]:
    """Return each category's standing in a cohort; those that fewer than FEWEST sites have a score in are left out."""
    scores: dict[str, list[float]] = {}
    for entry in entries:
        for category in entry.scorecard.categories if entry.rank is not None and entry.scorecard else ():
            if category.score is not None:
                scores.setdefault(category.id, []).append(category.score)
    return {
        name: Standing(median(found), max(found), len(found)) for name, found in scores.items() if len(found) >= FEWEST
    }


def profile_chart(
    categories: Sequence[CategoryScore], cohort: Mapping[str, Standing], titles: Mapping[str, Title]
) -> Markup | None:
    """Return the SVG of a version's profile, None where no category has a score.

    Titles stand in it in both languages; the page's style shows one. As in `ranking_chart` no text is measured.
    """
    if all(category.score is None for category in categories):
        return None
    rows: list[dict[str, object]] = []
    for category in categories:
        english, chinese = titles.get(category.id, (category.id, ""))
        beside = cohort.get(category.id)
        rows.append(
            {
                "id": category.id,
                "en": shorten(english or chinese, 22),
                "zh": shorten(chinese or english, 22),
                "score": category.score,
                "shown": fixed(category.score, 1) or "–",
                "median": beside.median if beside else None,
                "best": beside.best if beside else None,
            }
        )
    return _drawn(tuple(category.id for category in categories), rows)


def _drawn(names: tuple[str, ...], rows: list[dict[str, object]]) -> Markup:
    """Draw with a chart that was compiled once for these categories: a round has thousands of versions."""
    import vl_convert  # noqa: PLC0415 - it takes long to load, and few commands draw

    chart = json.loads(_compiled(names))
    next(data for data in chart["data"] if data["name"] == ROWS)["values"] = rows
    # The SVG's text is escaped by Vega; allowed_base_urls=[] keeps it from fetching anything.
    return Markup(vl_convert.vega_to_svg(chart, allowed_base_urls=[]))  # noqa: S704


@lru_cache(maxsize=16)
def _compiled(names: tuple[str, ...]) -> str:
    import vl_convert  # noqa: PLC0415

    return json.dumps(vl_convert.vegalite_to_vega(_layers(names).to_dict()))


def _layers(names: tuple[str, ...]) -> alt.LayerChart:
    import altair as alt  # noqa: PLC0415

    y = alt.Y("id:N", sort=list(names), axis=None)
    axis = alt.Axis(title=None, values=[0, 20, 40, 60, 80, 100])
    scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(alt.InlineData(values=[], name=ROWS)).encode(y=y)
    bars = base.mark_bar(height=14, color=PALETTE[0]).encode(x=alt.X("score:Q", scale=scale, axis=axis))
    medians = base.mark_tick(thickness=3, height=22, opacity=1, color=PALETTE[4]).encode(
        x=alt.X("median:Q", scale=scale)
    )
    best = base.mark_point(
        shape="diamond", size=70, filled=True, opacity=1, color=PALETTE[1], stroke="#222", strokeWidth=1
    ).encode(x=alt.X("best:Q", scale=scale))
    # Their own classes in the SVG, by which the page's style shows one.
    labels = [
        base.mark_text(align="right", baseline="middle", x=-10).encode(text=f"{language}:N").properties(name=language)
        for language in ("en", "zh")
    ]
    shown = base.mark_text(align="left", baseline="middle", x=266).encode(text="shown:N")
    return framed(
        bars,
        medians,
        best,
        *labels,
        shown,
        width=260,
        step=28,
        padding={"left": 146, "right": 44, "top": 4, "bottom": 24},
    )
