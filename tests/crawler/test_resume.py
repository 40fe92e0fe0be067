"""A crawl that is killed, interrupted or runs out of room, and goes on: real processes against a server on loopback."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit

import pytest

from crawler.archive.index import Archive, open_database
from crawler.archive.verify import verify

# What a round's command does around its workers, on one site; exit codes as the command line's.
COMMAND = """
import resource, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
from crawler.archive.index import Archive, open_database
from crawler.archive.lock import held
from crawler.archive.passes import begin_pass
from crawler.archive.repair import mend_round
from crawler.job import Job, SiteTask, Target
from crawler.manners import Manners
from crawler.model import Site
from crawler.pool import Interrupted, run_jobs
from crawler.scope import scope_of_home

def interrupt(number, frame):
    raise Interrupted
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, interrupt)
folder, proxy, largest = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
database = f"sqlite:///{folder / 'waiwen.db'}"
archive = Archive(open_database(database), folder / "archive")
archive.folder.mkdir(exist_ok=True)
zh, en = "http://www.a.gov.example/", "http://en.a.gov.example/"
site = Site("a", "A", "city", "", zh)
with held(folder / "r.lock", "round 'r'") as lock:
    if "r" not in archive.round_names():
        now = datetime(2026, 6, 30, tzinfo=UTC)
        archive.start_round("r", [site], cutoff=date(2026, 6, 30), started=now, digest="", settings={})
    for sentence in mend_round(archive, "r"):
        print(sentence, file=sys.stderr)
    since = begin_pass(archive, "r", "crawl", ["crawl"])
    targets = tuple(
        Target(tag, home, scope_of_home(tag, home, base=tag == "zh", site_url=zh))
        for tag, home in (("zh", zh), ("en", en))
    )
    manners = Manners(delay=0.0, timeout=60.0, max_pages=30, proxy=proxy)
    log = str(folder / "worker.log")
    tasks = (SiteTask(site, targets),)
    job = Job("crawl", "r", "crawl-0", database, str(archive.folder), log, manners, tasks, since, 0.5)
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    try:
        problems = run_jobs([job], lambda: None, [lock])
    except Interrupted:
        sys.exit(3)
    if not problems:
        archive.finish_step("r", "crawl")
    print("\\n".join(problems), file=sys.stderr)
    sys.exit(1 if problems else 0)
"""
NOISE = b"<html><!-- " + b64encode(Random(7).randbytes(2_400_000)) + b" --></html>"  # hardly packs
PAGES = 10  # ordinary pages a version, beside the odd ones


class Handler(BaseHTTPRequestHandler):
    """Answers as a proxy for two hosts of one site."""

    # 1.0: a connection an answer. On one that was used before, Twisted asks again by itself after a hang-up.
    protocol_version = "HTTP/1.0"

    def do_GET(self):
        asked = urlsplit(self.path)
        self.server.asked.append((asked.hostname, asked.path))
        self.server.before(asked.path)
        time.sleep(0.03)
        if asked.path == "/hangup":
            self.close_connection = True
            return
        status, kind, body = self.answer(asked.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, path):
        if path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /secret"
        if path == "/broken":
            return 503, "text/html", b"<html>later</html>"
        if path == "/noise":
            return 200, "text/html", NOISE
        odd = "".join(
            f"<a href='/{name}'>{name}</a>" for name in ("broken", "hangup", "page0.html", "secret", "noise", "gone")
        )
        links = "".join(f"<a href='/page{number}.html'>Page {number}</a>" for number in range(PAGES))
        status = 404 if path == "/gone" else 200
        words = " ".join(Random(path).choices("river bridge harbour school market garden tower lake".split(), k=200))
        return status, "text/html", f"<html><body>{odd if path == '/' else links}<p>{words}</p></body></html>".encode()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.before = lambda path: None
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, *_):
        pass


class Round:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.server = Server()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def start(self, largest=0):
        command = [sys.executable, "-c", COMMAND, str(self.folder), self.url, str(largest)]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)

    def run(self, largest=0):
        process = self.start(largest)
        words = process.communicate(timeout=120)[1]
        return process.returncode, words

    def kill_after(self, answers, *, group):
        process = self.start()
        enough = max(answers, len(self.server.asked) + 1)
        while len(self.server.asked) < enough and process.poll() is None:
            time.sleep(0.005)
        assert process.poll() is None, process.stderr.read()
        if group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
        time.sleep(0.05)
        return {asked[0]: asked for asked in self.server.asked}.values()

    @property
    def archive(self):
        return Archive(open_database(f"sqlite:///{self.folder / 'waiwen.db'}"), self.folder / "archive")

    def captures(self):
        return {
            (c.site_id, c.version, c.url, c.final_url, c.status, c.digest, c.failure, c.anchor)
            for c in self.archive.all_captures()
        }

    def left_out(self):
        return self.archive.left_out("r", "a")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    found = Round(tmp_path_factory.mktemp("undisturbed") / "w")
    assert found.run() == (0, "\n")
    return found


@pytest.fixture
def disturbed(tmp_path):
    return Round(tmp_path / "w")


def again(undisturbed, disturbed):
    """What was asked for more often than in the undisturbed round."""
    return Counter(disturbed.server.asked) - Counter(undisturbed.server.asked)


def test_a_round_killed_three_times_ends_as_an_undisturbed_one_and_fetches_nothing_twice(undisturbed, disturbed):
    under_way = Counter()
    for answers, group in ((4, True), (11, False), (19, True)):
        under_way.update(disturbed.kill_after(answers, group=group))
    assert disturbed.run()[0] == 0
    assert disturbed.captures() == undisturbed.captures()
    assert disturbed.left_out() == undisturbed.left_out()
    assert again(undisturbed, disturbed) - under_way == Counter()
    assert verify(disturbed.archive) == []


def test_the_undisturbed_round_met_every_kind_of_failure(undisturbed):
    failures = {(capture[4], capture[6]) for capture in undisturbed.captures()}
    assert {(503, None), (404, None), (None, "no_answer"), (None, "robots")} <= failures


@pytest.mark.parametrize(("number", "group"), [(signal.SIGINT, True), (signal.SIGTERM, False)])
def test_a_signal_stops_it_cleanly_while_an_answer_is_awaited(disturbed, number, group):
    hangs, ends = threading.Event(), threading.Event()

    def before(path):
        if path == "/page3.html" and not hangs.is_set():
            hangs.set()
            ends.wait(60)

    disturbed.server.before = before
    process = disturbed.start()
    assert hangs.wait(60)
    (os.killpg if group else os.kill)(process.pid, number)
    words = process.communicate(timeout=30)[1]  # the answer would come after a minute
    ends.set()
    assert (process.returncode, words) == (3, "")
    assert all(row["records"] for row in disturbed.archive.files())
    assert verify(disturbed.archive) == []


def test_what_cannot_be_stored_ends_the_worker_with_a_sentence_and_the_round_goes_on(undisturbed, disturbed):
    with contextlib.closing(sqlite3.connect(disturbed.folder / "waiwen.db", check_same_thread=False)) as other:
        other.isolation_level = None

        def before(path):
            if path == "/" and not other.in_transaction:
                other.execute("BEGIN EXCLUSIVE")

        disturbed.server.before = before
        code, words = disturbed.run()
        assert code == 1
        assert "waiwen.db: database is locked. Another program keeps it locked" in words
        other.rollback()
        disturbed.server.before = lambda path: None
    code, words = disturbed.run(largest=2_000_000)
    assert code == 1
    assert ".warc.gz: cannot be written (File too large). Make room" in words
    assert "Traceback" not in words
    assert disturbed.run()[0] == 0
    assert disturbed.captures() == undisturbed.captures()
    assert verify(disturbed.archive) == []


def test_a_damaged_record_ends_the_worker_and_is_not_taken_for_a_failed_page(undisturbed, disturbed):
    shutil.copytree(undisturbed.folder, disturbed.folder, dirs_exist_ok=True)
    path = disturbed.folder / "archive" / "r-crawl-0-001.warc.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[:600] + bytes(600) + whole[1200:])
    code, words = disturbed.run()
    assert code == 1
    assert "r-crawl-0-001.warc.gz at byte" in words
    assert disturbed.captures() == undisturbed.captures()
    assert disturbed.server.asked == []
