"""`waiwen demo`: a whole round on the bundled demonstration sites, or the sites alone to try other commands on."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.errors import BadInput
from crawler.manners import SITE_ZONE, Manners
from crawler.pool import Interrupted
from crawler.roster import read_roster
from scoring.registry import registry
from scoring.ruleset.loading import default_rules_path, load_rules
from waiwen import steps
from waiwen.demo import CUTOFF, ROSTER
from waiwen.options import RulesOption, WorkersOption, WorkspaceOption
from waiwen.rounds import run_round
from waiwen.screen import finish, safe, terminal
from waiwen.workspace import open_workspace

ServeOption = Annotated[
    int | None,
    typer.Option(
        "--serve",
        min=1,
        max=65535,
        metavar="PORT",
        help="Only serve the sites, as a proxy on this port of loopback, until Ctrl-C: to try rounds and jobs on them.",
    ),
]


def demo(
    workspace: WorkspaceOption = Path("workspace/demo"),
    rules: RulesOption = None,
    workers: WorkersOption = 2,
    serve: ServeOption = None,
) -> None:
    """Serve the bundled demonstration sites on loopback and run a whole round on them."""
    from waiwen.demo.server import DemoServer  # noqa: PLC0415 - building the sites is nothing other commands need
    from waiwen.demo.visits import store_past_visits  # noqa: PLC0415

    if serve is not None:
        serve_sites(serve)
        return
    rules_path = rules or default_rules_path()
    load_rules(rules_path, registry())
    place = open_workspace(workspace, create=True)
    store_past_visits(place.archive.engine)
    with DemoServer() as server:
        manners = Manners(delay=0.0, timeout=5.0, proxy=server.proxy_url)
        round_ = steps.begin_round(
            place, read_roster(ROSTER), name="demo", cutoff=CUTOFF, now=datetime.now(SITE_ZONE), manners=manners
        )
        failures = run_round(round_, manners, workers, rules_path, rendering=False)
    finish(failures)


def serve_sites(port: int) -> None:
    """Serve the demonstration sites on a port of loopback until Ctrl-C or SIGTERM. Raises BadInput."""
    from waiwen.demo.server import DemoServer  # noqa: PLC0415

    server = DemoServer(port=port)
    try:
        server.__enter__()
    except OSError as fault:
        raise BadInput(f"--serve {port}: cannot be listened on ({fault.strerror}). Give another port.") from fault
    options = f"--proxy {server.proxy_url} --delay 0 --cutoff {CUTOFF}"
    say = terminal()
    say.print(
        safe(f"{len(read_roster(ROSTER))} fictional sites behind the proxy {server.proxy_url}, until Ctrl-C. Try:")
    )
    say.print(safe(f"  waiwen audit {ROSTER} {options}"), soft_wrap=True)
    say.print(safe(f"  waiwen jobs add try --every 30m --sites {ROSTER} {options}"), soft_wrap=True)
    with suppress(Interrupted, KeyboardInterrupt):
        while True:
            time.sleep(3600)
    server.__exit__(None, None, None)
