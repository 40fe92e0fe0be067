from dataclasses import replace

import pytest

from crawler.model import Certificate, Failure
from scoring.evidence import Transport
from scoring.indicators.certificate_days import certificate_days

SOUND = Certificate(
    subject="en.example.gov.cn",
    issuer="An authority",
    names=("www.example.gov.cn", "en.example.gov.cn"),
    begins="2026-01-01T00:00:00+00:00",
    ends="2027-01-01T00:00:00+00:00",
    self_signed=False,
    sha256="ab" * 32,
)


def measure(build, certificate, failure=None, url="https://en.example.gov.cn/"):
    ref = build.ref("/") if certificate else None
    found = Transport(url, url, None, None if failure else 200, failure, "", True, certificate, ref)
    return certificate_days.run(build.evidence(home=build.home(), transport=found))


def test_the_days_from_the_cut_off_to_its_end_are_counted(build, outcome):
    found = measure(build, SOUND)  # the cut-off is 31 October
    assert outcome(found) == ("measured", 61)
    assert found.evidence[0].cue == "certificate abababababababab: issued by An authority, ends on 2027-01-01"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends": "2026-10-30T00:00:00+00:00"}, "has ended"),
        ({"begins": "2026-11-05T00:00:00+00:00"}, "has not begun"),
        ({"names": ("www.example.gov.cn",)}, "other hosts"),
        ({"names": ()}, "other hosts"),
        ({"names": ("*.gov.cn",)}, "other hosts"),
        ({"self_signed": True}, "signed by itself"),
    ],
)
def test_one_that_browsers_refuse_is_measured_low_and_the_note_says_why(build, outcome, change, words):
    found = measure(build, replace(SOUND, **change))
    assert outcome(found) == ("measured", 0)
    assert words in found.note


def test_a_wildcard_stands_for_one_label(build, outcome):
    assert outcome(measure(build, replace(SOUND, names=("*.example.gov.cn",)))) == ("measured", 61)


def test_where_https_is_refused_there_is_no_certificate_to_judge(build, outcome):
    assert outcome(measure(build, None, Failure.REFUSED)) == ("not_applicable", None)


@pytest.mark.parametrize("failure", [Failure.TLS, Failure.TIMEOUT, Failure.NO_ANSWER])
def test_where_none_was_seen_nothing_is_measured(build, outcome, failure):
    assert outcome(measure(build, None, failure)) == ("not_measured", None)
    assert outcome(certificate_days.run(build.evidence(home=build.home()))) == ("not_measured", None)
