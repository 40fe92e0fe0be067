import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scoring.advice import advice_for, all_advice
from scoring.registry import registry

RULES = YAML(typ="safe", pure=True).load((Path(__file__).parents[2] / "indicators.yaml").read_text("utf-8"))
WEIGHED = [stanza["id"] for stanza in RULES["indicators"]]


@pytest.mark.parametrize("indicator", WEIGHED)
def test_every_weighed_indicator_has_a_fix_that_its_owner_can_carry_out(indicator):
    advice = advice_for(indicator)
    assert advice is not None
    assert re.fullmatch(r"[A-Z][^\n]{15,}[^.]\.", advice.en)
    assert re.fullmatch(r"[^\n]{8,}。", advice.zh)
    assert re.search("[一-鿿]", advice.zh)


def test_no_fix_is_for_an_indicator_that_does_not_exist():
    assert set(all_advice()) - set(registry()) == set()


def test_no_two_indicators_share_a_fix():
    assert len({advice.en for advice in all_advice().values()}) == len(all_advice())
    assert len({advice.zh for advice in all_advice().values()}) == len(all_advice())


def test_an_indicator_of_somebody_else_has_none():
    assert advice_for("influence_index") is None
