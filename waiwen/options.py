"""The options that several commands share: one name, one help text, one meaning each."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.manners import Manners, check_manners

DEFAULTS = Manners()


def day_of(text: str) -> date:
    """Read a day that an option was given. Raises BadParameter."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError as fault:
        raise typer.BadParameter(f"{text!r} is no day. Write it as YYYY-MM-DD, such as 2026-06-30.") from fault


RosterArgument = Annotated[Path, typer.Argument(metavar="SITES.csv", help="The site list: id,name,cohort,region,url.")]
DEFAULT_WORKSPACE = Path("workspace")
WorkspaceOption = Annotated[Path, typer.Option(help="Folder that holds everything: database, archive, reports.")]
RoundOption = Annotated[str | None, typer.Option("--round", help="The round's name. Default: the newest.")]
NewRoundOption = Annotated[
    str | None,
    typer.Option("--round", help="The round's name. Default: the unfinished one of this site list, else a new one."),
]
RulesOption = Annotated[Path | None, typer.Option(help="The rule file. Default: the bundled indicators.yaml.")]
CutoffOption = Annotated[
    date | None,
    typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="The only 'today' of the round. Default: today."),
]
PagesOption = Annotated[int, typer.Option(min=1, help="Page budget of each version.")]
DelayOption = Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to a host, at least.")]
TimeoutOption = Annotated[float, typer.Option(min=0.1, help="Seconds to wait for one answer.")]
ProxyOption = Annotated[str, typer.Option(envvar="WAIWEN_PROXY", help="HTTP proxy, as http://host:port.")]
PrivateOption = Annotated[bool, typer.Option("--allow-private", help="Allow private and loopback addresses.")]
WorkersOption = Annotated[int, typer.Option(min=1, max=64, help="Worker processes.")]
ContactOption = Annotated[
    str, typer.Option(envvar="WAIWEN_CONTACT", help="Your address, told to the sites in the user agent.")
]
RateOption = Annotated[float, typer.Option(min=0.0, help="Requests a second of the whole crawl, at most. 0: no bound.")]
RenderOption = Annotated[
    bool | None,
    typer.Option(
        "--render/--no-render",
        help="Open pages in a browser: always (with pictures of home pages), or never. "
        "Default: where they show nothing without, and there is one.",
        show_default=False,
    ),
]
QuietOption = Annotated[
    str, typer.Option(metavar="HH:MM-HH:MM", help="No request starts in these hours, in the sites' time zone.")
]


def manners_of(
    max_pages: int,
    delay: float,
    timeout: float,
    proxy: str,
    allow_private: bool,
    contact: str,
    rate: float = DEFAULTS.rate,
    quiet_hours: str = DEFAULTS.quiet_hours,
) -> Manners:
    """Return the manners that options ask for. Raises BadInput for a value that cannot be."""
    manners = Manners(
        delay=delay,
        timeout=timeout,
        max_pages=max_pages,
        proxy=proxy,
        allow_private=allow_private,
        contact=contact,
        rate=rate,
        quiet_hours=quiet_hours,
    )
    check_manners(manners)
    return manners
