import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import BadInput
from crawler.manners import Manners, QuietHours, check_manners, require_contact
from crawler.model import Site
from crawler.settings import scrapy_settings

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


def site(url, *versions):
    return Site("a", "甲", "c", "", url, versions=tuple(("en", version) for version in versions))


def test_the_user_agent_says_who_we_are_and_how_to_reach_us():
    assert Manners(contact="mailto:audit@example.org").user_agent.endswith(" (+mailto:audit@example.org)")
    assert Manners().user_agent.startswith("waiwen/")


@pytest.mark.parametrize(
    ("hours", "wait"),
    [
        ("08:00-18:00", 6 * 3600),
        ("8:00-12:00", 0),
        ("12:00-12:01", 60),
        ("13:00-18:00", 0),
        ("22:00-06:00", 0),
        ("11:00-06:00", 18 * 3600),
        ("00:00-12:30", 1800),
        ("11:30-24:00", 12 * 3600),
        ("", 0),
    ],
)
def test_quiet_hours_last_to_their_end_on_the_sites_clock(hours, wait):
    assert QuietHours.parse(hours).wait(NOON) == wait


def test_the_password_of_a_proxy_is_neither_kept_nor_shown():
    assert Manners(proxy="http://me:secret@proxy:3128").record()["proxy"] == "http://proxy:3128"
    assert Manners(proxy="http://proxy:3128").record() == asdict(Manners(proxy="http://proxy:3128"))
    with pytest.raises(BadInput) as refused:
        check_manners(Manners(proxy="me:secret@proxy:3128"))
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("hours", ["8-18", "08:00", "25:00-26:00", "08:60-09:00", "08:00-08:00", "00:00-24:00", "x"])
def test_quiet_hours_that_cannot_be_read_are_bad_input(hours):
    with pytest.raises(BadInput, match="HH:MM-HH:MM"):
        check_manners(Manners(quiet_hours=hours))


@given(start=st.integers(0, 1439), end=st.integers(0, 1439), seconds=st.integers(0, 86399))
def test_after_the_wait_it_is_the_end_of_the_quiet_hours(start, end, seconds):
    quiet = QuietHours(start, end)
    now = datetime(2026, 6, 1, 16, 0, tzinfo=UTC) + timedelta(seconds=seconds)
    wait = quiet.wait(now)
    then = now + timedelta(seconds=wait)
    assert quiet.wait(then) == 0
    if wait:
        local = then + timedelta(hours=8)
        assert (local.hour * 60 + local.minute, local.second) == (end, 0)


@pytest.mark.parametrize(
    "contact", ["mailto:you@example.org", "you@example.org", "https://example.org/crawler", "http://a.example"]
)
def test_a_mail_or_web_address_is_a_contact(contact):
    check_manners(Manners(contact=contact))


@pytest.mark.parametrize("contact", ["me", "a@b\r\nX: y", "张三@例子", "a b@c", "javascript:x", "@"])
def test_anything_else_is_no_contact(contact):
    with pytest.raises(BadInput, match="--contact"):
        check_manners(Manners(contact=contact))


def test_every_bad_setting_is_told_at_once():
    with pytest.raises(BadInput) as told:
        check_manners(Manners(proxy="localhost:1", contact="x", quiet_hours="y"))
    assert all(option in str(told.value) for option in ("--proxy", "--contact", "--quiet-hours"))


def test_a_public_site_is_not_crawled_without_a_contact():
    with pytest.raises(BadInput, match=r"--contact is missing: http://www\.a\.gov\.example/"):
        require_contact(Manners(), [site("http://127.0.0.1/"), site("http://www.a.gov.example/")])


def test_a_public_version_of_a_private_site_asks_for_a_contact_too():
    with pytest.raises(BadInput, match=r"en\.a\.gov\.example"):
        require_contact(Manners(), [site("http://10.0.0.1/", "http://en.a.gov.example/")])


@pytest.mark.parametrize(
    "manners", [Manners(contact="a@b.example"), Manners(proxy="http://127.0.0.1:1"), Manners(allow_private=True)]
)
def test_a_contact_a_proxy_or_leave_for_private_addresses_is_enough(manners):
    require_contact(manners, [site("http://www.a.gov.example/")])


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8000", "10.1.2.3", "[::1]", "192.168.0.1", "localhost", "169.254.169.254", "127.1", "2130706433"],
)
def test_private_addresses_are_left_to_the_guard(host):
    require_contact(Manners(), [site(f"http://{host}/")])


@pytest.mark.parametrize("host", ["8.8.8.8", "[2001:4860:4860::8888]", "134744072", "localhost.a.gov.example"])
def test_public_addresses_are_public_sites(host):
    with pytest.raises(BadInput, match="--contact"):
        require_contact(Manners(), [site(f"http://{host}/")])


def test_manners_can_be_kept_with_a_round():
    manners = Manners(quiet_hours="08:00-18:00", rate=3.0)
    assert Manners(**json.loads(json.dumps(asdict(manners)))) == manners


def test_rules_in_robots_txt_are_looked_up_by_our_name_alone():
    settings = scrapy_settings(Manners(contact="mailto:baiduspider@example.org"), "")
    assert settings["ROBOTSTXT_USER_AGENT"] == "waiwen"
    assert settings["USER_AGENT"].endswith("(+mailto:baiduspider@example.org)")
