"""The commands of a round: all of it at once, or a step of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from rich.console import Console

from crawler.manners import SITE_ZONE, Manners, require_contact, require_proxy, without_password
from crawler.model import Site
from crawler.roster import read_roster
from scoring.registry import registry
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.ruleset.rule_set import RuleSet, unlisted_cohorts
from waiwen import steps
from waiwen.options import (
    DEFAULT_WORKSPACE,
    ContactOption,
    CutoffOption,
    DelayOption,
    NewRoundOption,
    PagesOption,
    PrivateOption,
    ProxyOption,
    QuietOption,
    RateOption,
    RenderOption,
    RosterArgument,
    RoundOption,
    RulesOption,
    TimeoutOption,
    WorkersOption,
    WorkspaceOption,
    manners_of,
)
from waiwen.progress import progress
from waiwen.quiet import saying_quiet_hours
from waiwen.rendering import RENDER_PASSES, render_after, require_browser
from waiwen.reporting import report as write_report
from waiwen.screen import finish, print_marks, print_ranking, safe, terminal
from waiwen.workspace import open_workspace

out = terminal()
err = Console(stderr=True, highlight=False)

DEFAULTS = Manners()


def audit(
    sites: RosterArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    rules: RulesOption = None,
    cutoff: CutoffOption = None,
    round_name: NewRoundOption = None,
    max_pages: PagesOption = DEFAULTS.max_pages,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
    workers: WorkersOption = 2,
    rendering: RenderOption = None,
) -> None:
    """Run a whole round: discover, crawl, measure, score, report. Run it again to go on after an interruption."""
    manners = manners_of(max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    roster = read_roster(sites)
    rules_path = rules or default_rules_path()
    rules_set = load_rules(rules_path, registry())  # a broken rule file is told before the first request
    require_contact(manners, roster)
    require_proxy(manners)
    if rendering:
        require_browser()
    place = open_workspace(workspace, create=True)
    round_ = steps.begin_round(
        place,
        roster,
        name=round_name,
        cutoff=cutoff,
        now=datetime.now(SITE_ZONE),
        manners=manners,
    )
    _say_unlisted(rules_set, roster)
    _say_ahead(cutoff)
    finish(run_round(round_, manners, workers, rules_path, rendering))


def run_round(
    round_: steps.Round, manners: Manners, workers: int, rules_path: Path, rendering: bool | None = None
) -> list[str]:
    """Run every step of a round, showing the ranking at the end; returns what failed, a sentence each.

    `rendering` says whether pages are opened in a browser: None where they need it and there is one.
    """
    going_on = "report" not in round_.finished  # a round that was interrupted is not begun again
    for step in steps.FETCH_STEPS:
        failures = [] if going_on and step in round_.finished else fetch(round_, step, manners, workers)
        # What the round holds is not asked for again. A home page leads to others, which may need a browser, too.
        for _ in range(RENDER_PASSES[step]):
            if failures or not render_after(round_, step, manners, rendering, err):
                break
            failures = fetch(round_, step, manners, workers)
        if failures:  # a later step would rest on half of this one
            return failures
    failures = _measure(round_, workers, rules_path)
    steps.score(round_, rules_path)
    _report(round_)
    return failures + silent_proxy(round_, manners)


def silent_proxy(round_: steps.Round, manners: Manners) -> list[str]:
    """A sentence where no page came through the proxy: then hardly all sites are to blame. Empty without a proxy."""
    if not manners.proxy or round_.workspace.archive.has_pages(round_.name):
        return []
    shown, count = without_password(manners.proxy), len(round_.sites)
    return [
        f"--proxy {shown}: not one page of {count} sites came through it; it is hardly they that fail. "
        f"See what comes: `waiwen inspect {round_.sites[0].url} --proxy {shown}`. Then run the same command again."
    ]


def discover(
    sites: RosterArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    cutoff: CutoffOption = None,
    round_name: NewRoundOption = None,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
    workers: WorkersOption = 2,
) -> None:
    """Find the foreign versions of every site, with a verdict each."""
    manners = manners_of(DEFAULTS.max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    roster = read_roster(sites)
    require_contact(manners, roster)
    require_proxy(manners)
    place = open_workspace(workspace, create=True)
    round_ = steps.begin_round(
        place, roster, name=round_name, cutoff=cutoff, now=datetime.now(SITE_ZONE), manners=manners
    )
    _say_ahead(cutoff)
    failures = fetch(round_, "discover", manners, workers)
    for site in round_.sites:
        found = place.archive.versions(round_.name, site.id)
        for version in found:
            words = f"{site.id}: {version.language} {version.url} {version.verdict}: {version.reason}"
            out.print(safe(words), markup=False, soft_wrap=True)
        if not found:
            out.print(safe(f"{site.id}: no foreign version found"), markup=False)
    finish(failures or silent_proxy(round_, manners))


def crawl(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    max_pages: PagesOption = DEFAULTS.max_pages,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
    workers: WorkersOption = 2,
) -> None:
    """Capture the Chinese version and the real foreign versions of every site of a round."""
    manners = manners_of(max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    round_ = steps.open_round(open_workspace(workspace), round_name)
    round_.require("discover")
    require_contact(manners, round_.sites)
    require_proxy(manners)
    finish(fetch(round_, "crawl", manners, workers))


def measure(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    rules: RulesOption = None,
    workers: WorkersOption = 2,
) -> None:
    """Measure every indicator on what a round has captured, under the parameters of a rule file. Needs no network."""
    round_ = steps.open_round(open_workspace(workspace), round_name)
    finish(_measure(round_, workers, rules or default_rules_path()))


def score(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE, round_name: RoundOption = None, rules: RulesOption = None
) -> None:
    """Weigh a round's measurements by a rule file and rank the sites. Needs no network."""
    round_ = steps.open_round(open_workspace(workspace), round_name)
    rules_set = steps.score(round_, rules or default_rules_path())
    _say_unlisted(rules_set, round_.sites)
    left = rules_set.unspecified_share
    unspecified = f"; {left:.0%} of the weight is unspecified" if left else ""
    scored = f"scored by edition {rules_set.edition}, rule set {rules_set.digest}{unspecified}"
    out.print(f"round {round_.name}: {scored}. `waiwen report` shows it.", soft_wrap=True, markup=False)


def report(workspace: WorkspaceOption = DEFAULT_WORKSPACE, round_name: RoundOption = None) -> None:
    """Write a scored round's tables and pages. Needs no network."""
    _report(steps.open_round(open_workspace(workspace), round_name))


def _say_unlisted(rules: RuleSet, sites: Sequence[Site]) -> None:
    for words in unlisted_cohorts(rules, (site.cohort for site in sites)):
        err.print(safe(words), soft_wrap=True, markup=False)


def ahead(cutoff: date | None, now: datetime) -> str:
    """What there is to say of a cut-off more than a day after `now`; empty where there is nothing."""
    days = (cutoff - now.date()).days if cutoff else 0
    if days <= 1:
        return ""
    return f"--cutoff {cutoff}: lies {days} days ahead; every page will look that much older than it is today."


def _say_ahead(cutoff: date | None) -> None:
    if words := ahead(cutoff, datetime.now(SITE_ZONE)):
        err.print(words, soft_wrap=True, markup=False)


def fetch(round_: steps.Round, step: steps.FetchStep, manners: Manners, workers: int) -> list[str]:
    """Run a step's spiders, showing how far they are; returns a sentence for each worker that failed."""
    with progress(err, f"{round_.name}: {step}", "captures") as tick:
        return steps.fetch(round_, step, manners, workers, saying_quiet_hours(manners, tick, err.print))


def _measure(round_: steps.Round, workers: int, rules_path: Path) -> list[str]:
    with progress(err, f"{round_.name}: measure", "sites", len(round_.sites)) as tick:
        return steps.measure(round_, workers, tick, rules_path)


def _report(round_: steps.Round) -> None:
    folder = write_report(round_)
    print_ranking(round_, out)
    print_marks(round_, out)
    out.print(f"\nReport: {folder / 'report.html'}", soft_wrap=True, markup=False)
