"""What fails on our side, the proxy or the file of the total rate, is told as ours and never as a failure of a site."""

import itertools
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa

from crawler import probes
from crawler.archive import tables
from waiwen.demo.server import DemoServer
from waiwen.workspace import open_workspace

from .jobs.conftest import roster, tiny_web

CRAWL = ("--delay", "0", "--workers", "1", "--round", "r")


@pytest.fixture
def sites(tmp_path):
    return roster(tmp_path / "sites.csv", 0, 1)


@pytest.fixture
def dead():
    """The address of a proxy that nobody serves."""
    with socket.socket() as held:  # bound and not listening: refused, and taken by nobody else
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@contextmanager
def answering(status, *, times=None):
    """A server that gives every request this status, and after so many of them is gone: → its address."""
    asked = itertools.count(1)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            number = next(asked)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            if number == times:
                self.server.shutdown()
                self.server.server_close()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def failed(folder):
    """The captures of a workspace that hold a failure."""
    with open_workspace(folder).archive.engine.connect() as connection:
        return connection.execute(sa.select(tables.captures).where(tables.captures.c.failure.is_not(None))).all()


def visits(folder):
    with open_workspace(folder).archive.engine.connect() as connection:
        return connection.execute(sa.select(probes.probe_table)).all()


@pytest.mark.parametrize("command", ["audit", "discover", "probe"])
def test_a_proxy_that_takes_no_connection_is_bad_input_before_anything_is_written(
    waiwen, sites, dead, tmp_path, command
):
    where = ("--workspace", tmp_path / "ws", "--proxy", dead.replace("http://", "http://me:secret@"))
    code, _, err = waiwen(command, sites, *where)
    assert code == 2
    assert f"--proxy {dead}: takes no connection (Connection refused)" in err
    assert not (tmp_path / "ws").exists()


def test_inspecting_through_a_dead_proxy_names_the_proxy(waiwen, dead):
    code, _, err = waiwen("inspect", "http://www.s0.gov.example/", "--proxy", dead)
    assert (code, f"--proxy {dead}: takes no connection" in err) == (2, True)


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:99999", "http://nowhere.invalid:8080", "http://:8080"])
def test_a_proxy_of_no_real_address_is_bad_input(waiwen, sites, tmp_path, proxy):
    code, _, err = waiwen("audit", sites, "--workspace", tmp_path / "ws", "--proxy", proxy)
    assert (code, f"--proxy {proxy}: " in err) == (2, True)
    assert not (tmp_path / "ws").exists()


def test_a_proxy_that_goes_away_ends_the_round_which_goes_on_when_it_is_back(waiwen, sites, tmp_path):
    with answering(404, times=1) as proxy:
        command = ("audit", sites, "--workspace", tmp_path / "ws", "--proxy", proxy, *CRAWL)
        code, _, err = waiwen(*command)
    assert code == 1
    assert f"--proxy {proxy}: takes no connection any more" in err
    assert failed(tmp_path / "ws") == []
    with DemoServer(tiny_web(2), port=int(proxy.rpartition(":")[2])):
        code, _, err = waiwen(*command)
    assert code == 0, err
    archive = open_workspace(tmp_path / "ws").archive
    for site in ("s0", "s1"):
        assert any(c.url.endswith("/en/0.html") and c.status == 200 for c in archive.captures("r", site))


def test_a_proxy_that_asks_for_a_password_is_told_and_no_site_answered_so(waiwen, sites, tmp_path):
    with answering(407) as proxy:
        code, _, err = waiwen("audit", sites, "--workspace", tmp_path / "ws", "--proxy", proxy, *CRAWL)
        assert code == 1
        assert f"--proxy {proxy}: asks for a user and password" in err
        with open_workspace(tmp_path / "ws").archive.engine.connect() as connection:
            assert connection.execute(sa.select(tables.captures)).all() == []
        code, _, err = waiwen("probe", sites, "--workspace", tmp_path / "ws", "--proxy", proxy, "--delay", "0")
    assert (code, f"--proxy {proxy}: asks for" in err) == (1, True)
    assert visits(tmp_path / "ws") == []


def test_no_visit_is_held_against_a_site_when_the_proxy_has_gone_away(waiwen, sites, tmp_path):
    with answering(404, times=1) as proxy:
        code, _, err = waiwen("probe", sites, "--workspace", tmp_path / "ws", "--proxy", proxy, "--delay", "0")
    assert (code, f"--proxy {proxy}: takes no connection any more" in err) == (1, True)
    assert visits(tmp_path / "ws") == []


@pytest.mark.parametrize("command", ["audit", "discover"])
def test_a_server_that_is_no_proxy_is_told_when_not_one_page_has_come(waiwen, sites, tmp_path, command):
    with answering(404) as proxy:
        code, _, err = waiwen(command, sites, "--workspace", tmp_path / "ws", "--proxy", proxy, *CRAWL)
    assert code == 1
    assert f"--proxy {proxy}: not one page of 2 sites came through it" in err


@pytest.mark.parametrize("command", ["audit", "probe"])
def test_a_total_rate_that_cannot_be_kept_ends_the_crawl_and_no_site_is_to_blame(
    waiwen, sites, tmp_path, monkeypatch, command
):
    (tmp_path / "rate").mkdir()  # a folder where the file is to be
    monkeypatch.setenv("WAIWEN_TOTAL_RATE", "100")
    monkeypatch.setenv("WAIWEN_TOTAL_RATE_FILE", str(tmp_path / "rate"))
    with DemoServer(tiny_web(2)) as server:
        where = ("--workspace", tmp_path / "ws", "--proxy", server.proxy_url, "--delay", "0")
        code, _, err = waiwen(command, sites, *where, *(CRAWL if command == "audit" else ()))
    assert code == 1
    assert f"{tmp_path / 'rate'}: the total rate of all jobs cannot be kept there (Is a directory)" in err
    assert "Traceback" not in err
    assert (failed(tmp_path / "ws"), visits(tmp_path / "ws")) == ([], [])
