"""Writes docs/faults.md from the faults themselves: python tests/crawler/faults/table.py"""

from __future__ import annotations

from pathlib import Path

import faults_blocks
import faults_redirects
import faults_robots
import faults_text
import faults_traps
import faults_wire
from faultcases import Fault

DOCUMENT = Path(__file__).parents[3] / "docs" / "faults.md"

GROUPS = (
    ("Blocks, limits, errors, empty answers", faults_blocks),
    ("Connections, encryption, sizes, packings, types", faults_wire),
    ("Redirects", faults_redirects),
    ("robots.txt", faults_robots),
    ("Charsets and hostile text", faults_text),
    ("Sites without end", faults_traps),
)

INTRODUCTION = """# What we meet, and what is recorded of it

Written by `python tests/crawler/faults/table.py` from the faults of the test suite; a test keeps it true. Every row is
a host on loopback that the worker crawls with the settings of a round.

Every failure is recorded with its kind, a sentence, and advice for the site's owner (`failures.csv`). `blocked`,
`robots`, `guard`, `too_large` and `other` say that we have not seen the page, whatever its state: they are never held
against a site.

**Asked again.** A fetch is tried once more where a moment's fault can explain it: a broken or refused connection, the
time limit, 408 and 5xx, a page that breaks off before `</html>`, and 429 once its `Retry-After` is over (not where that
is further off than we wait). Names that do not resolve, encryption that fails, blocks, 4xx, answers that are too large
and circles of redirects are not asked for again. Before the next try the host is left alone, for longer with every
refusal.

**robots.txt** (RFC 9309). 4xx: no rules. 5xx: nothing of the host is read in this run. No answer: the host's own
failure is recorded, and its pages are not asked for. 429 is taken for no answer, as Google does. Up to five redirects
are followed and 500 KiB read.

**Redirects.** Each hop is archived. More than eight, or an address seen before, end the fetch; what is no `http` or
`https` address is never opened.

**Private addresses** are refused at the moment of connecting, on every hop, however they are written (`guard`).

**Lists.** Addresses left out of a crawl (traps, copies, the page limit) are in the archive with their reason.
"""


def rows(faults: tuple[Fault, ...]) -> list[str]:
    """The lines of one group's table."""
    lines = ["| what we meet | told by | recorded | asked | advice |", "| --- | --- | --- | --- | --- |"]
    for fault in faults:
        recorded = f"`{fault.failure.value}`: {fault.note}" if fault.failure else "a page"
        cells = (fault.met, fault.told, recorded, f"{fault.asked or 'not'}", fault.advice)
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |")
    return lines


def document() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for title, group in GROUPS:
        parts += ["\n".join([f"## {title}", "", *rows(group.FAULTS), ""])]
    return "\n".join(parts)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
