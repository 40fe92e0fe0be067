"""`waiwen alerts`: who is told what, and how."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from crawler.errors import BadInput
from waiwen import steps
from waiwen.alerts.book import AlertBook
from waiwen.alerts.events import KINDS, Event, earlier_scored, round_events
from waiwen.alerts.rule import PRESETS, Hook, Mail, Rule, check_rule
from waiwen.alerts.sending import deliver, send_alerts
from waiwen.options import DEFAULT_WORKSPACE, RoundOption, WorkspaceOption
from waiwen.screen import safe, say
from waiwen.workspace import open_workspace

alerts_app = typer.Typer(help="Alerts by e-mail and webhook.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME")]


@alerts_app.command("add")
def add(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    name: NameArgument,
    on: Annotated[str, typer.Option(help=f"Events, with commas between: {', '.join(KINDS)}.")],
    email: Annotated[str, typer.Option(help="Addresses, with commas between.")] = "",
    webhook_env: Annotated[str, typer.Option(help="The environment variable that holds the webhook's address.")] = "",
    preset: Annotated[str, typer.Option(help=f"What the webhook understands: {', '.join(PRESETS)}.")] = "json",
    secret_env: Annotated[str, typer.Option(help="The variable that holds the robot's signing secret.")] = "",
    smtp_host: Annotated[str, typer.Option(help="The mail server.")] = "localhost",
    smtp_port: Annotated[int, typer.Option(min=1, max=65535)] = 25,
    smtp_security: Annotated[str, typer.Option(help="starttls, ssl or none.")] = "none",
    smtp_user: Annotated[str, typer.Option(help="Logs in as this user.")] = "",
    smtp_password_env: Annotated[str, typer.Option(help="The variable that holds the password.")] = "",
    sender: Annotated[str, typer.Option("--from", help="Default: the first of --email.")] = "",
    stale_days: Annotated[float, typer.Option(min=0, help="version_stale: days without an update.")] = 90,
    rank_places: Annotated[float, typer.Option(min=1, help="rank_moved: places, at least.")] = 5,
    every_hours: Annotated[float, typer.Option(min=0, help="The same matter is told once in these hours.")] = 24,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Keep an alert. Secrets stay in the environment: options that end in -env name variables."""
    to = tuple(part.strip() for part in email.split(",") if part.strip())
    try:
        mail = Mail.model_validate({
            "to": to, "sender": sender or to[0], "host": smtp_host, "port": smtp_port, "security": smtp_security,
            "user": smtp_user, "password_env": smtp_password_env,
        }) if to else None  # fmt: skip
        given = {"url_env": webhook_env, "preset": preset, "secret_env": secret_env}
        hook = Hook.model_validate(given) if webhook_env else None
    except ValidationError as fault:
        wrong = [f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in fault.errors(include_input=False)]
        raise BadInput.listing(f"alert {name!r}", wrong) from None
    rule = Rule(
        name=name,
        kinds=tuple(part.strip() for part in on.split(",") if part.strip()),
        mail=mail,
        hook=hook,
        thresholds={"version_stale": stale_days, "rank_moved": rank_places},
        every_hours=every_hours,
    )
    check_rule(rule)
    AlertBook(open_workspace(workspace).archive.engine).add(rule)
    say(f"alert {name}: kept. `waiwen alerts test {name}` sends a message.")


@alerts_app.command("list")
def show(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Print every alert: what it tells, and to whom."""
    for rule in AlertBook(open_workspace(workspace).archive.engine).rules():
        to = ", ".join(rule.mail.to) if rule.mail else f"${rule.hook.url_env} ({rule.hook.preset})" if rule.hook else ""
        say(f"{rule.name}: {', '.join(rule.kinds)} → {to}")


@alerts_app.command("remove")
def remove(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Delete an alert."""
    AlertBook(open_workspace(workspace).archive.engine).remove(name)


@alerts_app.command("test")
def test(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Send a message now, and say whether it arrived."""
    rule = AlertBook(open_workspace(workspace).archive.engine).rule(name)
    problem = deliver(rule, Event("test", name, f"alert {name} works"), datetime.now(UTC))
    if problem:
        Console(stderr=True, highlight=False).print(safe(f"alert {name}: {problem}"), markup=False, soft_wrap=True)
        raise typer.Exit(1)
    say(f"alert {name}: delivered.")


@alerts_app.command("tell")
def tell(workspace: WorkspaceOption = DEFAULT_WORKSPACE, round_name: RoundOption = None) -> None:
    """Tell what a measured round shows: sites down or hijacked, stale versions, ranks that moved since the last one."""
    place = open_workspace(workspace)
    round_ = steps.open_round(place, round_name)
    events = round_events(place, round_.name, earlier_scored(place, round_.name))
    _finish(send_alerts(place, events, datetime.now(UTC)))


@alerts_app.command("retry")
def retry(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Try again what could not be delivered and is due."""
    _finish(send_alerts(open_workspace(workspace), [], datetime.now(UTC)))


def _finish(failed: list[str]) -> None:
    for sentence in failed:
        Console(stderr=True, highlight=False).print(safe(sentence), markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(1)


@alerts_app.command("history")
def history(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Print the newest deliveries: delivered, waiting, or given up, and why."""
    for row in AlertBook(open_workspace(workspace).archive.engine).history():
        why = f" ({row['note']})" if row["note"] else ""
        tries = f"{row['attempts']} attempts"
        say(f"{row['created'][:16]} {row['alert']} {row['kind']} {row['subject']}: {row['state']}, {tries}{why}")
