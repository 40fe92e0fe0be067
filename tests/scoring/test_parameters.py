from dataclasses import replace

from scoring.parameters import measured_otherwise


def told(bench, **used):
    rules = bench.rules()
    assert rules.parameters == {"mailbox_form": {"window_days": 90}}
    found = {**bench.small(), "mailbox_form": replace(bench.found(1), parameters=used)}
    return measured_otherwise(rules, [found, found])


def test_what_was_measured_as_the_rules_ask_is_not_told(bench):
    assert told(bench, window_days=90) == ()


def test_another_window_is_told_once_with_both_figures(bench):
    assert told(bench, window_days=30) == ("mailbox_form: measured with window_days 30, the rules ask for 90",)


def test_what_was_measured_before_there_were_parameters_is_told(bench):
    assert told(bench) == ("mailbox_form: measured with window_days none, the rules ask for 90",)


def test_what_was_not_measured_at_all_is_not_told(bench):
    assert measured_otherwise(bench.rules(), [{}]) == ()
