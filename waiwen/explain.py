"""`waiwen explain`: how a score came about, line by line, what each fix is worth and how to make it."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby

from rich.console import Console

from crawler.errors import BadInput
from crawler.model import ForeignVersion
from scoring.advice import advice_for
from scoring.chinese.sentences import in_chinese, word_in_chinese
from scoring.gains import Fix, fixes
from scoring.reports.bundle import Title
from scoring.reports.wording import OUTCOMES, VERDICTS, fixed, in_both, language_name, percent
from scoring.ruleset.model import BONUS
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Entry, Line, Scorecard
from waiwen.reporting import titles_of
from waiwen.screen import print_marks, safe
from waiwen.steps import Round, scored

MOST_FIXES = 10


class Tongue(StrEnum):
    """The language that a score is explained in."""

    EN = "en"
    ZH = "zh"


class _Speaker:
    """Prints lines of crawled and own text in one language: no markup, nothing that could steer the terminal."""

    def __init__(self, console: Console, tongue: Tongue, rules: RuleSet) -> None:
        self._console = console
        self._zh = tongue is Tongue.ZH
        named = titles_of(rules)
        self._titles = {**named.gates, **named.cohorts, **named.tiers, **named.categories, **named.indicators}

    def __call__(self, english: str, chinese: str = "") -> None:
        self._console.print(safe(self.pick((english, chinese)), keep_lines=True), markup=False, soft_wrap=True)

    def pick(self, pair: Title) -> str:
        """Return the one of the two that is asked for; the English where there is no Chinese."""
        return (self._zh and pair[1]) or pair[0]

    def title(self, name: str) -> str:
        """Return what the rule file calls an id."""
        return self.pick(self._titles.get(name, (name, "")))

    def sentence(self, english: str) -> str:
        """Return a sentence of ours, in Chinese where the tables know it."""
        return self.pick((english, in_chinese(english) or "" if self._zh else ""))


def explain_site(
    round_: Round, site_id: str, language: str | None, console: Console, tongue: Tongue = Tongue.EN
) -> None:
    """Print a version's scorecard. Raises BadInput for a site or version that the round does not hold."""
    ranking, rules = scored(round_)
    entry = next((entry for entry in ranking.entries if entry.site.id == site_id), None)
    if entry is None:
        known = ", ".join(sorted(entry.site.id for entry in ranking.entries))
        raise BadInput(f"site {site_id!r}: not in round {round_.name!r}. It holds: {known}.")
    say = _Speaker(console, tongue, rules)
    say(f"{entry.site.id}  {entry.site.name}  ({say.title(entry.site.cohort)}, {entry.site.region})  {entry.site.url}")
    _versions(round_.workspace.archive.versions(round_.name, site_id), say)
    print_marks(round_, console)
    if entry.rank is None:
        say(f"\nUnranked: {entry.reason}", f"\n未参与排名：{say.sentence(entry.reason)}")
    cards = {card.language: card for card in ranking.scorecards if card.site_id == site_id}
    if language is not None and language not in cards:
        have = ", ".join(cards) or "none"
        raise BadInput(f"site {site_id!r}: no scored version {language!r}. Scored versions: {have}.")
    card = cards.get(language) if language else entry.scorecard
    if card is None:
        return
    if entry.rank is not None and entry.scorecard == card:
        _rank(entry, say)
    _card(card, say)
    if rules.unspecified_share:
        left = f"{rules.unspecified_share:.0%}"
        say(
            f"\nEdition {rules.edition} leaves {left} of the weight unspecified: scores rest on the rest.",
            f"\n{rules.edition}版指标体系{left}的权重未公布或无指标，得分仅依其余部分。",
        )
    _fixes(fixes(rules, card, ranking.entries)[:MOST_FIXES], say)


def _versions(versions: tuple[ForeignVersion, ...], say: _Speaker) -> None:
    for version in versions:
        verdict = say.pick((version.verdict.value, VERDICTS[version.verdict][1]))
        how = say.pick((version.how, word_in_chinese(version.how)))
        say(f"  {version.language}  {version.url}  {verdict} ({how}): {say.sentence(version.reason)}")


def _rank(entry: Entry, say: _Speaker) -> None:
    cohort, tier = say.title(entry.site.cohort), say.title(entry.tier) if entry.tier else ""
    english, chinese = f"\nRank {entry.rank} in {cohort}", f"\n{cohort}第{entry.rank}名"
    say(f"{english}, {tier}" if tier else english, f"{chinese}，{tier}" if tier else chinese)


def _card(card: Scorecard, say: _Speaker) -> None:
    name, share = say.pick(language_name(card.language)), percent(card.coverage, 0)
    total = "no total" if card.total is None else f"{fixed(card.total)} of 100"
    told = "无总分" if card.total is None else f"总分{fixed(card.total)}（满分100）"
    reason = say.sentence(card.reason)
    say(
        f"Version {card.language} ({name}): {total}, {share} of the weight measured. {reason}".rstrip(),
        f"{name}版（{card.language}）：{told}，已测权重{share}。{reason}",
    )
    if any(line.kind != "software" for line in card.lines):
        for kind, (earned, weight) in card.by_kind.items():
            said = f"{fixed(earned)}分，计入的权重为{weight:g}"
            say(f"By {kind}: {fixed(earned)} of the {weight:g} points that count", f"{word_in_chinese(kind)}：{said}")
    for gate in card.gates:
        title = say.title(gate.id)
        say(f"Gate {gate.id} ({title}): {gate.reason}", f"单项否决“{title}”：{say.sentence(gate.reason)}")
    scores = {category.id: category for category in card.categories}
    for category, lines in groupby(card.lines, key=lambda line: line.category):
        score = scores[category].score if category in scores else None
        points = (
            (f"{fixed(score)} of 100", f"{fixed(score)}（满分100）")
            if score is not None
            else ("not measured", "未测得")
        )
        if category == BONUS:
            points = (f"{card.bonus:+.2f} points", f"{card.bonus:+.2f}分")
        say(f"\n{say.title(category)} ({category}): {say.pick(points)}")
        for line in lines:
            _line(line, say)


def _line(line: Line, say: _Speaker) -> None:
    found = line.measurement
    outcome = (found.outcome.value, OUTCOMES[found.outcome][1])
    value = say.pick(outcome if found.value is None else in_both(found.value, line.unit))
    points = ("does not count", "不计入")
    if line.points is not None:
        points = (f"{fixed(line.points)} of {line.weight:g} points", f"{fixed(line.points)}分（满分{line.weight:g}）")
    say(f"  {line.indicator} ({say.title(line.indicator)}): {value}, {say.pick(points)}")
    say(f"      {say.sentence(found.note)}")
    for ref in found.evidence[:3]:
        say(f"      {ref.url}  [{ref.warc_file}:{ref.offset}]" + (f"  {ref.cue[:100]}" if ref.cue else ""))


def _fixes(mendings: tuple[Fix, ...], say: _Speaker) -> None:
    if mendings:
        say(
            "\nWhat a fix is worth (points of the total at full marks, and the rank it brings, all others unchanged)",
            "\n各项改进的价值（满分时总分增加的分数，以及其他网站不变时的名次）",
        )
    for fix in mendings:
        moved = f"{fix.rank + fix.places} -> {fix.rank}" if fix.places and fix.rank else ""
        rank = say.pick((f"  rank {moved}", f"  名次 {moved}")) if moved else ""
        say(f"  +{fixed(fix.gain):>5}  {fix.indicator} ({say.title(fix.indicator)}){rank}")
        if advice := advice_for(fix.indicator):
            say(f"          {advice.en}", f"          {advice.zh}")
