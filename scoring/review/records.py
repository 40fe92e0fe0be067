"""The records of what people say of a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scoring.evidence import Measurement


class Decision(StrEnum):
    """What came of an objection: the round was corrected, or the figure stands and it is said why."""

    OPEN = "open"
    COMPLIED = "complied"
    EXPLAINED = "explained"


@dataclass(frozen=True)
class Override:
    """A measurement corrected by a person. `before` is what stood there; of several the last one counts.

    `outcome` and `value` are as in a measurement: a value exactly where the outcome is `measured`.
    """

    site_id: str
    language: str
    indicator: str
    outcome: str
    value: float | None
    author: str
    reason: str
    at: datetime
    before: Measurement | None


@dataclass(frozen=True)
class Objection:
    """What a site says against a figure of a round, and the answer. `indicator` is empty where it is of the whole."""

    number: int
    site_id: str
    indicator: str
    author: str
    text: str
    at: datetime
    decision: str = Decision.OPEN.value
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Retest:
    """A site captured and measured anew inside a finished round. `source` is the round that holds the new captures.

    `before` are the measurements that stood there, by language and indicator id.
    """

    site_id: str
    source: str
    author: str
    reason: str
    at: datetime
    before: dict[str, dict[str, Measurement]]
