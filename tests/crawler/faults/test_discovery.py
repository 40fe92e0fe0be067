"""Circles of gateways while a site's versions are looked for."""

from __future__ import annotations

import faults_redirects
import faults_traps
import pytest
from conftest import MANNERS, archive_of, job_of, kinds
from faultserver import FaultServer

from crawler.model import Failure, Site
from crawler.pool import run_jobs

NAMES = {"trap-refresh", "trap-frames", "trap-script", "redirect-circle", "redirect-script"}
FAULTS = [fault for group in (faults_redirects, faults_traps) for fault in group.FAULTS if fault.name in NAMES]


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory):
    """The archive after discovery, and how often each host was asked."""
    folder = tmp_path_factory.mktemp("discovery")
    with FaultServer({fault.name: fault.host for fault in FAULTS}) as server:
        sites = [Site(name, name, "county", "", origin + "/") for name, origin in server.origins.items()]
        archive = archive_of(sites, folder)
        assert not run_jobs([job_of("discover", sites, folder, MANNERS)], lambda: None)
        pages = [name for name, path, _ in server.requests if path != "/robots.txt" and _walked(path)]
        yield archive, {name: pages.count(name) for name in NAMES}


def _walked(path):
    return path in ("/", "/b", "/b.html") or path.startswith("/?n=")


@pytest.mark.parametrize(("name", "most"), [("trap-refresh", 6), ("trap-frames", 2), ("trap-script", 2)])
def test_gateways_are_followed_a_few_hops(looked_at, name, most):
    _, asked = looked_at
    assert 1 < asked[name] <= most


def test_a_circle_of_redirects_is_a_failure_of_its_own(looked_at):
    archive, asked = looked_at
    assert kinds(archive, "redirect-circle")[:3] == [None, None, Failure.OTHER]
    assert asked["redirect-circle"] == 2


def test_a_redirect_to_a_script_is_an_answer(looked_at):
    archive, _ = looked_at
    assert archive.captures("r", "redirect-script")[0].status == 302
