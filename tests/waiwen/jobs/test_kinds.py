"""Each kind of job, run once as it really runs: by `waiwen jobs run`, a child process a command, on a tiny site."""

import csv
import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from crawler.archive import tables
from crawler.model import CHINESE, Verdict
from crawler.probes import stored_visits
from scoring.evidence import Outcome
from scoring.ruleset.loading import default_rules_path
from waiwen.demo.server import DemoServer
from waiwen.demo.web import DemoWeb
from waiwen.jobs.book import State
from waiwen.jobs.kinds import KINDS

from .conftest import Hits, command_line, open_desk, roster, tiny_web

CRAWL = ("--delay", "0", "--workers", "1")
ENGLISH = ("www.s0.gov.example", "/en/")


def site_with_etags():
    """A tiny site that tells what has not changed, with a link that is dead."""
    web = tiny_web(1, pages=3)
    links = '<p><a href="/en/gone.html">A service that is no longer there</a></p></body>'
    answers = dict(web.answers)
    answers[ENGLISH] = replace(answers[ENGLISH], body=answers[ENGLISH].body.replace(b"</body>", links.encode()))
    return DemoWeb(
        {
            place: replace(answer, headers=(*answer.headers, ("ETag", f'"{place[1]}"')))
            for place, answer in answers.items()
        }
    )


class Ran:
    """Jobs of every kind in one workspace, one after the other, each run once."""

    def __init__(self, folder):
        self.folder, self.ws = folder, folder / "ws"
        self.hits = Hits()
        self.sites = roster(folder / "sites.csv", 0)

    def job(self, kind, *options):
        where = ("--workspace", self.ws)
        code, _, err = command_line("jobs", "add", kind, "--kind", kind, *options, *where)
        assert (code, err) == (0, "")
        asked = len(self.hits)
        code, out, err = command_line("jobs", "run", kind, *where)
        return code, out + err, self.hits[asked:]

    @property
    def desk(self):
        return open_desk(self.ws)

    def run(self, kind):
        return self.desk.book.newest(kind)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    ran = Ran(folder)
    with DemoServer(site_with_etags(), hits=ran.hits) as server:
        online = ("--sites", ran.sites, "--proxy", server.proxy_url)
        ran.said = {kind: ran.job(kind, *online, *CRAWL) for kind in ("round", "recrawl", "links", "discover")}
        ran.said["probe"] = ran.job("probe", *online)
    ran.steps_of_links = steps_of(ran, "links")
    ran.links_reported = (ran.ws / "reports" / ran.run("links").round).exists()
    ran.first = ran.run("round").round
    ran.report = ran.ws / "reports" / ran.first
    ran.before = contents(ran.report)
    for path in ran.report.glob("*.csv"):
        path.unlink()
    ran.said["report"] = ran.job("report", "--round", ran.first)
    more_captures(ran.desk.place.archive.engine, ran.first)  # so that later rounds have fewer than usual
    ran.rules = folder / "rules.yaml"
    ran.rules.write_text(default_rules_path().read_text("utf-8") + "# weighed anew\n", "utf-8")
    ran.said["rescore"] = ran.job("rescore", "--rules", ran.rules, "--workers", "1")
    return ran


def more_captures(engine, round_name):
    """Make a round as large again."""
    table = tables.captures
    columns = [column for column in table.columns if column is not table.c.id]
    copies = sa.select(*columns).where(table.c.round == round_name)
    with engine.begin() as connection:
        connection.execute(table.insert().from_select([column.name for column in columns], copies))


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_of_each_kind_ends_well_and_its_history_leads_to_round_and_log(ran, kind):
    code, said, _ = ran.said[kind]
    assert (code, said.startswith(f"{kind}: done")) == (0, True), said
    run = ran.run(kind)
    assert (run.state, run.exit, run.attempt, run.by_hand) == (State.DONE, 0, 1, True)
    told = command_line("jobs", "history", kind, "--workspace", ran.ws)[1]
    assert "done  by hand, attempt 1" in told
    assert "exit 0" in told
    log = ran.ws / run.log
    assert str(log) in told
    lines = [line for line in log.read_text("utf-8").splitlines() if line.startswith("$ waiwen ")]
    assert [line.split()[2] for line in lines] == list(KINDS[kind].commands)
    assert (f"round {run.round}" in told) == bool(run.round) == (kind != "probe")


def steps_of(ran, kind):
    return ran.desk.place.archive.round_record(ran.run(kind).round)["finished_steps"]


def captures(ran, kind):
    return ran.desk.place.archive.captures(ran.run(kind).round, "s0")


def test_a_round_is_scored_and_reported(ran):
    assert steps_of(ran, "round") == ["discover", "crawl", "measure", "score", "report"]
    with (ran.report / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["site"] for row in csv.DictReader(file)] == ["s0"]


def test_discovery_finds_the_version_and_crawls_nothing(ran):
    assert steps_of(ran, "discover") == ["discover"]
    (version,) = ran.desk.place.archive.versions(ran.run("discover").round, "s0")
    assert (version.language, version.verdict) == ("en", Verdict.REAL)
    assert not any(path.endswith(".html") for _, _, path, _ in ran.said["discover"][2])


def test_a_recrawl_asks_only_what_changed_and_holds_all_the_same(ran):
    assert steps_of(ran, "recrawl") == ["discover", "crawl"]
    answers = Counter(status for _, _, path, status in ran.said["recrawl"][2] if path != "/robots.txt")
    assert answers[304] >= 5
    assert answers[200] == 0
    seen, before = ({c.url for c in captures(ran, kind) if c.status == 200} for kind in ("recrawl", "round"))
    assert seen == before


def test_a_check_of_links_measures_the_dead_ones_and_scores_nothing(ran):
    assert ran.steps_of_links == ["discover", "crawl", "measure"]
    found = ran.desk.place.store.measurements(ran.run("links").round)["s0", "en"]["broken_link_share"]
    assert (found.outcome, found.value > 0) == (Outcome.MEASURED, True)
    assert any("gone.html" in ref.url for ref in found.evidence) or "gone.html" in found.note
    assert not ran.links_reported


def test_a_probe_visits_each_home_page_once_and_makes_no_round(ran):
    now = datetime.now(UTC)
    engine = ran.desk.place.archive.engine
    for version in (CHINESE, "en"):
        (visit,) = stored_visits(engine, "s0", version, now - timedelta(hours=1), now + timedelta(hours=1))
        assert (visit.failure, visit.blocked) == (None, False)
    assert ran.run("probe").round not in ran.desk.place.archive.round_names()


def test_rescoring_works_on_the_newest_crawled_round_and_asks_no_site(ran):
    assert ran.said["rescore"][2] == []
    run = ran.run("rescore")
    assert run.round == ran.run("links").round  # the discovery after it crawled nothing
    _, rules = ran.desk.place.store.ranking(run.round)
    digest = hashlib.sha256(ran.rules.read_bytes()).hexdigest()[:16]
    assert rules.digest.endswith(digest)
    with (ran.ws / "reports" / run.round / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["rules_digest"] for row in csv.DictReader(file)} == {rules.digest}


def test_a_report_is_written_again_byte_for_byte(ran):
    assert ran.said["report"][2] == []
    assert ran.run("report").round == ran.first
    assert contents(ran.report) == ran.before


def test_a_marked_round_bears_its_mark_in_its_report_its_tables_and_its_job_s_history(ran):
    report = ran.ws / "reports" / ran.run("rescore").round
    page = (report / "report.html").read_text("utf-8")
    assert "This round is marked" in page
    assert "本轮采集异常" in page
    with (report / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["marks"] for row in csv.DictReader(file)} == {"captures"}
    assert "MARKED captures: " in command_line("jobs", "history", "rescore", "--workspace", ran.ws)[1]
    with (ran.report / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["marks"] for row in csv.DictReader(file)} == {"none"}
