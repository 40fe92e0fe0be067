"""Certificates as they come with answers, and the other scheme of a home page."""

from datetime import UTC, date, datetime

import pytest

from crawler.certificates import certificate_of
from crawler.home_checks import other_scheme, transport_check
from crawler.model import TRANSPORT
from waiwen.demo.certificates import certificate
from waiwen.demo.web import Secure


def test_a_certificate_says_who_holds_it_for_which_hosts_and_until_when():
    found = certificate_of(certificate("a.example", Secure(date(2030, 5, 1))))
    assert (found.subject, found.issuer, found.names) == ("a.example", "Demonstration CA", ("a.example",))
    assert datetime.fromisoformat(found.ends) == datetime(2030, 5, 1, tzinfo=UTC)
    assert not found.self_signed


def test_one_that_signs_itself_is_told_from_one_that_only_says_so():
    assert certificate_of(certificate("a.example", Secure(date(2030, 5, 1), self_signed=True))).self_signed
    named_alike = certificate("a.example", Secure(date(2030, 5, 1), name="Demonstration CA"))
    assert not certificate_of(named_alike).self_signed


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("http://a.example/en/?x=1", "https://a.example/en/?x=1"),
        ("https://a.example/#top", "http://a.example/"),
        ("http://a.example:8080/", None),
        ("ftp://a.example/", None),
    ],
)
def test_the_same_address_by_the_other_scheme(url, other):
    assert other_scheme(url) == other


def test_a_home_page_is_asked_for_by_the_other_scheme_as_a_check_of_its_own():
    check = transport_check("http://a.example/en/")
    assert (check.url, check.purpose, check.referrer) == ("https://a.example/en/", TRANSPORT, "http://a.example/en/")
    assert transport_check("http://127.0.0.1:80/") is None
