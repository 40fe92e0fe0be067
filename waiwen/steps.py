"""The steps of a round, each resumable: discover, crawl, measure, score, report."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from crawler.archive.index import Archive, open_database, roster_digest
from crawler.archive.lock import held
from crawler.archive.passes import begin_pass
from crawler.archive.repair import mend_round
from crawler.errors import BadInput
from crawler.job import Job, SiteTask
from crawler.manners import Manners
from crawler.model import ForeignVersion, Site, Verdict
from crawler.pool import process_pool, run_jobs, shards
from scoring.engine import score_round
from scoring.evidence import EvidenceRef, Parameter
from scoring.external import sites_themselves, with_external
from scoring.link_checks import ref_of
from scoring.measure import SiteResult, measure_site
from scoring.parameters import measured_otherwise
from scoring.registry import registry
from scoring.review.corrections import corrected
from scoring.review.ratings import with_ratings
from scoring.review.store import ReviewStore
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Ranking
from scoring.verdicts import judge_site
from waiwen.workspace import Workspace

logger = logging.getLogger(__name__)

RETEST = ".retest-"  # in the name of a round that holds one site's retest
STEPS = ("discover", "crawl", "measure", "score", "report")
Tick = Callable[[int], None]
FetchStep = Literal["discover", "crawl"]
FETCH_STEPS: tuple[FetchStep, ...] = ("discover", "crawl")


@dataclass(frozen=True)
class Round:
    """A round in its workspace."""

    workspace: Workspace
    name: str
    cutoff: date
    sites: tuple[Site, ...]

    @property
    def finished(self) -> list[str]:
        """The steps that have run to their end."""
        return list(self.workspace.archive.round_record(self.name)["finished_steps"])

    def done(self, step: str) -> None:
        """Note that a step has run to its end."""
        self.workspace.archive.finish_step(self.name, step)

    @property
    def lock_file(self) -> Path:
        """What whoever works on the round holds."""
        return self.workspace.folder / "locks" / f"{quote(self.name, safe='')}.lock"

    @contextmanager
    def held(self) -> Iterator[int]:
        """Work on the round alone; gives the lock's file descriptor. Raises WorkspaceError where another does."""
        with held(self.lock_file, f"round {self.name!r}") as lock:
            yield lock

    def require(self, step: str) -> None:
        """Refuse to go on where an earlier step is missing."""
        if step not in self.finished:
            raise BadInput(
                f"round {self.name!r}: `{step}` has not finished yet. Run `waiwen {step} --round {self.name}` first."
            )


def open_round(workspace: Workspace, name: str | None) -> Round:
    """Open a round by its name, the newest that is no retest where none is given. Raises UnknownRound."""
    names = [each for each in workspace.archive.round_names() if name or RETEST not in each]
    wanted = name or (names[-1] if names else "")
    record = workspace.archive.round_record(wanted)
    return Round(workspace, wanted, record["cutoff"], workspace.archive.sites(wanted))


def begin_round(
    workspace: Workspace,
    roster: Sequence[Site],
    *,
    name: str | None,
    cutoff: date | None,
    now: datetime,
    manners: Manners,
) -> Round:
    """Start a round, or go on with it where it stands.

    Without a name, the newest unfinished round over the same roster goes on; else one named for the day starts.
    """
    archive = workspace.archive
    digest = roster_digest(roster)
    names = archive.round_names()
    if name is None:
        name = _unnamed_round(archive, names, digest, cutoff, now)
    if name not in names:
        archive.start_round(
            name, roster, cutoff=cutoff or now.date(), started=now, digest=digest, settings=manners.record()
        )
        return open_round(workspace, name)
    record = archive.round_record(name)
    if record["roster_digest"] != digest:
        raise BadInput(f"round {name!r}: was started with another site list. Give another --round, or the list it had.")
    if cutoff is not None and record["cutoff"] != cutoff:
        raise BadInput(
            f"round {name!r}: its cut-off date is {record['cutoff']}, not {cutoff}. "
            "Give another --round, or leave --cutoff out."
        )
    return open_round(workspace, name)


def _unnamed_round(archive: Archive, names: list[str], digest: str, cutoff: date | None, now: datetime) -> str:
    for name in reversed(names):
        record = archive.round_record(name)
        same = record["roster_digest"] == digest and cutoff in (None, record["cutoff"])
        if same and "report" not in record["finished_steps"]:
            return name
    day = now.date().isoformat()
    count = 1
    while (name := day if count == 1 else f"{day}-{count}") in names:
        count += 1
    return name


def fetch(round_: Round, step: FetchStep, manners: Manners, workers: int, tick: Tick) -> list[str]:
    """Run the spiders of a step over all sites; returns a sentence for each worker that failed."""
    with round_.held() as lock:
        return _fetch(round_, step, manners, workers, tick, lock)


def _fetch(round_: Round, step: FetchStep, manners: Manners, workers: int, tick: Tick, lock: int) -> list[str]:
    workspace = round_.workspace
    workspace.prepare()
    for sentence in mend_round(workspace.archive, round_.name):
        logger.warning("%s", sentence)
    since = begin_pass(workspace.archive, round_.name, step, stale=STEPS[STEPS.index(step) :])
    tasks = [_task(round_, site, step) for site in round_.sites]
    parts = shards([task for task in tasks if step == "discover" or task.targets], workers)
    jobs = [
        Job(
            step=step,
            round=round_.name,
            name=f"{step}-{number}",
            database=workspace.database,
            archive=str(workspace.archive.folder.absolute()),
            log=str((workspace.logs / f"{round_.name}-{step}-{number}.log").absolute()),
            manners=manners.share_of(len(parts)),
            tasks=shard,
            since=since,
        )
        for number, shard in enumerate(parts)
    ]
    failures = run_jobs(jobs, lambda: tick(workspace.archive.count_captures(round_.name)), [lock])
    if step == "discover":
        for site in round_.sites:
            dossier = judge_site(workspace.archive, round_.name, site, complete=False)
            workspace.archive.replace_versions(round_.name, site.id, dossier.versions)
    if not failures:
        round_.done(step)
    return failures


def _task(round_: Round, site: Site, step: FetchStep) -> SiteTask:
    """What a step does on a site."""
    if step == "discover":
        return SiteTask(site)
    return judge_site(round_.workspace.archive, round_.name, site, complete=False).task()


def measure(round_: Round, workers: int, tick: Tick, rules_path: Path | None = None) -> list[str]:
    """Measure every site from the archive; returns a sentence for each indicator that erred.

    The rule file, by default the one that comes with waiwen, sets the indicators' windows, thresholds and words.
    """
    return measure_by(round_, workers, tick, load_rules(rules_path or default_rules_path(), registry()))


def measure_by(round_: Round, workers: int, tick: Tick, rules: RuleSet) -> list[str]:
    """Measure every site under the parameters of a rule set; returns a sentence for each indicator that erred."""
    with round_.held():
        return _measure(round_, workers, tick, rules)


def _measure(round_: Round, workers: int, tick: Tick, rules: RuleSet) -> list[str]:
    round_.require("crawl")
    workspace = round_.workspace
    errors: list[str] = []
    with process_pool(workers) as pool:
        folder = workspace.archive.folder
        waiting = {
            pool.submit(
                _measure_one, workspace.database, folder, round_.name, site, round_.cutoff, rules.parameters
            ): site
            for site in round_.sites
        }
        for count, future in enumerate(as_completed(waiting), start=1):
            result = future.result()
            workspace.archive.replace_versions(round_.name, result.site_id, result.versions)
            workspace.store.replace_site(
                round_.name,
                result.site_id,
                measured=result.measurements,
                pairs=result.pairs,
                column_pairs=result.column_pairs,
                failed=result.failures,
                problem=result.problem,
            )
            errors += result.errors
            tick(count)
    round_.done("measure")
    return sorted(errors)


def _measure_one(
    database: str, folder: Path, round_name: str, site: Site, cutoff: date, parameters: dict[str, dict[str, Parameter]]
) -> SiteResult:
    return measure_site(Archive(open_database(database), folder), round_name, site, cutoff, parameters)


def score(round_: Round, rules_path: Path) -> RuleSet:
    """Weigh what was measured by a rule file and rank it."""
    with round_.held():
        return _score(round_, rules_path)


def _score(round_: Round, rules_path: Path) -> RuleSet:
    rules = load_rules(rules_path, registry())
    if rules.ranked_version == "best":
        round_.require("measure")
    ranking = ranking_by(round_, rules, advice=f" --rules {rules_path}")
    round_.workspace.store.replace_ranking(round_.name, ranking, rules)
    round_.done("score")
    return rules


def versions_of(round_: Round, rules: RuleSet) -> list[ForeignVersion]:
    """What a rule set scores: the foreign versions that the round found, or the sites themselves."""
    if rules.ranked_version == "site":
        return sites_themselves(round_.sites)
    return [version for site in round_.sites for version in round_.workspace.archive.versions(round_.name, site.id)]


def homes_of(archive: Archive, versions: Iterable[ForeignVersion]) -> dict[tuple[str, str], EvidenceRef]:
    """The archived home pages of real versions, by site id and language."""
    return {
        (version.site_id, version.language): ref_of(archive.capture(version.home_capture))
        for version in versions
        if version.verdict is Verdict.REAL and version.home_capture is not None
    }


def ranking_by(round_: Round, rules: RuleSet, advice: str = "") -> Ranking:
    """Score what a round has measured by any rule set; stores nothing.

    Raises BadInput where it was measured under other parameters than the rules ask for.
    """
    workspace = round_.workspace
    versions = versions_of(round_, rules)
    external, review = workspace.store.external(round_.name), ReviewStore(workspace.store.engine)
    measured = corrected(workspace.store.measurements(round_.name), review.overrides(round_.name))
    measurements = with_external(measured, versions, external)
    if ratings := review.ratings(round_.name):
        measurements = with_ratings(measurements, rules, ratings, homes_of(workspace.archive, versions))
    stale = measured_otherwise(rules, measurements.values())
    if stale:
        told = BadInput.listing(f"round {round_.name!r} was measured under other parameters", stale)
        raise BadInput(f"{told}\nRun `waiwen measure --round {round_.name}{advice}` first.")
    return score_round(rules, round_.sites, versions, measurements, site_problems=workspace.store.problems(round_.name))


def scored(round_: Round) -> tuple[Ranking, RuleSet]:
    """The round's ranking and the rule set that made it, as they were when it was scored."""
    found = round_.workspace.store.ranking(round_.name)
    if found is None:
        raise BadInput(f"round {round_.name!r}: not scored yet. Run `waiwen score --round {round_.name}` first.")
    return found
