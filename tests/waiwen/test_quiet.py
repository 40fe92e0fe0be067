"""Public sites, quiet hours and the total rate on the command line."""

from datetime import UTC, datetime

import pytest

from crawler.manners import Manners
from waiwen.quiet import saying_quiet_hours

HEAD = "id,name,cohort,region,url\n"


@pytest.fixture
def sites(tmp_path):
    def write(*urls):
        rows = "".join(f"s{number},甲,c,东,{url}\n" for number, url in enumerate(urls))
        (tmp_path / "sites.csv").write_text(HEAD + rows, "utf-8")
        return tmp_path / "sites.csv"

    return write


def test_the_beginning_and_the_end_of_quiet_hours_are_said_once_each():
    moments = iter(datetime(2026, 6, 1, hour, tzinfo=UTC) for hour in (3, 4, 5, 6))  # 11:00 to 14:00 in Shanghai
    said, done = [], []
    report = saying_quiet_hours(Manners(quiet_hours="12:00-14:00"), done.append, said.append, lambda: next(moments))
    for count in range(4):
        report(count)
    assert done == [0, 1, 2, 3]
    assert said == [
        "Quiet hours 12:00-14:00 (Asia/Shanghai): no request starts in them; waiting.",
        "Quiet hours are over.",
    ]


@pytest.mark.parametrize("command", ["audit", "discover"])
def test_public_sites_are_not_asked_without_a_contact(waiwen, sites, tmp_path, monkeypatch, command):
    monkeypatch.delenv("WAIWEN_CONTACT", raising=False)
    roster = sites("http://127.0.0.1:1/", "http://www.a.gov.example/")
    code, _, err = waiwen(command, roster, "--workspace", tmp_path / "ws")
    assert code == 2
    assert "WAIWEN_CONTACT" in err
    assert "http://www.a.gov.example/" in err
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "ws").exists()


def test_a_private_address_is_refused_by_the_guard_and_not_for_want_of_a_contact(waiwen, sites, tmp_path, monkeypatch):
    from waiwen.workspace import open_workspace

    monkeypatch.delenv("WAIWEN_CONTACT", raising=False)
    waiwen("discover", sites("http://127.0.0.1:9/"), "--workspace", tmp_path / "ws", "--round", "r", "--delay", "0")
    captures = open_workspace(tmp_path / "ws").archive.captures("r", "s0")
    assert {str(capture.failure) for capture in captures} == {"guard"}


@pytest.mark.parametrize(
    "options", [("--quiet-hours", "18"), ("--rate", "-1"), ("--contact", "x"), ("--quiet-hours", "00:00-24:00")]
)
def test_manners_that_cannot_be_kept_are_bad_input(waiwen, sites, tmp_path, options):
    code, _, err = waiwen("audit", sites("http://127.0.0.1:1/"), "--workspace", tmp_path / "ws", *options)
    assert code == 2
    assert options[0] in err
    assert not (tmp_path / "ws").exists()
