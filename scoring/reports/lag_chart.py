"""How late translations are, as a small inline SVG: a bar for each span of days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scoring.reports.chart import PALETTE, drawn, framed

if TYPE_CHECKING:
    import altair as alt

# (last day of the span, its label); what comes later has the last label.
SPANS = ((0, "same day"), (1, "1 day"), (3, "2–3 days"), (7, "4–7 days"), (14, "8–14 days"), (30, "15–30 days"))
LATER = "later"
CHINESE = ("同日", "1天", "2–3天", "4–7天", "8–14天", "15–30天", "更晚")  # the labels, in the same order


def lag_counts(lags: Sequence[int]) -> list[tuple[str, int]]:
    """Return how many lags (days, 0 or more) fall into each span, in order."""
    labels = [next((label for last, label in SPANS if lag <= last), LATER) for lag in lags]
    return [(label, labels.count(label)) for label in (*(label for _, label in SPANS), LATER)]


def lag_chart(lags: Sequence[int]) -> Markup | None:
    """Return the SVG of how many translations came after how many days, None where there is no lag to show.

    As `ranking_chart`: no text is measured, so that the same lags give the same bytes.
    """
    if not lags:
        return None
    counts = lag_counts(lags)
    rows = [
        {"span": label, "zh": chinese, "count": count, "shown": str(count) if count else ""}
        for (label, count), chinese in zip(counts, CHINESE, strict=True)
    ]
    return drawn(_layers(rows))


def _layers(rows: list[dict[str, object]]) -> alt.LayerChart:
    import altair as alt  # noqa: PLC0415

    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("span:N", sort=[str(row["span"]) for row in rows], axis=None)
    )
    top = max(int(str(row["count"])) for row in rows)
    x = alt.X("count:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=None)
    bars = base.mark_bar(height=12, color=PALETTE[0]).encode(x=x)
    # Their own classes in the SVG, by which the page's style shows one.
    names = [
        base.mark_text(align="right", baseline="middle", x=-8).encode(text=f"{field}:N").properties(name=language)
        for language, field in (("en", "span"), ("zh", "zh"))
    ]
    counts = base.mark_text(align="left", baseline="middle", dx=5).encode(x=x, text="shown:N")
    return framed(bars, *names, counts, width=200, step=19, padding={"left": 84, "right": 32, "top": 4, "bottom": 4})
