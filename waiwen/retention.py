"""`waiwen archive prune`: rounds that nobody published go by age and size, old runs of jobs by their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.console import Console
from sqlalchemy.engine import Connection

from crawler.archive import tables
from crawler.archive.index import Archive
from crawler.errors import BadInput
from scoring import store
from scoring.reports.wording import counted
from scoring.review import store as review
from waiwen import steps
from waiwen.jobs.pruning import prune_runs
from waiwen.jobs.table import monitors
from waiwen.options import DEFAULT_WORKSPACE, WorkspaceOption
from waiwen.screen import safe
from waiwen.workspace import Workspace, open_workspace

GB = 1_000_000_000  # bytes

KeepOption = Annotated[int | None, typer.Option(min=0, help="Keep this many of the newest rounds.")]
OlderOption = Annotated[int | None, typer.Option(min=0, help="Only rounds that started more than this many days ago.")]
SizeOption = Annotated[
    float | None, typer.Option(min=0.0, help="Oldest rounds first, until the WARC files fit this many GB (10^9 bytes).")
]
RunsOption = Annotated[
    int | None,
    typer.Option(min=1, help="Runs of jobs: keep this many of the newest of each job, with their logs."),
]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Say what would go, and delete nothing.")]


@dataclass(frozen=True)
class Stored:
    """A round as retention sees it. `size` in bytes: of the files that go with it, since no other round reads them."""

    name: str
    started: datetime
    published: bool
    size: int


@dataclass(frozen=True)
class Limits:
    """What is to stay; a limit that is None does not bind. Of several, a round goes only where all let it go."""

    keep_rounds: int | None = None
    older_than: timedelta | None = None
    max_bytes: int | None = None


def prune(
    keep_rounds: KeepOption = None,
    older_than: OlderOption = None,
    max_size: SizeOption = None,
    keep_runs: RunsOption = None,
    dry_run: DryOption = False,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Delete old rounds that were never reported, with their WARC files, and old runs of jobs with their logs.

    A round with a report stays, and so does every file that a round which stays reads. Of several limits all
    must let a round go. Runs of jobs go by --keep-runs alone, none of a job that is running.
    """
    of_rounds = not (keep_rounds is None and older_than is None and max_size is None)
    if not of_rounds and keep_runs is None:
        raise BadInput(
            "archive prune: says nothing of what to delete. "
            "Give --keep-rounds, --older-than or --max-size, or --keep-runs for runs of jobs."
        )
    limits = Limits(
        keep_rounds,
        None if older_than is None else timedelta(days=older_than),
        None if max_size is None else round(max_size * GB),
    )
    place = open_workspace(workspace)
    console, now = Console(highlight=False), datetime.now(UTC)
    verb = "would be deleted" if dry_run else "deleted"
    if keep_runs is not None:
        count = prune_runs(place, keep_runs, now, dry_run=dry_run)
        console.print(f"{counted(count, 'run')} of jobs {verb}, with their logs")
    if not of_rounds:
        return
    total = sum(row["bytes"] or 0 for row in place.archive.files())
    going = doomed(stored_rounds(place.archive), limits, total, now)
    freed = 0
    for name in going:
        size = lone_bytes(place.archive, name) if dry_run else forget_round(place, name)
        freed += size
        word = "would go" if dry_run else "deleted"
        console.print(safe(f"round {name}: {word}, {size / GB:.3f} GB"), markup=False, soft_wrap=True)
    console.print(f"{counted(len(going), 'round')} {verb}, {freed / GB:.3f} GB of {total / GB:.3f} GB")


def doomed(rounds: Sequence[Stored], limits: Limits, total: int, now: datetime) -> list[str]:
    """The names of the rounds to delete, oldest first. `rounds` are oldest first, `total` in bytes, `now` aware."""
    newest = limits.keep_rounds or 0
    candidates = list(rounds[: len(rounds) - newest] if newest else rounds)
    going: list[str] = []
    for found in candidates:
        if found.published or (limits.older_than is not None and now - found.started <= limits.older_than):
            continue
        if limits.max_bytes is not None and total <= limits.max_bytes:
            break
        going.append(found.name)
        total -= found.size
    return going


def stored_rounds(archive: Archive) -> list[Stored]:
    """Every round, oldest first."""
    records = [archive.round_record(name) for name in archive.round_names()]
    return [
        Stored(
            record["name"],
            datetime.fromisoformat(record["started"]),
            _is_published(archive, record["name"]),
            lone_bytes(archive, record["name"]),
        )
        for record in records
    ]


def _is_published(archive: Archive, name: str) -> bool:
    """Whether a round was ever scored and so may have been reported, or is what a retest in another was taken from."""
    if "report" in archive.round_record(name)["finished_steps"]:
        return True
    stands = [
        sa.select(store.rankings.c.round).where(store.rankings.c.round == name),
        sa.select(review.retests.c.round).where(review.retests.c.source == name),
    ]
    with archive.engine.connect() as connection:
        return any(connection.scalar(query.limit(1)) is not None for query in stands)


def lone_bytes(archive: Archive, name: str) -> int:
    """The size in bytes of a round's files that no other round reads."""
    with archive.engine.connect() as connection:
        shared = _readers(connection, name)
    return sum(row["bytes"] or 0 for row in archive.files() if row["round"] == name and row["name"] not in shared)


def forget_round(place: Workspace, name: str) -> int:
    """Delete a round and the files that only it reads; returns their size in bytes.

    A file that another round reads is that round's from then on. Raises WorkspaceError where somebody is at
    work on the round.
    """
    archive = place.archive
    with steps.open_round(place, name).held():
        size = lone_bytes(archive, name)
        with archive.engine.begin() as connection:
            shared = _readers(connection, name)
            for file, reader in shared.items():
                table = tables.warc_files
                connection.execute(table.update().where(table.c.name == file).values(round=reader))
            query = sa.select(tables.warc_files.c.name).where(tables.warc_files.c.round == name)
            lone = list(connection.scalars(query))
            _delete_rows(connection, name)
        for file in lone:  # after the index: a file too many does no harm, a missing one does
            (archive.folder / file).unlink(missing_ok=True)
    return size


def _readers(connection: Connection, name: str) -> dict[str, str]:
    """The round's files that other rounds read, each with the first of those."""
    files, captures = tables.warc_files, tables.captures
    query = (
        sa.select(files.c.name, sa.func.min(captures.c.round))
        .join(captures, captures.c.warc_file == files.c.name)
        .where(files.c.round == name, captures.c.round != name)
        .group_by(files.c.name)
    )
    return dict(connection.execute(query).all())


def _delete_rows(connection: Connection, name: str) -> None:
    """What the database holds of a round. The history of jobs stays, with the round's name."""
    held = [
        *reversed(tables.metadata.sorted_tables),
        *store.metadata.sorted_tables,
        *review.metadata.sorted_tables,
        monitors,
    ]
    for table in held:
        if table is not tables.rounds:
            connection.execute(table.delete().where(table.c.round == name))
    connection.execute(tables.rounds.delete().where(tables.rounds.c.name == name))
