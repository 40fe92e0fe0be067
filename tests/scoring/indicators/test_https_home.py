from dataclasses import replace

import pytest

from crawler.model import Failure
from scoring.evidence import Transport
from scoring.indicators.https_home import https_home

HOST = "en.example.gov.cn/"


def measure(build, home, *, ended=None, status=200, failure=None, is_page=True):
    """The home page came by the scheme `home`; the other scheme `ended` at an address, or failed."""
    other = {"http": "https", "https": "http"}[home]
    page = build.home()
    page = replace(page, facts=replace(page.facts, url=f"{home}://{HOST}"))
    ref = build.ref(f"{other}://{HOST}") if status is not None else None
    found = Transport(
        f"{other}://{HOST}",
        ended or f"{other}://{HOST}",
        ref,
        status,
        failure,
        "The host name does not resolve.",
        is_page,
        None,
        None,
    )
    return https_home.run(build.evidence(home=page, transport=found))


def test_a_page_over_https_that_http_leads_to_is_measured_high(build, outcome):
    found = measure(build, "https", ended=f"https://{HOST}")
    assert outcome(found) == ("measured", 1)
    assert found.evidence[1].cue == f"http://{HOST} ends at https://{HOST}"


@pytest.mark.parametrize(
    ("home", "other", "value"),
    [
        ("https", {}, 1 / 2),  # plain http answers beside it
        ("https", {"status": None, "failure": Failure.REFUSED}, 1),  # plain http is closed
        ("https", {"status": 404, "failure": Failure.HTTP_ERROR}, 1 / 2),
        ("http", {}, 1 / 2),  # https is there, and nothing leads to it
        ("http", {"ended": f"http://{HOST}"}, 0),  # https leads back
        ("http", {"is_page": False}, 0),
        ("http", {"status": 404, "failure": Failure.HTTP_ERROR}, 0),
        ("http", {"status": None, "failure": Failure.REFUSED}, 0),
    ],
)
def test_each_sign_counts_half(build, outcome, home, other, value):
    assert outcome(measure(build, home, **other)) == ("measured", value)


@pytest.mark.parametrize("home", ["http", "https"])
@pytest.mark.parametrize("failure", [Failure.TLS, Failure.TIMEOUT, Failure.NO_ANSWER, Failure.ROBOTS, Failure.BLOCKED])
def test_silence_blocks_and_encryption_that_fails_say_nothing(build, outcome, home, failure):
    assert outcome(measure(build, home, status=None, failure=failure)) == ("not_measured", None)


def test_a_home_page_whose_other_scheme_was_not_tried_is_not_measured(build, outcome):
    assert outcome(https_home.run(build.evidence(home=build.home()))) == ("not_measured", None)
