"""What an indicator is, and where they are found: each module of `scoring.indicators` holds the one it is named for."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from scoring.evidence import Evidence, Measurement, Outcome, Parameter, not_measured

# Takes the evidence, and each declared parameter by its name.
Measure = Callable[..., Measurement]

# A need is a part of the evidence without which an indicator cannot tell: its absence is `not_measured`
# for every indicator alike, so that no author can forget it.
NEEDS: Mapping[str, tuple[Callable[[Evidence], bool], str]] = MappingProxyType(
    {
        "home": (lambda e: e.home is not None, "the version's home page could not be captured"),
        "pages": (lambda e: bool(e.pages), "no page of the version could be captured"),
        "dated_pages": (lambda e: bool(e.dated_pages), "no captured page carries a usable date"),
        "chinese_home": (lambda e: e.chinese_home is not None, "the Chinese home page could not be captured"),
        "chinese_pages": (lambda e: bool(e.chinese_pages), "no page of the Chinese version could be captured"),
        "pairs": (lambda e: e.pairs is not None, "the Chinese version could not be captured to compare with"),
        "column_pairs": (lambda e: e.column_pairs is not None, "the Chinese home page could not be captured"),
    }
)


@dataclass(frozen=True)
class Indicator:
    """A registered indicator: its id, unit, needs, the function that measures, and its parameters' defaults."""

    id: str
    unit: str
    needs: tuple[str, ...]
    measure: Measure
    parameters: Mapping[str, Parameter] = field(default_factory=dict, hash=False)

    @property
    def summary(self) -> str:
        """The first line of its module's docstring."""
        return (importlib.import_module(self.measure.__module__).__doc__ or "").strip().splitlines()[0]

    def settled(self, given: Mapping[str, Parameter]) -> dict[str, Parameter]:
        """Return every parameter's value: as given, else its default. Names that were not declared are left out."""
        return {name: given.get(name, default) for name, default in self.parameters.items()}

    def run(self, evidence: Evidence, given: Mapping[str, Parameter] = MappingProxyType({})) -> Measurement:
        """Measure under the parameters `given`, and note them in the measurement. Never raises.

        What cannot be told is `not_measured`, a fault of ours is `error`.
        """
        parameters = self.settled(given)
        return replace(self._measured(evidence, parameters), parameters=parameters)

    def _measured(self, evidence: Evidence, parameters: Mapping[str, Parameter]) -> Measurement:
        for need in self.needs:
            present, reason = NEEDS[need]
            if not present(evidence):
                return not_measured(reason)
        try:
            return self.measure(evidence, **parameters)
        except Exception as fault:  # noqa: BLE001 - one indicator's bug must not cost a round
            return Measurement(Outcome.ERROR, note=f"{type(fault).__name__}: {fault}")


def indicator(
    *, unit: str, needs: Sequence[str], parameters: Mapping[str, Parameter] = MappingProxyType({})
) -> Callable[[Measure], Indicator]:
    """Declare an indicator. `unit` is days, hours, pages, share, boolean, score or count; `needs` are keys of NEEDS.

    `parameters` are windows, thresholds and word lists with their defaults, such as `{"window_days": 90}`. The function
    takes each as an argument of that name; a year's rule file may set them: `parameters: {window_days: 60}`.
    """
    unknown = [need for need in needs if need not in NEEDS]
    if unknown:
        raise ValueError(f"unknown needs {unknown}; known are {sorted(NEEDS)}")

    def declare(function: Measure) -> Indicator:
        taken = list(inspect.signature(function).parameters)[1:]
        if taken != list(parameters):
            raise ValueError(f"{function.__name__} takes {taken} beside the evidence, but declares {list(parameters)}")
        return Indicator(function.__name__, unit, tuple(needs), function, MappingProxyType(dict(parameters)))

    return declare


@cache
def registry() -> Mapping[str, Indicator]:
    """Find every indicator, by id, sorted. A module that does not hold the one it is named for is an error."""
    package = importlib.import_module("scoring.indicators")
    found = {}
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{package.__name__}.{entry.name}")
        declared = getattr(module, entry.name, None)
        if not isinstance(declared, Indicator):
            raise TypeError(f"{module.__name__} must define the indicator `{entry.name}`")
        found[entry.name] = declared
    return MappingProxyType(found)
