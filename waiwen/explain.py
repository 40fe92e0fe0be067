"""`waiwen explain`: how a score came about, line by line, and what each fix is worth."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console

from crawler.errors import BadInput
from scoring.gains import fixes
from scoring.ruleset.model import BONUS
from scoring.scorecard import Line, Scorecard
from waiwen.screen import print_marks, safe
from waiwen.steps import Round, scored

MOST_FIXES = 10


def explain_site(round_: Round, site_id: str, language: str | None, console: Console) -> None:
    """Print a version's scorecard. Raises BadInput for a site or version that the round does not hold."""
    ranking, rules = scored(round_)
    entry = next((entry for entry in ranking.entries if entry.site.id == site_id), None)
    if entry is None:
        known = ", ".join(sorted(entry.site.id for entry in ranking.entries))
        raise BadInput(f"site {site_id!r}: not in round {round_.name!r}. It holds: {known}.")
    say = _Speaker(console)
    say(f"{entry.site.id}  {entry.site.name}  ({entry.site.cohort}, {entry.site.region})  {entry.site.url}")
    versions = round_.workspace.archive.versions(round_.name, site_id)
    for version in versions:
        say(f"  {version.language}  {version.url}  {version.verdict.value} ({version.how}): {version.reason}")
    if not versions:
        say("  no foreign version was found")
    print_marks(round_, console)
    if entry.rank is None:
        say(f"\nUnranked: {entry.reason}")
    cards = {card.language: card for card in ranking.scorecards if card.site_id == site_id}
    if language is not None and language not in cards:
        have = ", ".join(cards) or "none"
        raise BadInput(f"site {site_id!r}: no scored version {language!r}. Scored versions: {have}.")
    card = cards.get(language) if language else entry.scorecard
    if card is None:
        return
    if entry.rank is not None and entry.scorecard == card:
        say(f"\nRank {entry.rank} in {entry.site.cohort}" + (f", {entry.tier}" if entry.tier else ""))
    titles = {rule.id: f"{rule.title.en} {rule.title.zh}" for rule in rules.indicators}
    _card(card, titles, say)
    mendings = fixes(rules, card, ranking.entries)[:MOST_FIXES]
    if mendings:
        say("\nWhat a fix is worth (points of the total at full marks, and the rank it brings, all others unchanged)")
    for fix in mendings:
        rank = f"  rank {fix.rank + fix.places} -> {fix.rank}" if fix.places and fix.rank else ""
        say(f"  +{fix.gain:5.2f}  {fix.indicator} ({titles.get(fix.indicator, '')}){rank}")


class _Speaker:
    """Prints a line of crawled and own text: no markup, nothing that could steer the terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __call__(self, line: str) -> None:
        self._console.print(safe(line, keep_lines=True), markup=False, soft_wrap=True)


def _card(card: Scorecard, titles: dict[str, str], say: _Speaker) -> None:
    total = "no total" if card.total is None else f"{card.total:.2f} of 100"
    say(f"Version {card.language}: {total}, {card.coverage:.0%} of the weight measured. {card.reason}".rstrip())
    for gate in card.gates:
        say(f"Gate {gate.id}: {gate.reason}")
    scores = {category.id: category for category in card.categories}
    for category, lines in groupby(card.lines, key=lambda line: line.category):
        score = scores[category].score if category in scores else None
        told = f"{card.bonus:+.2f} points" if category == BONUS else "not measured"
        say(f"\n{category}: " + (told if score is None else f"{score:.2f} of 100"))
        for line in lines:
            _line(line, titles, say)


def _line(line: Line, titles: dict[str, str], say: _Speaker) -> None:
    found = line.measurement
    value = found.outcome.value if found.value is None else f"{found.value:g} {line.unit}"
    points = "does not count" if line.points is None else f"{line.points:.2f} of {line.weight:g} points"
    say(f"  {line.indicator} ({titles.get(line.indicator, '')}): {value}, {points}")
    say(f"      {found.note}")
    for ref in found.evidence[:3]:
        say(f"      {ref.url}  [{ref.warc_file}:{ref.offset}]" + (f"  {ref.cue[:100]}" if ref.cue else ""))
