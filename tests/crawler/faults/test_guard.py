"""The guard in a worker of its own. Loopback has no public address, so one network of it is declared public there."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import MANNERS, archive_of, job_of, kinds
from faultserver import Host, page

from crawler.job import JOB
from crawler.model import Failure, Site

# 127.0.10.0/24 stands for the internet; a name of ours changes its answer between two connections.
WORKER = """
import socket, sys
import crawler.guard
crawler.guard.is_public = lambda address: address.startswith("127.0.10.")
answers, resolve = iter(sys.argv[1:]), socket.getaddrinfo
def changing(host, *rest, **named):
    return resolve(next(answers) if host == "changing.example" else host, *rest, **named)
socket.getaddrinfo = changing
from crawler.worker import main
sys.exit(main())
"""


def to(*locations):
    """A home page that leads to these places."""
    links = "".join(f"<a href='/go/{number}'>Go on to number {number}</a>" for number in range(len(locations)))

    def serve(wire, asked):
        if asked.path.startswith("/go/"):
            wire.redirect(locations[int(asked.path[4:])])
        else:
            wire.answer(page("Public", links))

    return serve


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """The archive of a guarded crawl, and what the private server was asked."""
    from faultserver import FaultServer

    folder = tmp_path_factory.mktemp("guard")
    with FaultServer({"private": Host(lambda wire, asked: wire.answer(page("Secret")))}, network="127.0.0") as private:
        port = private.origins["private"].rpartition(":")[2]
        secret = [f"http://{host}:{port}/" for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1")]
        secret += ["http://169.254.169.254/latest/meta-data/", f"http://[::ffff:127.0.0.1]:{port}/"]
        hosts = {"leads": Host(to(*secret)), "changes": Host(to("/there"))}
        with FaultServer(hosts) as public:
            origin = public.origins
            changing = origin["changes"].replace(origin["changes"].split("/")[2].rpartition(":")[0], "changing.example")
            sites = [
                Site("leads", "leads", "county", "", origin["leads"] + "/"),
                Site("private", "private", "county", "", private.origins["private"] + "/"),
                Site("changes", "changes", "county", "", changing + "/"),
            ]
            archive = archive_of(sites, folder)
            job = job_of("crawl", sites, folder, replace(MANNERS, allow_private=False))
            answers = [origin["changes"].split("/")[2].rpartition(":")[0], *["127.0.0.1"] * 20]
            worker = subprocess.Popen(
                [sys.executable, "-c", WORKER, *answers],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=Path(__file__).parents[3],
            )
            worker.stdin.write(JOB.dump_json(job) + b"\n")
            worker.stdin.flush()
            assert worker.wait(60) == 0, worker.stdout.read()
            worker.stdin.close()
            worker.stdout.close()
        yield archive, len(secret), dict(private.asked)


def test_a_private_site_is_refused_and_never_asked(guarded):
    archive, _, asked = guarded
    assert kinds(archive, "private") == [Failure.GUARD]
    assert asked == {}


def test_every_redirect_into_the_own_network_is_refused(guarded):
    archive, count, _ = guarded
    refused = [capture for capture in archive.captures("r", "leads") if capture.failure is Failure.GUARD]
    assert len(refused) == count
    assert all("is not a public address" in capture.failure_note for capture in refused)


def test_a_name_that_changes_its_answer_leads_nowhere_private(guarded):
    archive, _, asked = guarded
    assert archive.captures("r", "changes")
    assert asked == {}
