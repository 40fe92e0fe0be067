"""What may be told: events, and those that a scored round shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.evidence import Measurement, Outcome
from scoring.scorecard import Ranking
from waiwen.workspace import Workspace

# Each kind of event, and what its amount is where it has one.
KINDS = {
    "job_failed": "",
    "monitors_failed": "",
    "site_down": "",
    "site_hijacked": "links",
    "version_stale": "days",
    "rank_moved": "places",
}


@dataclass(frozen=True)
class Event:
    """Something that happened. The same `kind` and `subject` is the same matter, told once in a while only.

    `amount` (unit: KINDS) is held against the threshold of an alert; events without one always pass.
    """

    kind: str
    subject: str
    text: str
    amount: float | None = None


def round_events(place: Workspace, round_name: str, earlier: str | None = None) -> list[Event]:
    """What a measured round shows of its sites; with a scored `earlier` round, whose rank moved since, too."""
    problems = place.store.problems(round_name)
    events = [
        Event("site_down", site, f"{site}: its home page could not be captured: {reason}")
        for site, reason in problems.items()
    ]
    for (site, language), measured in sorted(place.store.measurements(round_name).items()):
        about = f"{site} {language}"
        days, hijacked = _value(measured, "days_since_update"), _value(measured, "hijacked_links")
        if days is not None:
            note = measured["days_since_update"].note
            events.append(Event("version_stale", about, f"{about}: not updated for {days:g} days ({note})", days))
        if hijacked:
            events.append(Event("site_hijacked", about, f"{about}: {measured['hijacked_links'].note}", hijacked))
    now, before = place.store.ranking(round_name), place.store.ranking(earlier) if earlier else None
    if now is not None and before is not None:
        events += rank_moves(before[0], now[0])
    return events


def earlier_scored(place: Workspace, round_name: str) -> str | None:
    """The newest scored round before this one over the same roster, None where there is none."""
    archive = place.archive
    names = archive.round_names()
    digest = archive.round_record(round_name)["roster_digest"]
    before = reversed(names[: names.index(round_name)])
    same = (name for name in before if archive.round_record(name)["roster_digest"] == digest)
    return next((name for name in same if place.store.ranking(name) is not None), None)


def rank_moves(before: Ranking, now: Ranking) -> Iterator[Event]:
    """Every site whose rank in its cohort is another."""
    old = {entry.site.id: entry for entry in before.entries}
    for entry in now.entries:
        was = old.get(entry.site.id)
        comparable = was is not None and was.site.cohort == entry.site.cohort
        if was is None or not comparable or None in (was.rank, entry.rank) or was.rank == entry.rank:
            continue
        assert was.rank is not None and entry.rank is not None
        moved = abs(entry.rank - was.rank)
        text = f"{entry.site.id}: rank {was.rank} → {entry.rank} in cohort {entry.site.cohort}"
        yield Event("rank_moved", entry.site.id, text, moved)


def _value(measured: dict[str, Measurement], indicator: str) -> float | None:
    found = measured.get(indicator)
    return found.value if found is not None and found.outcome is Outcome.MEASURED else None
