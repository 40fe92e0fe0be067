"""`waiwen jobs`: schedules, and who runs them."""

from __future__ import annotations

import typer

from waiwen.jobs.keeping import add, edit, list_jobs, pause, remove, resume, show
from waiwen.jobs.running import history, run_now, serve_jobs

jobs_app = typer.Typer(help="Scheduled jobs: keep them, run them, see what came of them.", no_args_is_help=True)

# Options of the command that a job runs may follow; they are read by that command's own declarations.
_EXTRA = {"allow_extra_args": True, "ignore_unknown_options": True}

jobs_app.command("add", context_settings=_EXTRA)(add)
jobs_app.command("edit", context_settings=_EXTRA)(edit)
jobs_app.command("list")(list_jobs)
for command in (show, pause, resume, remove, history):
    jobs_app.command()(command)
jobs_app.command("run")(run_now)
jobs_app.command("serve")(serve_jobs)
