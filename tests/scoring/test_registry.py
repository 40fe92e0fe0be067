import pytest

from scoring.evidence import Outcome, not_measured
from scoring.registry import indicator


@indicator(unit="count", needs=[], parameters={"window_days": 90, "topics": ("Belt and Road",)})
def counted(evidence, window_days, topics):
    return not_measured(f"{evidence}: {window_days} days, {', '.join(topics)}")


def test_an_indicator_measures_under_its_defaults_and_notes_them():
    found = counted.run("evidence")
    assert found.note == "evidence: 90 days, Belt and Road"
    assert found.parameters == {"window_days": 90, "topics": ("Belt and Road",)}


def test_a_rule_file_sets_some_parameters_and_the_others_keep_their_defaults():
    found = counted.run("evidence", {"window_days": 14, "nobody_declared_this": 1})
    assert found.note == "evidence: 14 days, Belt and Road"
    assert found.parameters == {"window_days": 14, "topics": ("Belt and Road",)}


def test_an_error_notes_its_parameters_too():
    @indicator(unit="count", needs=[], parameters={"divisor": 0})
    def divided(_evidence, divisor):
        return 1 / divisor

    found = divided.run("evidence")
    assert (found.outcome, found.parameters) == (Outcome.ERROR, {"divisor": 0})


def test_a_function_that_does_not_take_what_it_declares_is_refused_at_once():
    with pytest.raises(ValueError, match=r"takes \['days'\] beside the evidence, but declares \['window_days'\]"):

        @indicator(unit="count", needs=[], parameters={"window_days": 90})
        def slipped(_evidence, days):
            return not_measured(str(days))


def test_an_unknown_need_is_refused_with_those_that_are_known():
    with pytest.raises(ValueError, match=r"unknown needs \['moon'\]; known are"):
        indicator(unit="count", needs=["moon"])
