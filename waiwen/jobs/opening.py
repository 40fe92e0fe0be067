"""What the commands on jobs begin with: the clock, the command line, the workspace's book and desk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from waiwen.jobs.book import Book
from waiwen.jobs.desk import Desk
from waiwen.jobs.kinds import Commands
from waiwen.workspace import open_workspace

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The job's name.")]


def now_utc() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def root_commands(context: typer.Context) -> Commands:
    """The commands of the command line that runs."""
    root = context.find_root().command
    assert isinstance(root, TyperGroup)
    return Commands(root)


def open_book(workspace: Path, *, create: bool = False) -> Book:
    """The jobs of a workspace. Raises WorkspaceError."""
    return Book(open_workspace(workspace, create=create).archive.engine)


def open_desk(workspace: Path, commands: Commands | None = None, total_rate: float = 0.0) -> Desk:
    """The desk of a workspace; without commands it can look, not run. Raises WorkspaceError."""
    place = open_workspace(workspace)
    return Desk(place, Book(place.archive.engine), commands or Commands(TyperGroup()), total_rate)
