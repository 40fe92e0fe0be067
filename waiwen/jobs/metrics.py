"""Metrics of the jobs in Prometheus' text format, on the one address that the operator names."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from crawler.archive.index import Archive
from crawler.errors import BadInput, WaiwenError
from waiwen.jobs.book import Book, Standing, State
from waiwen.jobs.progress import snapshot

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metrics_text(book: Book, archive: Archive, now: datetime) -> str:
    """All metrics at a moment. A job's last run tells its state; a round that runs, how far it is."""
    jobs = book.jobs()
    lines = ["# TYPE waiwen_jobs gauge", f"waiwen_jobs {len(jobs)}"]
    lines += ["# TYPE waiwen_jobs_running gauge", f"waiwen_jobs_running {len(book.running())}"]
    lines.append("# TYPE waiwen_job_paused gauge")
    lines += [f"waiwen_job_paused{{{_label('job', job.name)}}} {int(job.paused)}" for job in jobs]
    standings = book.standings(now)
    newest = {job.name: run for job in jobs if (run := standings.get(job.name, Standing()).newest)}
    lines.append("# TYPE waiwen_job_last_state gauge")
    for name, run in newest.items():
        for state in State:
            labels = f"{_label('job', name)},{_label('state', state.value)}"
            lines.append(f"waiwen_job_last_state{{{labels}}} {int(run.state is state)}")
    lines.append("# TYPE waiwen_job_last_start_timestamp_seconds gauge")
    lines += [_at("waiwen_job_last_start_timestamp_seconds", name, run.started) for name, run in newest.items()]
    done = book.last_done()
    lines.append("# TYPE waiwen_job_last_done_timestamp_seconds gauge")
    lines += [_at("waiwen_job_last_done_timestamp_seconds", name, done[name]) for name in newest if name in done]
    return "\n".join([*lines, *_rounds(book, archive, now)]) + "\n"


def _rounds(book: Book, archive: Archive, now: datetime) -> Iterator[str]:
    known = set(archive.round_names())
    seen = [snapshot(archive, run.round, now) for run in book.running() if run.round in known]
    for name in ("sites", "sites_done", "captures", "blocked", "failed"):
        yield f"# TYPE waiwen_round_{name} gauge"
        for found in seen:
            yield f"waiwen_round_{name}{{{_label('round', found.round)}}} {getattr(found, name)}"


def _label(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{name}="{escaped}"'


def _at(name: str, job: str, moment: datetime) -> str:
    return f"{name}{{{_label('job', job)}}} {moment.timestamp():.0f}"


def parse_address(text: str) -> tuple[str, int]:
    """Read `127.0.0.1:9108`. Raises BadInput: an address is named, never guessed."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise BadInput(f"--metrics {text}: write it as ADDRESS:PORT, such as 127.0.0.1:9108")
    return host.strip("[]"), int(port)


@contextmanager
def serving_metrics(address: tuple[str, int], text: Callable[[], str]) -> Iterator[int]:
    """Answer GET /metrics at an address while the context lasts; gives the port. Raises BadInput."""

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        daemon_threads = True

    class Handler(BaseHTTPRequestHandler):
        server_version = "waiwen"
        sys_version = ""

        def do_GET(self) -> None:
            if self.path != "/metrics":
                self.send_error(404)
                return
            try:
                body = text().encode()
            except WaiwenError:
                self.send_error(503, "the database cannot be read now")
                return
            self.send_response(200)
            self.send_header("Content-Type", CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
            """Keep the log for the jobs."""

    try:
        server = Server(address, Handler)
    except OSError as fault:
        raise BadInput(f"--metrics {address[0]}:{address[1]}: cannot be listened on ({fault.strerror})") from fault
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def text_of(book: Book, archive: Archive) -> Callable[[], str]:
    """The metrics of a workspace, now."""
    return lambda: metrics_text(book, archive, datetime.now(UTC))
