"""A workspace with jobs, and a web of tiny sites on loopback."""

import contextlib
import io
import signal
import sys
import time

import pytest
import typer

from waiwen.cli import app, main
from waiwen.demo.server import DemoServer
from waiwen.demo.web import DemoWeb, page
from waiwen.jobs.book import Book
from waiwen.jobs.desk import Desk
from waiwen.jobs.kinds import Commands
from waiwen.workspace import open_workspace


@pytest.fixture
def desk(tmp_path):
    return open_desk(tmp_path / "ws")


def open_desk(folder, total_rate=0.0):
    place = open_workspace(folder, create=True)
    return Desk(place, Book(place.archive.engine), Commands(typer.main.get_command(app)), total_rate)


def command_line(*arguments):
    """Run the command line in this process, for fixtures that serve a module: → (exit code, stdout, stderr)."""
    out, err = io.StringIO(), io.StringIO()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.setattr(sys, "argv", ["waiwen", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
    for number, handler in handlers.items():
        signal.signal(number, handler)
    return code, out.getvalue(), err.getvalue()


class Hits(list):
    """What the origin was asked for, with the moment."""

    def append(self, hit):
        super().append((time.monotonic(), *hit))


def tiny_web(sites, pages=3):
    """`sites` sites, each with an English version of a few pages."""
    answers = {}
    for number in range(sites):
        host = f"www.s{number}.gov.example"
        news = "".join(f'<li><a href="/en/{n}.html">Notice number {n} of the city</a></li>' for n in range(pages))
        home = '<a href="/en/">English</a><p>市政府今天召开会议，研究部署经济工作，要求各部门认真落实。</p>'
        answers[host, "/"] = html("市政府", home)
        answers[host, "/en/"] = html("City Government", f"<ul>{news}</ul><p>Welcome to the city and its services.</p>")
        for n in range(pages):
            text = "The city held a meeting about its economy, and all departments are asked to do their part. " * 3
            answers[host, f"/en/{n}.html"] = html(f"Notice {n}", f"<p>2026-11-0{n + 1}</p><p>{text}</p>")
    return DemoWeb(answers)


def html(title, body):
    return page(f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'.encode())


def roster(path, *numbers):
    rows = [f"s{n},城{n},prefecture,东,http://www.s{n}.gov.example/" for n in numbers]
    path.write_text("\n".join(["id,name,cohort,region,url", *rows]) + "\n", "utf-8")
    return path


@pytest.fixture
def web():
    """Serve tiny sites; web(count) → (proxy address, what was asked for)."""
    servers = []

    def serve(sites, pages=3):
        hits = Hits()
        server = DemoServer(tiny_web(sites, pages), hits=hits)
        servers.append(server)
        server.__enter__()
        return server.proxy_url, hits

    yield serve
    for server in servers:
        server.__exit__(None, None, None)
