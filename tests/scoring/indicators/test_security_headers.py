from dataclasses import replace

import pytest

from scoring.indicators.security_headers import security_headers

SOUND = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def measure(build, headers, url=None):
    home = replace(build.home(), headers=(("Content-Type", "text/html"), *headers.items()))
    home = replace(home, facts=replace(home.facts, url=url or home.url))
    return security_headers.run(build.evidence(home=home))


def test_all_five_are_measured_high_and_quoted(build, outcome):
    found = measure(build, {name.lower(): value for name, value in SOUND.items()})
    assert outcome(found) == ("measured", 1)
    assert "nosniff" in found.evidence[0].cue


def test_none_is_measured_low_and_named(build, outcome):
    found = measure(build, {})
    assert outcome(found) == ("measured", 0)
    assert "framing" in found.note


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Strict-Transport-Security", "max-age=0"),
        ("X-Content-Type-Options", "sniff"),
        ("X-Frame-Options", "ALLOWALL"),
        ("Referrer-Policy", "unsafe-url"),
    ],
)
def test_a_value_that_protects_nothing_does_not_count(build, outcome, name, value):
    assert outcome(measure(build, SOUND | {name: value})) == ("measured", 4 / 5)


def test_a_policy_may_forbid_framing_and_plain_http_cannot_be_strict(build, outcome):
    policy = {"Content-Security-Policy": "frame-ancestors 'self'"}
    assert outcome(measure(build, policy)) == ("measured", 2 / 5)
    assert outcome(measure(build, SOUND, "http://en.example.gov.cn/")) == ("measured", 4 / 5)


def test_an_answer_whose_headers_are_not_archived_is_not_measured(build, outcome):
    assert outcome(security_headers.run(build.evidence(home=build.home()))) == ("not_measured", None)
