"""What a page says that axe-core found: read with distrust."""

import pytest

from crawler.accessibility import examination_of, packed, script, unpacked
from crawler.model import Examination, Violation

ROW = {"rule": "image-alt", "impact": "critical", "elements": 3, "example": "img"}


def found(*rows, version="4.14.1"):
    return {"version": version, "violations": list(rows)}


def test_violations_are_kept_worst_first_and_come_back_as_they_were():
    minor = ROW | {"rule": "accesskeys", "impact": "minor"}
    examination = examination_of(found(minor, ROW))
    assert [violation.rule for violation in examination.violations] == ["image-alt", "accesskeys"]
    assert [violation.rule for violation in examination.serious] == ["image-alt"]
    assert unpacked(packed(examination)) == examination


def test_a_selector_is_shortened_and_cleaned():
    (violation,) = examination_of(found(ROW | {"example": "\x1b[31m" + "a" * 1000})).violations
    assert (len(violation.example), "\x1b" in violation.example) == (120, False)


@pytest.mark.parametrize(
    "said",
    [
        None,
        "4.14.1",
        {},
        found(version="<b>"),
        found({"rule": "image-alt"}),
        found(ROW | {"rule": "<script>"}),
        found(ROW | {"impact": "deadly"}),
        found(ROW | {"elements": "many"}),
        found(ROW | {"elements": True}),
    ],
)
def test_what_axe_would_not_say_is_nothing(said):
    assert examination_of(said) is None


def test_numbers_have_bounds():
    examination = examination_of(found(ROW | {"elements": 10**12}))
    assert examination == Examination("4.14.1", (Violation("image-alt", "critical", 1_000_000, "img"),))
    assert unpacked(b"\xff{") is None


def test_the_copy_that_is_run_carries_its_notice():
    assert "Mozilla Public" in script()[:400]
