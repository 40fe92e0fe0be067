"""Every error that a user can cause or meet, as one tree.

WaiwenError
├── BadInput            exit code 2: nothing was written
│   ├── TableError      a CSV file: sites, values, ratings
│   ├── RulesError      the rule file
│   ├── UnknownRound    a round that the workspace does not hold
│   └── WorkspaceError  the workspace cannot be read or written
├── ArchiveDamaged      a WARC file does not hold what the index says
├── ProxyFails          the proxy lets nothing through; what is stored stays, the round goes on later
└── StorageError        the disk or the database takes no more; what is stored stays, the round goes on later
"""

from __future__ import annotations

from collections.abc import Sequence


class WaiwenError(Exception):
    """Base of all errors that are told to the user without a traceback."""


class BadInput(WaiwenError):
    """The input cannot be used. The message says what, where and what to do."""

    @classmethod
    def listing(cls, subject: str, problems: Sequence[str]) -> BadInput:
        """Build one error that reports every problem of `subject`, a line each."""
        count = f"{len(problems)} problem" + ("" if len(problems) == 1 else "s")
        return cls("\n  ".join([f"{subject}: {count}", *problems]))


class TableError(BadInput):
    """A CSV file (sites, values, ratings) has problems; all of them are in the message."""


class RulesError(BadInput):
    """The rule file has problems; all of them are in the message."""


class UnknownRound(BadInput):
    """The workspace holds no round of that name."""


class WorkspaceError(BadInput):
    """The workspace cannot be read or written."""


class ArchiveDamaged(WaiwenError):
    """A WARC file does not hold what the index says of it."""


class ProxyFails(WaiwenError):
    """The proxy that the user named lets nothing through. What is stored stays as it is."""


class StorageError(WaiwenError):
    """The disk or the database cannot take (or give) what a round needs. What is stored stays as it is."""
