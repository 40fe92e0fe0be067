"""How right the facts are: every part's tables of precision, recall and cost on labelled pages.

    make accuracy [SHARED=FOLDER] [PARTS="dates lists"]
    python scripts/accuracy [--shared FOLDER] [PART ...]

A part is a module of this folder with `report(shared)`, which yields tables, and says what it skips: real pages are no
part of this project, and where FOLDER is not there only what the checkout holds is measured.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tables import lines_of

PARTS = ("dates", "lists", "language", "columns", "speed", "pairing")
PEERS = ("htmldate", "trafilatura", "langdetect", "py3langid", "lingua-language-detector", "resiliparse", "lxml")
DEFAULT_SHARED = Path("../shared/data")


def main() -> None:
    """Print the tables of the parts asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--shared", type=Path, default=DEFAULT_SHARED, help="the folder of labelled real pages")
    options = parser.parse_args()
    if unknown := sorted(set(options.parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    shared = options.shared if options.shared.is_dir() else None
    print(f"Python {platform.python_version()}, {', '.join(_versions())}")
    print(f"real pages: {'in ' + str(shared) if shared else f'{options.shared} is not there; own pages only'}")
    start = time.perf_counter()
    for part in options.parts or PARTS:
        _run(part, shared)
    print(f"(done after {time.perf_counter() - start:.0f} s)", file=sys.stderr, flush=True)


def _run(part: str, shared: Path | None) -> None:
    print(f"\n## {part}\n", flush=True)
    print(f"({part} ...)", file=sys.stderr, flush=True)
    start = time.perf_counter()
    try:
        module = import_module(part)
        if not hasattr(module, "report"):
            print(f"skipped, a command of its own: python scripts/accuracy/{part}.py --help")
            return
        for row in module.report(shared):
            print(*lines_of(row), "", sep="\n", flush=True)
            print(f"({part}, after {time.perf_counter() - start:.0f} s: {row.title})", file=sys.stderr, flush=True)
    except ModuleNotFoundError as missing:
        print(f"skipped, {missing.name} is not installed: pip install '.[accuracy,parity]'")
    print(f"({part}: {time.perf_counter() - start:.0f} s)", file=sys.stderr, flush=True)


def _versions() -> list[str]:
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return found


if __name__ == "__main__":
    main()
