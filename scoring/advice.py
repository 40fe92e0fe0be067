"""What a site's owner can do about an indicator, in plain words: one sentence in English and one in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Advice:
    """A fix in English and in Chinese."""

    en: str
    zh: str


@cache
def all_advice() -> Mapping[str, Advice]:
    """Return the advice of `advice.yaml` by indicator, in the order of the file."""
    source = resources.files("scoring").joinpath("advice.yaml").read_text(encoding="utf-8")
    written: Mapping[str, Mapping[str, str]] = YAML(typ="safe", pure=True).load(source)
    return MappingProxyType({name: Advice(**sentences) for name, sentences in written.items()})


def advice_for(indicator: str) -> Advice | None:
    """Return what to do about an indicator; None for one that is not ours, such as an external or expert one."""
    return all_advice().get(indicator)
