"""Read hostile pages: does reading ever raise, how long does it take, and does it say what could not be read.

    python scripts/fuzz_extract.py [--pages FOLDER] [--rounds 300] [--seed 0]

Pages are written by hand to hurt (10 MB on one line, 100,000 tags within each other, ...), then pages of the
demonstration sites and of FOLDER, truncated, spliced, with bytes flipped and shuffled. Each is read whole, as a round
does, and written out as `waiwen inspect` does. A page over `LIMIT` CPU seconds, or one that raises, is a failure.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crawler.extract.json_form import as_json
from crawler.extract.page import Page
from crawler.extract.read import read_page

LIMIT = 2.0  # CPU seconds a page
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
MEGABYTES = 10
NESTED = 100_000


@dataclass
class Log:
    """What came of a kind of pages."""

    pages: int = 0
    slowest: float = 0.0
    slowest_name: str = ""
    with_problems: int = 0
    failures: list[str] = field(default_factory=list)


def main() -> int:
    """Print a line for each kind of pages; exit code 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, help="a folder of saved pages to mutate too")
    parser.add_argument("--rounds", type=int, default=300, help="mutated pages of each kind")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    logs: dict[str, Log] = {}
    _read(b"<p>The first page loads models, which is no page's cost, and it is long enough to be told.", "warm", Log())
    for name, body in _by_hand():
        _read(body, name, logs.setdefault(f"by hand: {name}", Log()))
    seeds = list(_seeds(options.pages))
    dice = random.Random(options.seed)  # noqa: S311 - mutations, no secrets
    for kind, name, body in _mutated(seeds, dice, options.rounds):
        _read(body, name, logs.setdefault(f"mutated: {kind}", Log()))
    for kind, log in logs.items():
        slowest = f"{log.slowest:.2f} s" + (f" ({log.slowest_name})" if log.pages > 1 else "")
        print(f"{kind:45} {log.pages:4} pages  slowest {slowest:40} with problems {log.with_problems}")
    failures = [failure for log in logs.values() for failure in log.failures]
    print(*failures, f"{len(failures)} failures", sep="\n")
    return 1 if failures else 0


def _read(body: bytes, name: str, log: Log) -> None:
    start = time.process_time()
    try:
        facts = read_page(Page(body, "http://en.fuzz.gov.example/a/b.html", fetched=FETCHED))
        json.dumps(as_json(facts))
    except Exception as error:  # noqa: BLE001 - what is looked for
        log.failures.append(f"{name}: {type(error).__name__} {error}"[:300])
        return
    spent = time.process_time() - start
    log.pages += 1
    log.with_problems += bool(facts.problems)
    broken = [problem for problem in facts.problems if "Error" in problem]
    log.failures += [f"{name}: {problem}" for problem in broken]
    if spent > log.slowest:
        log.slowest, log.slowest_name = spent, name
    if spent > LIMIT:
        log.failures.append(f"{name}: {spent:.1f} s")


def _by_hand() -> Iterator[tuple[str, bytes]]:
    size = MEGABYTES << 20
    for name, piece in {
        "one line of words": "the city of ", "one line of Chinese": "政府网站", "one line without blanks": "x",
        "digits": "0571", "dates": "2026-05-01 ", "blanks": " ", "at signs": "@", "colons": "地址：", "brackets": "((",
        "opening signs": "<", "ampersands": "&", "entities": "&nbsp;", "NUL": "\x00", "links": '<a href="/x">News</a>',
        "links of a kind": "<a href=?a>A</a>", "images": "<img src=a.png>", "headings": "<h1><a href=/a>News</a></h1>",
        "forms": "<form><input name=q></form>", "fields": "<input name=q>", "metas": "<meta name=a content=b>",
        "tables": "<table><tr><td><a href=x>News</a>", "classes": "<div class='nav menu'><a href=x>News</a></div>",
        "comments": "<!-- ", "scripts": "<script>location.href='/en/'+", "options": "<option value=/en/>English",
        "hotlines": "热线12345 ", "mails": "a@b.gov.cn ", "months": "May 1 ", "brackets of Chinese": "(中文)",
        "paragraphs": "<p>x", "attributes": "<p a=1 ", "titles": "<title>x</title>", "lists": "<ul><li><a href=/x>News",
    }.items():  # fmt: skip
        body = piece.encode()
        yield f"{MEGABYTES} MB of {name}", body * (size // len(body))
    for tag in (
        "div",
        "b",
        "font",
        "table",
        "ul",
        "nav",
        "a href=/x",
        "form",
        "span class=nav",
        "li",
        "p",
        "svg",
        "select",
    ):
        yield f"{NESTED} nested <{tag}>", f"<{tag}>".encode() * NESTED + b"News"
    yield "one word of 10 MB in each attribute", b'<a href="' + b"x" * size + b'">a</a>'
    yield "a script of 10 MB", b"<script>" + b"location.href='/en/';" * (size // 21) + b"</script>"
    yield "all bytes", bytes(range(256)) * 4_000
    yield "nothing", b""


def _seeds(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    from waiwen.demo.build import build_sites  # noqa: PLC0415 - builds all sites

    answers = build_sites().answers.items()
    found = [(host + path, answer.body) for (host, path), answer in answers if answer.content_type == "text/html"]
    yield from found[:: max(1, len(found) // 60)]
    for path in sorted(folder.rglob("*.html"))[:400] if folder else ():
        yield path.name, path.read_bytes()


def _mutated(seeds: list[tuple[str, bytes]], dice: random.Random, rounds: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield kind, name and bytes: the same for the same seed of the dice."""
    for number in range(rounds):
        name, body = dice.choice(seeds)
        other = dice.choice(seeds)[1]
        cut, at = dice.randrange(len(body) + 1), dice.randrange(len(other) + 1)
        yield "truncated", f"{name}[:{cut}]", body[:cut]
        yield "spliced", f"{name}[:{cut}] + other[{at}:]", body[:cut] + other[at:]
        flipped = bytearray(body)
        for _ in range(max(1, len(body) // 200)):
            if flipped:
                flipped[dice.randrange(len(flipped))] = dice.randrange(256)
        yield "bytes flipped", f"{name}, flips of round {number}", bytes(flipped)
        lines = body.split(b"<")
        dice.shuffle(lines)
        yield "tags shuffled", f"{name}, shuffle of round {number}", b"<".join(lines)
        yield "random bytes", f"random bytes of round {number}", dice.randbytes(dice.randrange(20_000))


if __name__ == "__main__":
    sys.exit(main())
