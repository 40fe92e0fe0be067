"""Small records to score with, for every test of the scoring rules."""

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pytest

from crawler.model import ForeignVersion, Site, Verdict
from scoring.evidence import EvidenceRef, Measurement, Outcome, measured
from scoring.registry import Indicator, registry
from scoring.ruleset.loading import RuleSet, default_rules_path, load_rules

RULE_FILES = Path(__file__).parents[1] / "fixtures" / "rules"
SMALL_UNITS = {
    "days_since_update": "days",
    "social_accounts": "count",
    "column_parity": "share",
    "mailbox_form": "boolean",
    "undated_share": "share",
}


SMALL_PARAMETERS = {"mailbox_form": {"window_days": 90}}


class Bench:
    """Builds the records that the engine takes."""

    rule_files = RULE_FILES
    small_units = SMALL_UNITS
    ref = EvidenceRef(1, "http://en.example.gov.cn/", datetime(2026, 11, 1, tzinfo=UTC), "sha256:0", "a.warc.gz", 0)

    @staticmethod
    def known(units: dict[str, str]) -> dict[str, Indicator]:
        """Indicators that have code, as the registry would give them."""
        return {
            name: Indicator(name, unit, (), lambda _: pytest.fail("not run"), SMALL_PARAMETERS.get(name, {}))
            for name, unit in units.items()
        }

    def rules(self, **changes: object) -> RuleSet:
        """The small rule set of the fixtures, with some of its fields replaced."""
        return self._small_rules.model_copy(update=changes)

    @cached_property
    def _small_rules(self) -> RuleSet:
        return load_rules(RULE_FILES / "sound.yaml", self.known(SMALL_UNITS))

    def worked(self) -> RuleSet:
        """The rule set of the worked number in docs/scoring.md."""
        return load_rules(RULE_FILES.parent / "worked_rules.yaml", registry())

    def shipped(self) -> RuleSet:
        """The rule set that comes with waiwen."""
        return load_rules(default_rules_path(), registry())

    @staticmethod
    def site(name: str = "a", cohort: str = "province") -> Site:
        """A site."""
        return Site(name, f"The site {name}", cohort, "east", f"http://{name}.gov.cn/")

    @staticmethod
    def version(site: str = "a", language: str = "en", verdict: Verdict = Verdict.REAL, **more: str) -> ForeignVersion:
        """A version, real unless said otherwise."""
        url, how = more.get("url", f"http://{language}.{site}.gov.cn/"), more.get("how", "link")
        return ForeignVersion(site, language, url, language, how, verdict, more.get("reason", ""))

    def found(self, value: float, note: str = "as seen") -> Measurement:
        """A measured value."""
        return measured(value, note=note, evidence=[self.ref])

    @staticmethod
    def unseen(outcome: Outcome = Outcome.NOT_MEASURED) -> Measurement:
        """A measurement without a value."""
        return Measurement(outcome, note="could not tell")

    def small(
        self, days: float = 7, accounts: float = 3, parity: float = 1, mailbox: float = 1
    ) -> dict[str, Measurement]:
        """Measured values for the small rule set; by default all of them full."""
        return {
            "days_since_update": self.found(days),
            "social_accounts": self.found(accounts),
            "column_parity": self.found(parity),
            "mailbox_form": self.found(mailbox),
        }


@pytest.fixture(scope="session")
def bench() -> Bench:
    """The builder."""
    return Bench()
