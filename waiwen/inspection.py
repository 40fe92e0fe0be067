"""`waiwen inspect`: the facts of saved or fetched pages, for an analyst who asks why a page was read as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from crawler.errors import BadInput
from crawler.extract.json_form import as_json
from crawler.extract.page import Page
from crawler.extract.read import read_page
from crawler.manners import Manners, require_proxy
from waiwen.screen import safe

if TYPE_CHECKING:
    from crawler.fetch import Fetched


_LONGEST = 300  # characters of a text that are shown on a line; --json has all


def inspect_all(
    sources: Sequence[str], *, url: str, fetched: date, as_json: bool, manners: Manners, console: Console
) -> list[str]:
    """Print the facts of every source; returns a sentence for each that could not be had."""
    remote = [source for source in sources if _is_url(source)]
    if url and (len(sources) > 1 or remote):
        raise BadInput("--url: goes with exactly one saved page")
    # The end of the day it was fetched on: a page published that day is not in the future.
    moment = datetime.combine(fetched, time(23, 59), UTC)
    saved = {source: _read(Path(source), url, moment) for source in sources if not _is_url(source)}
    answers = {page.asked: page for page in _fetch(remote, manners)} if remote else {}
    failures = []
    for source in sources:
        page = saved.get(source)
        if page is None:
            answer = answers[source]
            if answer.problem:
                failures.append(f"{source}: {answer.problem}")
                continue
            page = Page(answer.body, answer.url, fetched=moment, content_type=answer.content_type)
        facts = _facts(page)
        if as_json:
            # ASCII escapes keep control characters out of the terminal and every reader in step.
            print(json.dumps(facts, ensure_ascii=True))  # noqa: T201 - data for other programs, not for rich
        else:
            for line in _lines(facts):
                console.print(safe(line), markup=False, soft_wrap=True)
            console.print()
    return failures


def _fetch(urls: Sequence[str], manners: Manners) -> list[Fetched]:
    require_proxy(manners)
    # Imported here: starting Scrapy takes longer than reading a saved page.
    from crawler.fetch import fetch_pages  # noqa: PLC0415

    return fetch_pages(urls, manners)


def _is_url(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _read(path: Path, url: str, moment: datetime) -> Page:
    try:
        body = path.read_bytes()
    except OSError as fault:
        raise BadInput(
            f"{path}: cannot be read ({fault.strerror}). Give a saved page, or an address with http:// or https://"
        ) from fault
    # .invalid never resolves: a saved page whose address is not given gets links that lead nowhere real.
    return Page(body, url or f"http://saved.invalid/{path.name}", fetched=moment)


def _facts(page: Page) -> dict[str, Any]:
    return as_json(read_page(page))


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    """One fact a line; lists a line an entry, the first ten."""
    for name, value in facts.items():
        if isinstance(value, list):
            yield f"{name}: {len(value)}"
            for entry in value[:10]:
                yield f"    {_flat(entry)}"
            if len(value) > 10:
                yield f"    ... and {len(value) - 10} more (--json shows all)"
        else:
            yield f"{name}: {_flat(value)}"


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}={_flat(inner)}" for key, inner in value.items() if inner not in (None, "", [], {}))
    return "-" if value is None else str(value)[:_LONGEST]
