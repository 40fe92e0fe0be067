"""The ranking as a picture: how each site's total is made up of the categories, as an inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scoring.reports.plaintext import shorten
from scoring.reports.wording import fixed
from scoring.scorecard import Entry, Scorecard

if TYPE_CHECKING:
    import altair as alt

# Told apart by people who see colours differently, and in grey print by their lightness.
PALETTE = ("#1f6f8b", "#e0a030", "#7a5c99", "#5b9a68", "#c65d4a", "#8a8d91", "#3f4f9d", "#b7b04a")
MOST_BARS = 30
FONTS = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


def colours(categories: Sequence[str]) -> dict[str, str]:
    """Return each category's colour; the palette repeats after eight."""
    return {category: PALETTE[place % len(PALETTE)] for place, category in enumerate(categories)}


def contributions(card: Scorecard) -> list[tuple[str, float]]:
    """Split a total over its categories in proportion to weight x score, so that the parts add up to the total.

    Categories without a score are left out: they are unmeasured, not zero.
    """
    earned = [(c.id, c.weight * c.score) for c in card.categories if c.score is not None]
    whole = sum(points for _, points in earned)
    if card.total is None or whole <= 0:
        return []
    return [(category, card.total * points / whole) for category, points in earned]


def ranking_chart(entries: Sequence[Entry], categories: Sequence[str]) -> Markup | None:
    """Return the SVG for the first MOST_BARS ranked entries, None where there is none.

    The layout measures no text (own labels, fixed padding, no legend), so that the same ranking gives the
    same bytes whatever fonts the machine has. The legend belongs to the page.
    """
    bars, labels = [], []
    for entry in [e for e in entries if e.rank is not None][:MOST_BARS]:
        card = entry.scorecard
        if card is None or card.total is None:
            continue
        name = f"{entry.rank}  {shorten(entry.site.name, 24)} {shorten(card.language, 10)}"
        labels.append({"site": entry.site.id, "label": name, "total": card.total, "shown": fixed(card.total)})
        for category, part in contributions(card):
            place = list(categories).index(category)
            bars.append({"site": entry.site.id, "category": category, "part": part, "place": place})
    if not labels:
        return None
    return drawn(_layers(bars, labels, colours(categories)))


def drawn(chart: alt.LayerChart) -> Markup:
    """Return a chart's SVG."""
    import vl_convert  # noqa: PLC0415 - it and altair take long to load, and few commands draw

    # The SVG's text is escaped by Vega; allowed_base_urls=[] keeps it from fetching anything.
    return Markup(vl_convert.vegalite_to_svg(chart.to_dict(), allowed_base_urls=[]))  # noqa: S704


def framed(*layers: alt.Chart, width: int, step: int, padding: dict[str, int]) -> alt.LayerChart:
    """Lay marks over each other in the size given, in pixels (`step` a row), and in the look that all charts share."""
    import altair as alt  # noqa: PLC0415

    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width=width, height=alt.Step(step), autosize=alt.AutoSizeParams(type="none"), padding=padding)
        .configure(background="transparent", font=FONTS)
        .configure_view(stroke=None)
        .configure_text(fontSize=12)
        .configure_axis(gridColor="#8884", domainColor="#8888", tickColor="#8888")
    )
    return chart


def _layers(bars: list[dict[str, object]], labels: list[dict[str, object]], palette: dict[str, str]) -> alt.LayerChart:
    import altair as alt  # noqa: PLC0415

    y = alt.Y("site:N", sort=[str(label["site"]) for label in labels], axis=None)
    scale = alt.Scale(domain=list(palette), range=list(palette.values()))
    axis = alt.Axis(title=None, values=[0, 20, 40, 60, 80, 100])
    stacked = (
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(height=16)
        .encode(
            y=y,
            x=alt.X("part:Q", stack="zero", scale=alt.Scale(domain=[0, 100]), axis=axis),
            color=alt.Color("category:N", sort=None, scale=scale, legend=None),
            order="place:Q",
        )
    )
    named = alt.Chart(alt.InlineData(values=labels))
    names = named.mark_text(align="right", baseline="middle", x=-10).encode(y=y, text="label:N")
    totals = named.mark_text(align="left", baseline="middle", dx=6).encode(y=y, x="total:Q", text="shown:N")
    return framed(
        stacked,
        names,
        totals,
        width=520,
        step=26,
        padding={"left": 250, "right": 44, "top": 4, "bottom": 24},
    )
