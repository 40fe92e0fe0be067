"""Reviewers' sheets and marks, from the rule file to the ranking, on a made-up series."""

import csv
import zipfile
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "excellent_sites"
RULES = ("--rules", EXAMPLE / "rules.yaml")
NAMES = "chen,li,wang,zhao"
HEADER = "site,language,indicator,reviewer,mark,date,reason\n"
CITY = "yunhe,zh,expert_merit"


@pytest.fixture
def run(waiwen, tmp_path):
    """Run `review ratings`, or another command, on a round of three cities."""

    def command(*arguments, expect=0):
        code, out, err = waiwen(*arguments, "--workspace", tmp_path / "ws")
        assert code == expect, err
        return err if expect else out

    started = ("--sites", EXAMPLE / "sites.csv", "--round", "r", "--cutoff", "2026-06-30")
    command("external", "add", EXAMPLE / "values.csv", *started)
    return command


def ratings(run, *arguments, **expect):
    return run("review", "ratings", *arguments, *RULES, **expect)


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(tmp_path, *lines):
    table = tmp_path / "filled.csv"
    table.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return table


def test_sheets_share_the_work_and_come_back_as_ratings_that_count(run, tmp_path):
    ratings(run, "sheet", NAMES, "--to", tmp_path / "sheets")
    sheets = {path.name: read(path) for path in sorted((tmp_path / "sheets").iterdir())}
    assert list(sheets) == [f"ratings-{name}.csv" for name in NAMES.split(",")]
    assert sorted(map(len, sheets.values())) == [2, 2, 2, 3]  # three cities, three reviewers each
    row = sheets["ratings-chen.csv"][0]
    assert (row["mark"], row["address"].startswith("http://www.")) == ("", True)
    assert "3: Worth recommending 推荐" in row["rubric"]
    for name, rows in sheets.items():
        for filled in rows:
            filled |= {"mark": "5" if filled["site"] == "liuxi" else "3", "date": "2026/7/1", "reason": "看过了"}
        table = tmp_path / name
        with table.open("w", encoding="gb18030", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        ratings(run, "import", table)
    run("score", *RULES)
    run("report")
    (line,) = [
        found
        for found in read(tmp_path / "ws" / "reports" / "r" / "measurements.csv")
        if (found["site"], found["indicator"]) == ("liuxi", "expert_merit")
    ]
    assert (line["value"], line["points"], line["n"]) == ("5", "20.00", "3")
    assert line["note"].startswith("5, the median of 3 ratings (")
    totals = {row["site"]: row["total"] for row in read(tmp_path / "ws" / "reports" / "r" / "ranking.csv")}
    assert totals["liuxi"] == "64.00"  # 60 x 40 + 50 x 40 + 100 x 20, a hundredth
    assert "alpha 1.000, over 3 versions" in ratings(run, "list")
    (agreed,) = [
        row
        for row in read(tmp_path / "ws" / "reports" / "r" / "statistics.csv")
        if (row["statistic"], row["cohort"]) == ("agreement", "prefecture")
    ]
    assert (agreed["part"], float(agreed["value"])) == ("expert_merit", 1)


def test_the_same_sheets_are_written_again_to_the_byte_and_a_workbook_offers_the_marks(run, tmp_path):
    for folder in ("one", "two"):
        for form in ("csv", "xlsx"):
            ratings(run, "sheet", NAMES, "--to", tmp_path / folder, "--format", form, "--only", "li")
    assert [path.name for path in sorted((tmp_path / "one").iterdir())] == ["ratings-li.csv", "ratings-li.xlsx"]
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    with zipfile.ZipFile(tmp_path / "one" / "ratings-li.xlsx") as book:
        assert '<formula1>"0,3,5"</formula1>' in book.read("xl/worksheets/sheet1.xml").decode()


def test_every_bad_line_is_told_at_once_and_nothing_is_kept(run, tmp_path):
    table = written(
        tmp_path,
        f"{CITY},chen,3,2026-07-01,good",
        f"{CITY},chen,5,2026-07-02,better",
        "yunhee,zh,expert_merit,li,3,2026-07-01,good",
        "yunhe,en,expert_merit,li,3,2026-07-01,good",
        "yunhe,zh,expert_merits,li,3,2026-07-01,good",
        f"{CITY},li,4,July,",
    )
    told = ratings(run, "import", table, expect=2)
    for words in (
        "7 problems",
        "line 3  chen has rated expert_merit of yunhe above. Remove one",
        "line 4  no site 'yunhee' with a version to rate. Did you mean yunhe?",
        "line 5  yunhe has no version 'en' to rate. It has zh",
        "line 6  no expert indicator 'expert_merits'. Did you mean expert_merit?",
        "line 7  `reason` is blank",
        "line 7  `mark` is '4'. The rubric of expert_merit has 0, 3, 5",
        "line 7  `date` is 'July'. Write it as 2026-06-30",
    ):
        assert words in told
    assert "yunhe" not in ratings(run, "list")


def test_rows_that_nobody_filled_in_are_left_out_and_a_table_of_them_is_refused(run, tmp_path):
    told = ratings(run, "import", written(tmp_path, f"{CITY},chen,3,2026-07-01,good", f"{CITY},li,,,"))
    assert "1 rating, 1 row without a mark left out" in told
    assert "no row has a mark" in ratings(run, "import", written(tmp_path, f"{CITY},li,,,"), expect=2)
    assert "lacks the column language, reviewer, mark, reason" in ratings(
        run, "import", EXAMPLE / "values.csv", expect=2
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sheet", "chen,li"), "3 reviewers rate each version, but there are 2"),
        (("sheet", NAMES, "--only", "sun"), "not among the reviewers chen, li, wang, zhao"),
        (("adjudicate", "yunhe", "merit", "--mark", "3", "--author", "a", "--reason", "b"), "It has expert_merit"),
        (("adjudicate", "yunhe", "expert_merit", "--mark", "3", "--author", "a", "--reason", "b"), "nothing to decide"),
    ],
)
def test_what_cannot_be_done_is_refused(run, tmp_path, arguments, words):
    more = ("--to", tmp_path / "sheets") if arguments[0] == "sheet" else ()
    assert words in ratings(run, *arguments, *more, expect=2)
    assert not (tmp_path / "sheets").exists()


def test_a_rule_file_without_experts_has_nothing_to_rate(run):
    assert "has no indicator of `kind: expert`" in run("review", "ratings", "list", expect=2)


def test_reviewers_who_differ_wait_for_a_decision(run, tmp_path):
    apart = [f"{CITY},{name},{mark},2026-07-01,seen" for name, mark in (("chen", 0), ("li", 5), ("wang", 3))]
    ratings(run, "import", written(tmp_path, *apart))
    assert "lie apart by 5, more than 3, and nobody has decided" in ratings(run, "list")
    run("score", *RULES)
    assert "waiting   yunhe zh expert_merit: the reviewers' marks lie apart" in run("review", "list")
    decision = ("adjudicate", "yunhe", "expert_merit", "--version", "zh", "--author", "Sun", "--reason", "a model")
    assert "The rubric of expert_merit has 0, 3, 5" in ratings(run, *decision, "--mark", "4", expect=2)
    assert "--author: empty" in ratings(run, *decision, "--author", " ", "--mark", "5", expect=2)
    ratings(run, *decision, "--mark", "5")
    assert "yunhe zh expert_merit: 5, decided by Sun on" in ratings(run, "list")
    run("score", *RULES)
    assert "waiting" not in run("review", "list")


def test_the_example_has_marks_that_count_and_explain_tells_them_apart(run):
    ratings(run, "import", EXAMPLE / "ratings.csv")
    assert "alpha" in ratings(run, "list")
    run("score", *RULES)
    told = run("explain", "yunhe")
    assert "By expert: 20.00 of the 20 points that count" in told
    assert "By external: 62.00 of the 80 points that count" in told
    assert "专家评审：20.00分，计入的权重为20" in run("explain", "yunhe", "--language", "zh")
