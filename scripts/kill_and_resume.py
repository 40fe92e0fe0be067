"""Kill -9 a round at random moments, start it again each time, and hold the end against an undisturbed round.

    python scripts/kill_and_resume.py [--kills 20] [--pages 20] [--seed N] [--folder DIR]

Serves the demonstration sites with a small delay and runs `waiwen audit` on them: once undisturbed, once killed.
Most kills take the whole process group, some the parent alone, which leaves orphans. At the end both rounds must
hold the same captures and the same report tables, and no address may have been asked for twice but those under
way at a kill. Exit code 0 where all that is so, 1 where not.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from waiwen.demo import CUTOFF, ROSTER
from waiwen.demo.build import build_sites
from waiwen.demo.server import DemoServer
from waiwen.demo.web import Answer, DemoWeb

Asked = tuple[str, str]  # host, path with query
ROUND = "round"
# What two rounds with the same captures may differ in: when, and where in which file.
TIMED = {"load_seconds"}  # indicators whose values are seconds of the machine at hand
DIFFERENT = {"fetched", "warc_addresses"}
SAME = "site_id, version, url, final_url, status, digest, failure"
DONE_WITHIN = 900.0  # seconds, a run


@dataclass(frozen=True)
class SlowWeb(DemoWeb):
    """The demonstration's web, which takes `delay` seconds over an answer and notes at once what was asked."""

    delay: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    last: list[float] = field(default_factory=list)  # when the last question came

    def answer(self, host: str, target: str) -> Answer | None:
        """Return the answer after a while."""
        if host not in self.dead:  # there Twisted asks again by itself, or not, as its connections happen to be
            self.asked.append((host, target))
            self.last[:] = [time.monotonic()]
        time.sleep(self.delay)
        return super().answer(host, target)


@dataclass(frozen=True)
class Moment:
    """When to kill, and whom: `seconds` after a start, after so many `answers`, or after the last page (`offline`)."""

    answers: int | None
    seconds: float
    group: bool
    offline: bool = False

    def __str__(self) -> str:
        after = f"{self.answers} answers" if self.answers is not None else "crawl" if self.offline else "start"
        when = f"{after} + {self.seconds:.2f} s"
        return f"{when:22} {'group' if self.group else 'parent':6}"


def moments(kills: int, answers: int, offline: float, dice: random.Random) -> list[Moment]:
    """Most while pages are fetched, some just after a start, some while the round is measured and reported."""
    late = kills // 5
    early = kills // 7
    fetching = sorted(dice.randrange(1, max(2, answers - 2)) for _ in range(kills - late - early))
    plan = [Moment(count, dice.uniform(0, 0.2), dice.random() < 0.75) for count in fetching]
    for _ in range(early):
        plan.insert(dice.randrange(len(plan) + 1), Moment(None, dice.uniform(0.1, 6), dice.random() < 0.75))
    return plan + [Moment(None, dice.uniform(0, offline), dice.random() < 0.75, offline=True) for _ in range(late)]


class Round:
    """One workspace and the command that works on it."""

    def __init__(self, folder: Path, server: DemoServer, web: SlowWeb, pages: int) -> None:
        self.folder = folder
        self.web = web
        self.log = folder.with_suffix(".out")
        self.command = [
            *(sys.executable, "-c", "from waiwen.cli import main; main()", "audit", str(ROSTER)),
            *("--workspace", str(folder), "--round", ROUND, "--cutoff", CUTOFF.isoformat()),
            *("--proxy", server.proxy_url, "--delay", "0", "--timeout", "5", "--max-pages", str(pages)),
        ]

    def start(self) -> subprocess.Popen[bytes]:
        """Start the command in a process group of its own."""
        with self.log.open("ab") as log:
            return subprocess.Popen(self.command, stdout=log, stderr=log, start_new_session=True)

    def finish(self) -> None:
        """Run the command to its end."""
        code = self.start().wait(DONE_WITHIN)
        if code:
            raise SystemExit(f"the round ended with {code}:\n{self.log.read_text()[-2000:]}")

    def kill_at(self, moment: Moment) -> bool:
        """Start the command and kill it at a moment; False where it ended before."""
        begun, reached, start = len(self.web.asked), None, time.monotonic()
        process = self.start()
        while process.poll() is None and (reached is None or time.monotonic() - reached < moment.seconds):
            if reached is None and self._reached(moment, begun):
                reached = time.monotonic()
            time.sleep(0.01)
            if time.monotonic() - start > DONE_WITHIN:
                raise SystemExit(f"{moment}: not reached within {DONE_WITHIN:.0f} s")
        if process.poll() is not None:
            return False
        if moment.group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        return True

    def _reached(self, moment: Moment, begun: int) -> bool:
        """Whether the seconds begin to count."""
        if moment.answers is not None:
            return len(self.web.asked) >= max(moment.answers, begun + 1)
        return not moment.offline or any("crawl" in str(row) for row in self._rows("SELECT finished_steps FROM round"))

    def captures(self) -> Counter[tuple[object, ...]]:
        """What the index says, without ids, times and addresses."""
        return Counter(self._rows(f"SELECT {SAME} FROM capture"))  # noqa: S608 - our own constant

    def open_files(self) -> tuple[int, int]:
        """WARC files that nobody has closed, and the bytes in them that no index row covers."""
        query = (
            'SELECT f.name, max(coalesce(c."offset" + c.length, 0)) FROM warc_file f '
            "LEFT JOIN capture c ON c.warc_file = f.name WHERE f.records IS NULL GROUP BY f.name"
        )
        names = list(self._rows(query))
        paths = {self.folder / "archive" / str(name): int(str(end)) for name, end in names}
        return len(names), sum(path.stat().st_size - end for path, end in paths.items() if path.exists())

    def _rows(self, query: str) -> Iterator[tuple[object, ...]]:
        path = self.folder / "waiwen.db"
        if not path.exists():
            return
        with closing(sqlite3.connect(path, timeout=30)) as database:
            try:
                yield from database.execute(query).fetchall()
            except sqlite3.OperationalError:  # killed before the tables were made
                return

    def tables(self) -> dict[str, list[dict[str, str]]]:
        """The report's tables, without what may differ."""
        found = {}
        for path in sorted((self.folder / "reports" / ROUND).glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                found[path.name] = [
                    {name: cell for name, cell in row.items() if name not in DIFFERENT}
                    for row in csv.DictReader(file)
                    if row.get("indicator") not in TIMED
                ]
        return found


def last_asked(asked: list[Asked]) -> set[Asked]:
    """Of each host the address asked for last: what can have been under way."""
    return set({host: (host, target) for host, target in asked}.values())


def compare(whole: Round, killed: Round, under_way: Counter[Asked]) -> list[str]:
    """Return every difference that should not be."""
    problems = []
    one, other = set(whole.captures()), set(killed.captures())
    problems += [f"capture only in the undisturbed round: {row}" for row in sorted(one - other, key=str)]
    problems += [f"capture only in the killed round: {row}" for row in sorted(other - one, key=str)]
    tables, others = whole.tables(), killed.tables()
    if not tables:
        problems.append("the undisturbed round has no tables")
    for name in sorted(tables.keys() | others.keys()):
        if tables.get(name) != others.get(name):
            rows = [row for row in others.get(name, []) if row not in tables.get(name, [])]
            problems.append(f"{name} differs, first in: {rows[:1]}")
    again = Counter(killed.web.asked) - Counter(whole.web.asked)
    problems += [f"asked for {count} times too often: {asked}" for asked, count in (again - under_way).items()]
    return problems


def run(folder: Path, kills: int, pages: int, delay: float, seed: int) -> int:
    """Run both rounds; print what was done and every difference; return the exit code."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    base = build_sites()
    webs = [SlowWeb(**{**vars(base), "delay": delay, "asked": [], "last": []}) for _ in range(2)]
    with DemoServer(webs[0]) as one, DemoServer(webs[1]) as two:
        whole, killed = Round(folder / "whole", one, webs[0], pages), Round(folder / "killed", two, webs[1], pages)
        start = time.monotonic()
        whole.finish()
        undisturbed = time.monotonic() - start
        # A start takes time as well, so that half of what follows the last page is never the end.
        plan = moments(kills, len(webs[0].asked), (time.monotonic() - webs[0].last[0]) / 2, dice)
        print(f"seed {seed}; undisturbed: {len(webs[0].asked)} answers, {undisturbed:.1f} s")
        print(
            f"{'kill':>4}  {'moment':22} {'whom':6} {'asked':>6} {'captures':>8} {'open files':>10} {'loose bytes':>11}"
        )
        under_way: Counter[Asked] = Counter()
        done = 0
        start = time.monotonic()
        for number, moment in enumerate(plan, start=1):
            if not killed.kill_at(moment):
                print(f"{number:4}  {moment} ended before")
                continue
            done += 1
            time.sleep(2 * delay)  # what is under way reaches the log
            under_way.update(last_asked(webs[1].asked))
            files, loose = killed.open_files()
            captures = sum(killed.captures().values())
            print(f"{number:4}  {moment} {len(webs[1].asked):6} {captures:8} {files:10} {loose:11}", flush=True)
        killed.finish()
        disturbed = time.monotonic() - start
    problems = compare(whole, killed, under_way)
    again = sum((Counter(webs[1].asked) - Counter(webs[0].asked)).values())
    if done < kills:
        problems.append(f"only {done} of {kills} kills took place; give more --pages")
    print(
        f"{done} kills, {len(set(whole.captures()))} different captures, {again} addresses asked for again "
        f"(under way at a kill), {disturbed:.1f} s with all restarts"
    )
    print("\n".join(problems) or "the same captures, the same tables, nothing fetched twice but what was under way")
    return 1 if problems else 0


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--pages", type=int, default=20, help="page budget a version")
    parser.add_argument("--delay", type=float, default=0.03, help="seconds that the server takes over an answer")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--folder", type=Path, default=None, help="an empty folder to keep both workspaces in")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    with tempfile.TemporaryDirectory(prefix="kill-and-resume-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return run(folder, given.kills, given.pages, given.delay, seed)


if __name__ == "__main__":
    sys.exit(main())
