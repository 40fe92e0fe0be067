from datetime import UTC, date, datetime

import pytest

from crawler.errors import BadInput
from crawler.manners import Manners
from crawler.model import Site
from waiwen import rounds, steps
from waiwen.workspace import open_workspace

SITE = Site("a", "甲", "c", "", "http://www.a.gov.example/")
OTHER = Site("b", "乙", "c", "", "http://www.b.gov.example/")
MONDAY = datetime(2026, 6, 29, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 6, 30, 9, tzinfo=UTC)


@pytest.fixture
def begin(tmp_path):
    place = open_workspace(tmp_path / "ws", create=True)

    def start(roster=(SITE,), name=None, cutoff=None, now=MONDAY):
        return steps.begin_round(place, list(roster), name=name, cutoff=cutoff, now=now, manners=Manners())

    return start


def test_a_round_without_a_name_is_named_for_its_day(begin):
    assert begin().name == "2026-06-29"


def test_an_unfinished_round_over_the_same_roster_goes_on_the_next_day_with_its_cut_off(begin):
    begin()
    again = begin(now=TUESDAY)
    assert (again.name, again.cutoff) == ("2026-06-29", date(2026, 6, 29))


def test_a_finished_round_is_not_added_to(begin):
    begin().done("report")
    assert begin(now=TUESDAY).name == "2026-06-30"


def test_a_second_round_on_one_day_is_numbered(begin):
    begin().done("report")
    assert begin().name == "2026-06-29-2"


def test_another_roster_is_another_round(begin):
    begin()
    assert begin(roster=(OTHER,)).name == "2026-06-29-2"


def test_a_named_round_refuses_another_roster(begin):
    begin(name="r")
    with pytest.raises(BadInput, match="another site list"):
        begin(roster=(OTHER,), name="r")


def test_a_named_round_refuses_another_cut_off(begin):
    begin(name="r", cutoff=date(2026, 6, 30))
    with pytest.raises(BadInput, match="cut-off date is 2026-06-30"):
        begin(name="r", cutoff=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("cutoff", "told"),
    [
        (None, ""),
        (date(2020, 1, 1), ""),
        (date(2026, 6, 30), ""),
        (date(2026, 7, 1), "2 days"),
        (date(2062, 6, 30), "days"),
    ],
)
def test_a_cut_off_more_than_a_day_ahead_is_told(cutoff, told):
    said = rounds.ahead(cutoff, MONDAY)
    assert bool(said) == bool(told)
    if told:
        assert f"--cutoff {cutoff}: " in said
        assert told in said


def test_a_round_whose_cut_off_lies_ahead_says_so_and_goes_on(waiwen, tmp_path):
    (tmp_path / "sites.csv").write_text("id,name,cohort,region,url\na,甲,c,,http://127.0.0.1/\n", "utf-8")
    options = ("--workspace", tmp_path / "ws", "--cutoff", "2999-01-01", "--delay", "0")
    code, _, err = waiwen("discover", tmp_path / "sites.csv", *options)
    assert code == 0
    assert "--cutoff 2999-01-01: " in err
