"""Monitors of a round's quality: what it captured against what earlier rounds of its kind did.

Pure functions over counts. A failed monitor says nothing about the sites: it says that the round may not have seen
them as it should, so the round is finished but marked. All thresholds are proposed ones, ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

BASELINE = 5  # newest earlier rounds that are compared with
FEWER = 0.7  # of the usual captures, at least
SHIFT = 0.1  # a share may get worse by this much
SILENT = 0.05  # of the sites that answered last time may have fallen silent
SLOWER = 2.0  # times the usual run time, at most
SLACK = 600.0  # seconds by which a short round may always be longer


@dataclass(frozen=True)
class RoundCounts:
    """What a round holds. Shares are 0..1, None where there was nothing to count; `seconds` from first to last capture.

    `blocked` and `errors` count captures of pages; `answering` are the ids of the sites that gave any page.
    """

    captures: int
    blocked: int
    errors: int
    dated_share: float | None
    field_coverage: float | None
    answering: frozenset[str]
    seconds: float

    @property
    def blocked_share(self) -> float | None:
        """Share of captures that a firewall or captcha answered."""
        return self.blocked / self.captures if self.captures else None

    @property
    def error_share(self) -> float | None:
        """Share of captures that failed otherwise."""
        return self.errors / self.captures if self.captures else None


@dataclass(frozen=True)
class Finding:
    """What a monitor found: `value` of this round, what was `expected` (None: nothing to compare with)."""

    name: str
    passed: bool
    value: float | None
    expected: float | None
    sentence: str


# What a failed monitor says, in a few words: (English, Chinese).
TITLES = {
    "captures": ("fewer captures", "采集量偏少"),
    "blocked": ("more of them blocked", "拦截增多"),
    "errors": ("more of them failed", "采集失败增多"),
    "dated": ("fewer articles dated", "有日期的文章减少"),
    "fields": ("fewer measurements made", "已测指标减少"),
    "silent": ("sites fell silent", "有网站不再响应"),
    "run_time": ("a longer run", "耗时偏长"),
}


def findings(counts: RoundCounts, earlier: Sequence[RoundCounts]) -> list[Finding]:
    """Hold a round against earlier ones of its roster, newest last. Without any, every monitor passes."""
    known = list(earlier)[-BASELINE:]
    usual_captures = _usual(known, lambda counts: counts.captures)
    usual_seconds = _usual(known, lambda counts: counts.seconds)
    blocked = _usual(known, lambda counts: counts.blocked_share)
    errors = _usual(known, lambda counts: counts.error_share)
    dated = _usual(known, lambda counts: counts.dated_share)
    fields = _usual(known, lambda counts: counts.field_coverage)
    enough = usual_captures is None or counts.captures >= FEWER * usual_captures
    in_time = usual_seconds is None or counts.seconds <= max(SLOWER * usual_seconds, usual_seconds + SLACK)
    return [
        _amount("captures", "captures", counts.captures, usual_captures, enough),
        _share("blocked", "captures blocked", counts.blocked_share, blocked, worse=1),
        _share("errors", "captures failed", counts.error_share, errors, worse=1),
        _share("dated", "articles dated", counts.dated_share, dated, worse=-1),
        _share("fields", "measurements made", counts.field_coverage, fields, worse=-1),
        _silent(counts, known),
        _amount("run_time", "seconds of crawling", counts.seconds, usual_seconds, in_time),
    ]


def _usual(known: Sequence[RoundCounts], read: Callable[[RoundCounts], float | None]) -> float | None:
    values = [value for value in map(read, known) if value is not None]
    return float(median(values)) if values else None


def _amount(name: str, words: str, value: float, usual: float | None, passed: bool) -> Finding:
    if usual is None:
        return Finding(name, True, value, None, f"{value:.0f} {words}; no earlier round to compare with")
    return Finding(name, passed, value, usual, f"{value:.0f} {words}, usually {usual:.0f}")


def _share(name: str, words: str, value: float | None, usual: float | None, *, worse: int) -> Finding:
    """`worse`: 1 where more is worse, -1 where less is. A share that can no longer be told has got worse."""
    if usual is None:
        said = "nothing to count" if value is None else f"{value:.0%} of {words}"
        return Finding(name, True, value, None, f"{said}; no earlier round to compare with")
    if value is None:
        return Finding(name, False, None, usual, f"share of {words} cannot be told, usually {usual:.0%}")
    passed = worse * (value - usual) <= SHIFT
    return Finding(name, passed, value, usual, f"{value:.0%} of {words}, usually {usual:.0%}")


def _silent(counts: RoundCounts, known: Sequence[RoundCounts]) -> Finding:
    if not known:
        return Finding("silent", True, None, None, "no earlier round to compare with")
    before = known[-1].answering
    gone = sorted(before - counts.answering)
    share = len(gone) / len(before) if before else 0.0
    named = f": {', '.join(gone[:10])}{' ...' if len(gone) > 10 else ''}" if gone else ""
    words = f"{len(gone)} of {len(before)} sites that answered last time gave no page{named}"
    return Finding("silent", share <= SILENT, share, 0.0, words)


def failed(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The monitors that failed."""
    return tuple(finding for finding in found if not finding.passed)


def marks(found: Sequence[Finding]) -> tuple[str, ...]:
    """The sentences of the monitors that failed."""
    return tuple(f"{finding.name}: {finding.sentence}" for finding in failed(found))
