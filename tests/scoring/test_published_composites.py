"""Composite arithmetic against figures that others computed with their own code and published.

Every case goes both ways that there are here: `scoring.aggregate`, which makes the published scores, and
`scoring.robustness.simulation`, which makes the runs behind rank intervals. Sources, each with the commit read:

* COINr, the R package for composite indicators, https://github.com/bluefoxr/COINr at cb1fa25: articles/results.md and
  articles/weights.md (ASEM index of sustainable connectivity), articles/aggregate.md (missing data),
  reference/a_amean.md (weighted mean).
* tidyindex, another R package, https://github.com/huizezhang-sherry/tidyindex at 01eb303:
  tests/testthat/_snaps/dimension-reduction.md (Human Development Index for 2021 as UNDP published it).
* The technical notes of Mozambique's National Human Development Report 2000,
  http://www.sardc.net/HDev/MHDR2000/Eng/TechNotes/8.html (the older, arithmetic Human Development Index).
"""

from dataclasses import dataclass
from math import nan

import numpy as np
import pytest

from scoring.aggregate import category_scores, coverage_of, total_of
from scoring.evidence import Measurement, Outcome
from scoring.rank import comparable, competition_ranks
from scoring.robustness.simulation import Grid, Runs, totals, unchanged
from scoring.scale import Linear
from scoring.scorecard import Line

SEEN = Measurement(Outcome.MEASURED, value=0.0)
NOISE = 1e-9


@dataclass(frozen=True)
class Composite:
    """Indicators in categories: the weight of each category and of each indicator in it, by name."""

    weights: dict[str, float]
    indicators: dict[str, dict[str, float]]

    def lines(self, values):
        """One unit's lines; `values` are by indicator in order, 0..100, None where missing."""
        named = [(category, name, weight) for category, own in self.indicators.items() for name, weight in own.items()]
        return [
            Line(
                name,
                category,
                "",
                "score",
                weight,
                "proposed",
                SEEN,
                value,
                None if value is None else weight * value / 100,
            )
            for (category, name, weight), value in zip(named, values, strict=True)
        ]

    def categories(self, values):
        """The score of each category of one unit."""
        return [category.score for category in category_scores(self.weights, self.lines(values))]

    def total(self, values):
        """The published total of one unit."""
        return total_of(category_scores(self.weights, self.lines(values)))

    def simulated(self, rows, geometric=False):
        """The totals of many units in one run that changes nothing but the mean of the categories."""
        lines = self.lines(rows[0])
        order = sorted(range(len(rows)), key=lambda row: [value is None for value in rows[row]])
        grid = Grid(
            sites=tuple(map(str, order)),
            indicators=tuple(line.indicator for line in lines),
            scaled=np.array([[nan if value is None else value for value in rows[row]] for row in order]),
            weights=np.array([line.weight for line in lines], dtype=np.float64),
            categories=np.array([list(self.weights).index(line.category) for line in lines]),
            category_weights=np.array(list(self.weights.values()), dtype=np.float64),
            sampled={},
            bonus=np.zeros(len(rows)),
        )
        still = unchanged(grid)
        found = totals(grid, Runs(still.factors, np.array([geometric]), still.imputed, still.levels))[0]
        return [float(found[order.index(row)]) for row in range(len(rows))]


# ---- COINr: the ASEM index

ASEM = Composite(
    {"Conn": 1, "Sust": 1},
    {
        "Conn": dict.fromkeys(["Physical", "ConEcFin", "Political", "Instit", "P2P"], 1),
        "Sust": dict.fromkeys(["Environ", "Social", "SusEcFin"], 1),
    },
)
# unit: index, Conn, Sust | the eight pillars, in the order above. All as printed, to two decimals.
PRINTED = {
    "CHE": ((68.38, 62.79, 73.98), (63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88)),
    "NLD": ((64.82, 61.94, 67.70), (64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78)),
    "DNK": ((64.80, 57.10, 72.51), (50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29)),
    "NOR": ((64.47, 57.44, 71.50), (58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59)),
    "BEL": ((63.54, 63.99, 63.09), (71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09)),
    "SWE": ((63.00, 53.87, 72.12), (51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27)),
    "IND": ((39.79, 28.60, 50.99), (18.78, 6.38, 51.90, 59.84, 6.07, 75.34, 22.74, 54.88)),
}
# A mean of figures that are each off by up to 0.005 is off by as much, and so is the printed one.
TWO_DECIMALS = 0.01 + NOISE


@pytest.mark.parametrize("unit", PRINTED)
def test_the_asem_index_and_its_halves_are_those_that_coinr_prints(unit):
    (index, *halves), pillars = PRINTED[unit]
    assert ASEM.categories(pillars) == pytest.approx(halves, abs=TWO_DECIMALS)
    assert ASEM.total(pillars) == pytest.approx(index, abs=TWO_DECIMALS)


def test_the_first_six_of_the_asem_index_rank_as_coinr_ranks_them():
    index = {unit: ASEM.total(pillars) for unit, (_, pillars) in PRINTED.items() if unit != "IND"}
    assert competition_ranks(index) == {"CHE": 1, "NLD": 2, "DNK": 3, "NOR": 4, "BEL": 5, "SWE": 6}


def test_a_run_that_changes_nothing_gives_the_printed_asem_index():
    rows = [pillars for _, pillars in PRINTED.values()]
    found = ASEM.simulated(rows)
    assert found == pytest.approx([index for (index, *_), _ in PRINTED.values()], abs=TWO_DECIMALS)
    assert found == pytest.approx([ASEM.total(row) for row in rows], abs=NOISE)


def test_weights_count_relative_to_each_other_as_in_coinr():
    """1..10 weighed by 10..1 have the mean 4."""
    ten = Composite({"all": 1}, {"all": {f"x{weight}": weight for weight in range(10, 0, -1)}})
    values = tuple(range(1, 11))
    assert ten.total(values) == pytest.approx(4, abs=NOISE)
    assert ten.simulated([values]) == pytest.approx([4], abs=NOISE)


def test_a_gap_is_left_out_and_two_thirds_must_be_there_as_in_coinr():
    """Rows (1, 3, 1), (2, -, -) and (3, -, 1): 1.666667, not enough data, 2."""
    three = Composite({"all": 1}, {"all": {"i1": 1, "i2": 1, "i3": 1}})
    rows = [(1, 3, 1), (2, None, None), (3, None, 1)]
    enough = [comparable(coverage_of(three.lines(row))) >= 2 / 3 for row in rows]
    assert enough == [True, False, True]
    assert [three.total(rows[0]), three.total(rows[2])] == pytest.approx([1.666667, 2], abs=5e-7)
    assert three.simulated(rows) == pytest.approx([three.total(row) for row in rows], abs=NOISE)


# ---- the Human Development Index, geometric since 2010

HDI = Composite(
    {"health": 1, "education": 1, "income": 1},
    {"health": {"life_exp": 1}, "education": {"exp_sch": 1, "avg_sch": 1}, "income": {"gni_pc": 1}},
)
# country: HDI of 2021, education index | life expectancy, expected and mean schooling, income. As printed, 0..1.
HDI_2021 = {
    "Switzerland": ((0.962, 0.920), (0.984, 0.917, 0.924, 0.983)),
    "Norway": ((0.961, 0.933), (0.973, 1, 0.867, 0.978)),
    "Iceland": ((0.959, 0.959), (0.964, 1, 0.918, 0.955)),
    "Hong Kong": ((0.952, 0.887), (1, 0.960, 0.815, 0.973)),
    "Australia": ((0.951, 0.924), (0.993, 1, 0.848, 0.936)),
    "Denmark": ((0.948, 0.932), (0.944, 1, 0.864, 0.967)),
    "Sweden": ((0.947, 0.920), (0.969, 1, 0.841, 0.952)),
    "Ireland": ((0.945, 0.886), (0.954, 1, 0.772, 1)),
    "Germany": ((0.942, 0.942), (0.933, 0.945, 0.939, 0.952)),
    "Netherlands": ((0.941, 0.919), (0.949, 1, 0.839, 0.956)),
}
# Three decimals of 0..1 are off by up to 0.05 of 0..100, on either side.
THREE_DECIMALS = 0.1 + NOISE


def hundredfold(values):
    return tuple(100 * value for value in values)


def test_the_education_index_is_the_arithmetic_mean_within_a_category():
    for (_, education), values in HDI_2021.values():
        assert HDI.categories(hundredfold(values))[1] == pytest.approx(100 * education, abs=THREE_DECIMALS)


def test_a_geometric_run_gives_the_human_development_index_that_undp_published():
    rows = [hundredfold(values) for _, values in HDI_2021.values()]
    published = [100 * index for (index, _), _ in HDI_2021.values()]
    assert HDI.simulated(rows, geometric=True) == pytest.approx(published, abs=THREE_DECIMALS)


def test_the_arithmetic_mean_is_another_index_where_categories_differ():
    row = hundredfold(HDI_2021["Ireland"][1])  # (95.4 + 88.6 + 100) / 3 = 94.67, the geometric mean 94.55
    assert HDI.total(row) - HDI.simulated([row], geometric=True)[0] > THREE_DECIMALS


# ---- the Human Development Index before 2010: goalposts, weights at two levels, arithmetic means

OLD_HDI = Composite(
    {"health": 1, "education": 1, "income": 1},
    {"health": {"life": 1}, "education": {"literacy": 2, "enrolment": 1}, "income": {"gdp": 1}},
)
# country: life expectancy in years, literacy and enrolment in percent, GDP index | health and education index, HDI.
WORKED = {
    "Germany": ((77.2, 99.0, 88.1, 0.895), (0.870, 0.954, 0.906)),
    "China": ((69.8, 82.9, 68.9, 0.575), (0.747, 0.782, 0.701)),
    "Mozambique": ((42.3, 39.5, 32.0, 0.334), (0.288, 0.370, 0.331)),
}


@pytest.mark.parametrize("country", WORKED)
def test_goalposts_and_weights_at_two_levels_give_the_worked_index(country):
    (years, literacy, enrolment, gdp), (health, education, index) = WORKED[country]
    goalposts = Linear(full=85, zero=25)
    values = (float(goalposts.scores(np.array(years))), literacy, enrolment, 100 * gdp)
    assert OLD_HDI.categories(values)[:2] == pytest.approx([100 * health, 100 * education], abs=0.05 + NOISE)
    assert OLD_HDI.total(values) == pytest.approx(100 * index, abs=THREE_DECIMALS)
    assert OLD_HDI.simulated([values]) == pytest.approx([OLD_HDI.total(values)], abs=NOISE)
