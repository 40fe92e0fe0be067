"""`waiwen retest`: one site of a finished round captured and measured anew, marked as such, the old values kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from crawler.errors import BadInput
from crawler.manners import SITE_ZONE, Manners, require_contact, require_proxy
from crawler.model import Site
from scoring.evidence import Measurement
from scoring.review.records import Retest
from scoring.review.store import ReviewStore
from waiwen import steps
from waiwen.options import (
    DEFAULT_WORKSPACE,
    ContactOption,
    DelayOption,
    PagesOption,
    PrivateOption,
    ProxyOption,
    QuietOption,
    RoundOption,
    TimeoutOption,
    WorkspaceOption,
    manners_of,
)
from waiwen.rounds import fetch
from waiwen.screen import finish, safe, terminal
from waiwen.workspace import open_workspace

DEFAULTS = Manners()


def retest(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    site: Annotated[str, typer.Argument(metavar="SITE", help="The site's id in the roster.")],
    author: Annotated[str, typer.Option(help="Who asked for it.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence that stands in the report.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    max_pages: PagesOption = DEFAULTS.max_pages,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
) -> None:
    """Capture and measure one site of a scored round anew. Run it again to go on after an interruption.

    The report says so and the old values stay on record; `waiwen score` and `waiwen report` then count the new ones.
    """
    if not author.strip() or not reason.strip():
        raise BadInput("--author and --reason: a retest stands in the report with both")
    manners = manners_of(max_pages, delay, timeout, proxy, allow_private, contact, quiet_hours=quiet_hours)
    round_ = steps.open_round(open_workspace(workspace), round_name)
    _, rules = steps.scored(round_)
    found = next((each for each in round_.sites if each.id == site), None)
    if found is None:
        raise BadInput(f"site {site!r}: not in round {round_.name!r}. See its sites with `waiwen explain`.")
    require_contact(manners, (found,))
    require_proxy(manners)
    again = _begin(round_, found, manners)
    failures: list[str] = []
    for step in steps.FETCH_STEPS:
        if step not in again.finished and not failures:
            failures = fetch(again, step, manners, 1)
    if not failures:
        failures = steps.measure_by(again, 1, lambda _: None, rules)
        adopt(round_, again, Retest(site, again.name, author, reason, datetime.now(SITE_ZONE), _before(round_, site)))
    finish(failures)
    words = f"{site} was measured anew. Run `waiwen score --round {round_.name}` and `waiwen report` for it to count."
    terminal().print(safe(words), markup=False, soft_wrap=True)


def _begin(round_: steps.Round, site: Site, manners: Manners) -> steps.Round:
    """Start the site's next retest, or go on with the one that was interrupted."""
    done = {again.source for again in ReviewStore(round_.workspace.store.engine).retests(round_.name)}
    number = 1
    while (name := f"{round_.name}{steps.RETEST}{site.id}-{number}") in done:
        number += 1
    now = datetime.now(SITE_ZONE)
    return steps.begin_round(round_.workspace, (site,), name=name, cutoff=round_.cutoff, now=now, manners=manners)


def _before(round_: steps.Round, site: str) -> dict[str, dict[str, Measurement]]:
    measured = round_.workspace.store.measurements(round_.name)
    return {language: dict(found) for (name, language), found in measured.items() if name == site}


def adopt(round_: steps.Round, again: steps.Round, record: Retest) -> None:
    """Put what the retest measured in the place of what the round held, and keep that; all or nothing."""
    store, archive, site = round_.workspace.store, round_.workspace.archive, record.site_id
    pairs, columns = store.comparisons(again.name)
    versions = archive.versions(again.name, site)
    measured = {language: found for (_, language), found in store.measurements(again.name).items()}
    failed, problem = store.failures(again.name), store.problems(again.name).get(site, "")
    with round_.held(), store.engine.begin() as connection:
        ReviewStore(store.engine).add_retest(round_.name, record, connection)
        archive.replace_versions(round_.name, site, versions, connection)
        store.replace_site(
            round_.name,
            site,
            measured=measured,
            pairs={language: found for (_, language), found in pairs.items()},
            column_pairs={language: found for (_, language), found in columns.items()},
            failed=failed,
            problem=problem,
            connection=connection,
        )
