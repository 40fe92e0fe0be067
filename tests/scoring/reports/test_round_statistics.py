"""The statistics that past rounds published, from rounds of as many sites: what was printed must come out."""

from dataclasses import replace

import pytest

from crawler.model import ForeignVersion, Site, Verdict
from scoring.evidence import Measurement, Outcome, not_measured
from scoring.registry import registry
from scoring.reports.round_statistics import ALL, Statistic, round_statistics
from scoring.reports.statistics_page import topic_table
from scoring.reports.wording import percent
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.scorecard import Entry, GateResult, Line, Ranking, Scorecard

# (with a foreign version, of), and the percentage as printed, by cohort and year.
PUBLISHED = [
    ("ministry", 2012, 14, 27, "51.85%"),
    ("province", 2007, 12, 31, "38.71%"),
    ("province", 2008, 13, 31, "41.94%"),
    ("province", 2009, 17, 31, "54.84%"),
    ("province", 2012, 18, 31, "58.06%"),
    ("capital", 2008, 23, 32, "71.88%"),
    ("capital", 2009, 25, 32, "78.13%"),
    ("capital", 2010, 26, 32, "81.25%"),
    ("capital", 2011, 24, 32, "75.00%"),
    ("prefecture", 2008, 93, 301, "30.90%"),
    ("prefecture", 2009, 107, 301, "35.55%"),
    ("prefecture", 2010, 113, 301, "37.54%"),
    ("prefecture", 2011, 112, 301, "37.21%"),
    ("prefecture", 2012, 118, 301, "39.20%"),
    ("district", 2008, 34, 96, "35.42%"),
    ("district", 2009, 44, 96, "45.83%"),
    ("district", 2010, 44, 92, "47.83%"),
    ("district", 2011, 44, 90, "48.89%"),
    ("district", 2012, 45, 87, "51.72%"),
    ("county", 2010, 47, 124, "37.90%"),
    ("county", 2012, 45, 124, "36.29%"),
]
MIDDLE_2009 = {"province": (17, 31), "capital": (25, 32), "prefecture": (107, 301), "district": (44, 96)}


def sites_of(cohort, number, region=""):
    return [
        Site(f"{cohort}-{region}{n:03}", f"{cohort} {n}", cohort, region, "https://a.example/") for n in range(number)
    ]


def real(site, language="en"):
    return ForeignVersion(site.id, language, "https://en.a.example/", "English", "link", Verdict.REAL, "")


def card(site, total, lines=(), gates=()):
    return Scorecard(site.id, "en", total, 1.0, (), tuple(lines), tuple(gates))


def a_round(report, sites, owners, entries=(), languages=("en",)):
    entries = tuple(entries)
    return replace(
        report,
        sites=tuple(sites),
        versions=tuple(real(site, language) for site in owners for language in languages),
        failures=(),
        ranking=Ranking(entries, tuple(entry.scorecard for entry in entries if entry.scorecard)),
    )


def found(report, topic, cohort):
    rows = [row for row in round_statistics(report) if (row.topic, row.cohort) == (topic, cohort)]
    return {row.part: (row.count, row.of, percent(row.share, 2)) for row in rows}


@pytest.mark.parametrize(("cohort", "year", "owners", "of", "printed"), PUBLISHED)
def test_ownership_rates_come_out_as_they_were_printed(report, cohort, year, owners, of, printed):
    sites = sites_of(cohort, of)
    assert found(a_round(report, sites, sites[:owners]), "ownership", cohort) == {"": (owners, of, printed)}


def round_of_2009(report):
    """193 of 460 own a version; three of those are excluded, and 190 have totals in the published bands."""
    by_cohort = {cohort: sites_of(cohort, of) for cohort, (_, of) in MIDDLE_2009.items()}
    owners = [site for cohort, (owned, _) in MIDDLE_2009.items() for site in by_cohort[cohort][:owned]]
    totals = [85.0] * 5 + [75.0] * 11 + [65.0] * 16 + [40.0] * 158
    ranked = [Entry(site, card(site, total), 1) for site, total in zip(owners[:190], totals, strict=True)]
    excluded = [Entry(site, card(site, None), None, reason="moved during the round") for site in owners[190:]]
    sites = [site for members in by_cohort.values() for site in members]
    return a_round(report, sites, owners, [*ranked, *excluded])


def test_the_middle_cohorts_of_2009_add_up_with_their_exclusions_and_score_bands(report):
    middle = round_of_2009(report)
    assert found(middle, "ownership", ALL) == {"": (193, 460, "41.96%")}
    assert found(middle, "assessed", ALL)[""][:2] == (190, 193)
    assert found(middle, "excluded", ALL) == {"moved during the round": (3, 193, "1.55%")}
    bands = found(middle, "score_band", ALL)
    assert [count for count, _, _ in bands.values()] == [5, 11, 16, 158]
    assert bands["below_60"] == (158, 190, "83.16%")


def test_the_four_cohorts_of_2008_together(report):
    sites = [site for cohort, (_, of) in MIDDLE_2009.items() for site in sites_of(cohort, of)]
    assert found(a_round(report, sites, sites[:163]), "ownership", ALL) == {"": (163, 460, "35.43%")}


def test_provinces_of_2009_by_zone(report):
    zones = {"浙江省": (6, 11), "湖南省": (4, 8), "云南省": (7, 12)}
    by_region = {region: sites_of("province", of, region) for region, (_, of) in zones.items()}
    owners = [site for region, (owned, _) in zones.items() for site in by_region[region][:owned]]
    provinces = a_round(report, [s for members in by_region.values() for s in members], owners)
    zones_found = found(provinces, "ownership_by_zone", "province")
    assert {zone: row[:2] for zone, row in zones_found.items()} == {"east": (6, 11), "centre": (4, 8), "west": (7, 12)}
    assert found(provinces, "ownership_by_region", "province")["浙江省"][:2] == (6, 11)


def test_a_rosters_own_zone_goes_before_the_province_in_its_region(report):
    site = Site("a", "甲", "province", "云南省", "https://a.example/", extra=(("zone", "East"),))
    assert found(a_round(report, [site], [site]), "ownership_by_zone", "province") == {"east": (1, 1, "100.00%")}


@pytest.mark.parametrize(
    ("cohort", "counts", "printed"),
    [
        ("province", (3, 5, 6, 4, 0), ("16.67%", "27.78%", "33.33%", "22.22%", "0.00%")),
        ("district", (12, 23, 10, 0, 0), ("26.67%", "51.11%", "22.22%", "0.00%", "0.00%")),
    ],
)
def test_stages_of_2012_come_out_by_the_cuts_of_the_rule_file(report, cohort, counts, printed):
    rules = load_rules(default_rules_path(), registry())
    sites = sites_of(cohort, sum(counts))
    totals = [stage.cut for stage, count in zip(rules.stages, counts, strict=True) for _ in range(count)]
    entries = [Entry(site, card(site, total), 1) for site, total in zip(sites, totals, strict=True)]
    staged = found(replace(a_round(report, sites, sites, entries), rules=rules), "stage", cohort)
    assert [count for count, _, _ in staged.values()] == list(counts)
    assert tuple(share for _, _, share in staged.values()) == printed


def test_a_total_just_below_a_band_stays_below_it_however_it_prints(report):
    site = sites_of("province", 1)[0]
    entries = [Entry(site, card(site, 79.999), 1)]
    bands = found(a_round(report, [site], [site], entries), "score_band", "province")
    assert (bands["80_and_more"][0], bands["70_to_79"][0]) == (0, 1)


def test_maxima_name_their_sites_and_ties_all_of_them(report):
    sites = sites_of("province", 3)
    entries = [Entry(s, card(s, t), r) for s, t, r in zip(sites, (71.5, 71.5, 60.0), (1, 1, 3), strict=True)]
    rows = round_statistics(a_round(report, sites, sites, entries))
    assert [(r.part, r.value) for r in rows if r.topic == "maximum"] == [(sites[0].id, 71.5), (sites[1].id, 71.5)]


def test_a_language_that_a_cohort_lacks_is_none_of_its_sites(report):
    provinces, capitals = sites_of("province", 3), sites_of("capital", 2)
    one = a_round(report, [*provinces, *capitals], [*provinces, capitals[0]])
    two = replace(one, versions=(*one.versions, real(provinces[0], "ja")))
    assert found(two, "languages_per_site", "capital") == {"1": (1, 1, "100.00%"), "2": (0, 1, "0.00%")}
    assert found(two, "language", "capital") == {"en": (1, 1, "100.00%"), "ja": (0, 1, "0.00%")}
    for topic in ("language", "languages_per_site"):
        table = topic_table(two, topic, [s for s in round_statistics(two) if s.topic == topic])
        assert all(cell is not None for _, cells in table.rows for cell in cells)


def test_languages_are_counted_by_site_and_by_language(report):
    sites = sites_of("province", 4)
    several = a_round(report, sites, sites[:2], languages=("en", "ja"))
    several = replace(several, versions=(*several.versions, real(sites[2])))
    assert found(several, "languages_per_site", "province") == {"1": (1, 3, "33.33%"), "2": (2, 3, "66.67%")}
    assert found(several, "language", "province") == {"en": (3, 3, "100.00%"), "ja": (2, 3, "66.67%")}


def test_adoption_is_over_the_sites_where_it_could_be_measured_and_gates_over_all_that_were_scored(report):
    sites = sites_of("province", 3)
    values = (Measurement(Outcome.MEASURED, 2), Measurement(Outcome.MEASURED, 0), not_measured("not read"))
    lines = [Line("social_accounts", "c", "g", "count", 1, "proposed", value, None, None) for value in values]
    gates = ([GateResult("home_dead", "x", "")], [], [])
    entries = [
        Entry(s, card(s, 50.0, [found_], fired), 1) for s, found_, fired in zip(sites, lines, gates, strict=True)
    ]
    some = a_round(report, sites, sites, entries)
    assert found(some, "adoption", "province") == {"social_accounts": (1, 2, "50.00%")}
    assert found(some, "gate", "province") == {"home_dead": (1, 3, "33.33%")}


def test_reasons_of_exclusion_read_in_chinese_and_a_figure_without_parts_is_headed_by_its_topic(report):
    reason = "no foreign version was found"
    table = topic_table(report, "excluded", [Statistic("excluded", "province", reason, 1, 3)])
    assert table.named(reason) == (reason, "未发现外文版")
    assert topic_table(report, "assessed", [Statistic("assessed", "province", "", 1, 3)]).named("") == (
        "Assessed",
        "参评率",
    )
