"""A retest takes the place of what was there as a whole, or not at all."""

from datetime import UTC, date, datetime

import pytest

from crawler.model import ForeignVersion, Site, Verdict
from scoring.evidence import EvidenceRef, measured
from scoring.review.records import Retest
from scoring.review.store import ReviewStore
from scoring.store import Store
from waiwen import steps
from waiwen.retest import adopt
from waiwen.workspace import open_workspace

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
SITE = Site("a", "甲", "c", "", "http://www.a.gov.example/")
REF = EvidenceRef(1, "http://en.a.gov.example/", NOON, "sha256:0", "a.warc.gz", 0)
RETEST = Retest("a", "r.retest-a-1", "Li", "its server was moved", NOON, {})


def hold(place, name, verdict, value):
    """A round in which the site's version has one measurement."""
    place.archive.start_round(name, [SITE], cutoff=date(2026, 6, 30), started=NOON, digest="d", settings={})
    version = ForeignVersion("a", "en", "http://en.a.gov.example/", "English", "link", verdict, "")
    place.archive.replace_versions(name, "a", [version])
    found = {"en": {"article_count": measured(value, note="counted", evidence=[REF])}}
    place.store.replace_site(name, "a", measured=found, pairs={}, column_pairs={}, failed=(), problem="")


@pytest.fixture
def place(tmp_path, database_url, monkeypatch):
    monkeypatch.setenv("WAIWEN_DATABASE_URL", database_url)
    place = open_workspace(tmp_path / "ws", create=True)
    hold(place, "r", Verdict.STUB, 1)
    hold(place, RETEST.source, Verdict.REAL, 9)
    yield place
    place.archive.engine.dispose()


def state(place):
    (version,) = place.archive.versions("r", "a")
    value = place.store.measurements("r")["a", "en"]["article_count"].value
    return version.verdict, value, len(ReviewStore(place.store.engine).retests("r"))


def test_a_retest_brings_its_mark_its_versions_and_its_values_together(place):
    adopt(steps.open_round(place, "r"), steps.open_round(place, RETEST.source), RETEST)
    assert state(place) == (Verdict.REAL, 9, 1)


def test_a_retest_that_dies_in_between_leaves_the_round_as_it_was_and_can_be_run_again(place, monkeypatch):
    real = Store.replace_site

    def dies(self, *arguments, **named):
        real(self, *arguments, **named)
        raise KeyboardInterrupt

    before = state(place)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Store, "replace_site", dies)
        adopt(steps.open_round(place, "r"), steps.open_round(place, RETEST.source), RETEST)
    assert state(place) == before == (Verdict.STUB, 1, 0)
    adopt(steps.open_round(place, "r"), steps.open_round(place, RETEST.source), RETEST)
    assert state(place) == (Verdict.REAL, 9, 1)
