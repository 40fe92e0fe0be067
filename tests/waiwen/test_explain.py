import io

from rich.console import Console

from scoring.evidence import Measurement, Outcome
from scoring.gains import Fix
from scoring.registry import registry
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.scorecard import CategoryScore, GateResult, Line, Scorecard
from waiwen.explain import Tongue, _card, _fixes, _Speaker

RULES = load_rules(default_rules_path(), registry())


def said(tongue):
    found = Measurement(Outcome.MEASURED, 1.0, note="one")
    line = Line("updates_in_14_days", "information_disclosure", "local_news", "count", 0.5, "partial", found, 25, 0.125)
    gate = GateResult("unanswered", "unanswered_message_days", "late")
    categories = (CategoryScore("information_disclosure", 30, 24.005, 0.905),)
    card = Scorecard("a", "en", 24.005, 0.905, categories, (line,), (gate,))
    out = io.StringIO()
    speaker = _Speaker(Console(file=out, width=200, highlight=False), tongue, RULES)
    _card(card, speaker)
    _fixes((Fix("updates_in_14_days", 0.125),), speaker)
    return out.getvalue()


def test_figures_are_rounded_as_the_report_rounds_them():
    told = said(Tongue.EN)
    for figure in ("24.01 of 100", "91% of the weight", "0.13 of 0.5 points", "+ 0.13"):
        assert figure in told


def test_a_gate_is_called_by_its_title():
    assert "Gate unanswered (Letters unanswered): late" in said(Tongue.EN)
    assert "单项否决“互动回应差”：late" in said(Tongue.ZH)
