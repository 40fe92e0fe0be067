"""Values that no crawl finds: two made-up series run from their files to a ranking."""

import csv
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def run(waiwen, tmp_path):
    """Run an example to its report; gives a table's rows by name."""

    def series(name):
        folder, place = EXAMPLES / name, ("--workspace", tmp_path / "ws")
        options = ("--sites", folder / "sites.csv", "--round", "r", "--cutoff", "2026-06-30")
        for command in (
            ("external", "add", folder / "values.csv", *options),
            ("score", "--rules", folder / "rules.yaml"),
            ("report",),
        ):
            code, _, err = waiwen(*command, *place)
            assert code == 0, err

        def table(which):
            with (tmp_path / "ws" / "reports" / "r" / f"{which}.csv").open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))

        return table

    return series


def test_excellent_sites_are_ranked_by_influence_performance_and_nomination(run):
    table = run("excellent_sites")
    totals = {row["site"]: (row["rank"], row["total"], row["tier"]) for row in table("ranking")}
    # yunhe: influence 80, performance (85 - 40) / 60 = 75; no expert rated: (80 x 40 + 75 x 40) / 80, and 2 of bonus
    # liuxi: (60 x 40 + 50 x 40) / 80; zean has too little of the weight
    assert totals["yunhe"] == ("1", "79.50", "excellent")
    assert totals["liuxi"] == ("2", "55.00", "")
    assert totals["zean"][0] == ""


def test_every_external_value_says_where_it_comes_from(run):
    (row,) = [row for row in run("city_figures")("measurements") if row["site"] == "yunhe"][:1]
    assert (row["site"], row["indicator"]) == ("yunhe", "foreign_trade_share")
    assert row["note"].startswith("0.3 of 2026-03-01, from yearbook (made up) (values.csv line 2, sha256 ")


def test_cities_are_ranked_by_a_set_of_figures(run):
    totals = {row["site"]: (row["rank"], row["total"]) for row in run("city_figures")("ranking")}
    # liuxi: 40 + 0 + 40 x 5 / 10; yunhe: 20 + 10 + 40 x 8 / 10
    assert totals["yunhe"] == ("1", "62.00")
    assert totals["liuxi"] == ("2", "60.00")
    assert totals["zean"][0] == ""


def test_a_bad_table_is_told_whole_and_nothing_is_written(waiwen, tmp_path):
    values = tmp_path / "values.csv"
    values.write_text(
        "site,indicator,value,date,source\nyunhee,a,1,2026-05-01,x\nyunhe,a,many,2026-05-01,x\nliuxi,a,1,2027-01-01,\n"
    )
    sites = EXAMPLES / "city_figures" / "sites.csv"
    options = ("--sites", sites, "--cutoff", "2026-06-30", "--workspace", tmp_path / "ws")
    code, _, err = waiwen("external", "add", values, *options)
    assert code == 2
    for told in (
        "4 problems",
        "line 2  no site 'yunhee' in the round. Did you mean yunhe?",
        "line 3  `value` is 'many', not a number",
        "line 4  `source` is blank",
        "line 4  `date` is 2027-01-01, after the round's cut-off 2026-06-30",
    ):
        assert told in err
    assert not (tmp_path / "ws").exists()


def added(waiwen, folder, raw):
    values = folder / "values.csv"
    values.write_bytes(raw)
    options = (
        "--sites",
        EXAMPLES / "city_figures" / "sites.csv",
        "--cutoff",
        "2026-06-30",
        "--workspace",
        folder / "ws",
    )
    return waiwen("external", "add", values, *options)


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030"])
def test_a_table_that_a_spreadsheet_saved_is_read(waiwen, tmp_path, codec):
    text = "site;indicator;value;date;source\r\nyunhe;a;1;2026/5/1;统计年鉴\r\n;;;;\r\n"
    code, said, err = added(waiwen, tmp_path, text.encode(codec))
    assert code == 0, err
    assert ": 1 external value" in said


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04 a workbook", "CSV UTF-8"),
        (b"\n", "is empty"),
        (b'site,indicator,value,date,source\n"yunhe,a,1,2026-05-01,x\n', "line 2  cannot be read"),
        (b"site,indicator,value,date,source\nyunhe,a,1,2026-05-01,x,y\n", "line 2  has 6 cells, the header 5"),
    ],
)
def test_a_file_that_is_no_table_is_told_apart(waiwen, tmp_path, raw, words):
    code, _, err = added(waiwen, tmp_path, raw)
    assert code == 2
    assert words in err


def test_a_score_and_its_explanation_say_how_much_weight_is_unspecified(waiwen, tmp_path):
    folder, place = EXAMPLES / "city_figures", ("--workspace", tmp_path / "ws")
    rules = tmp_path / "rules.yaml"
    whole = (folder / "rules.yaml").read_text("utf-8")
    part = whole[: whole.index("  - id: days_to_licence")].replace("weight: 100", "weight: 60")
    part = part.replace("      - {id: service, title: {en: Service, zh: 服务}, weight: 40, status: proposed}\n", "")
    rules.write_text(part.replace("categories:", "unspecified: 40\ncategories:"), "utf-8")
    options = ("--sites", folder / "sites.csv", "--round", "r", "--cutoff", "2026-06-30")
    assert waiwen("external", "add", folder / "values.csv", *options, *place)[0] == 0
    _, out, err = waiwen("score", "--rules", rules, *place)
    assert "40% of the weight is unspecified" in out, err
    _, out, _ = waiwen("explain", "yunhe", *place)
    assert "Edition 2026 leaves 40% of the weight unspecified: scores rest on the rest." in out
    _, out, _ = waiwen("explain", "yunhe", "--language", "zh", *place)
    assert "2026版指标体系40%的权重未公布或无指标" in out
