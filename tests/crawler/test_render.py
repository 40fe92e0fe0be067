"""Pages built by scripts, in the machine's own browser; skipped where there is none."""

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler.archive.index import Archive, open_database
from crawler.archive.reading import RENDERED, SiteReader
from crawler.archive.verify import verify
from crawler.archive.warc import Exchange, WarcFile, file_sha256
from crawler.browser import what_is_missing
from crawler.manners import Manners
from crawler.model import CHINESE, Capture, Failure, ForeignVersion, Site, Verdict
from crawler.render import Bounds, pages_waiting, render_round
from crawler.screenshots import Screenshots

needs_a_browser = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing() or "there is a browser")

NOON = datetime(2026, 6, 30, 4, tzinfo=UTC)
MANNERS = Manners(delay=0.0, timeout=5.0)
SCRIPT = {"Content-Type": "text/javascript"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
SHELL = '<html><head></head><body><div id="app"></div><script src="/app.js"></script></body></html>'
LINKS = "".join(f'<a href="/news/{n}.html">News item number {n} of the city</a>' for n in range(4))


class Server:
    """A server on loopback. `answers` maps a path to a body or to (status, headers, body); `hits` are the requests."""

    def __init__(self):
        self.answers = {}
        self.hits = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.hits.append(f"{self.command} {self.path}")
                outer.agents.add(self.headers.get("User-Agent"))
                outer.cookies.append(self.headers.get("Cookie"))
                answer = outer.answers.get(self.path, (404, {}, ""))
                status, headers, body = answer if isinstance(answer, tuple) else (200, HTML, answer)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body.encode())

            do_POST = do_GET  # noqa: N815 - http.server's name

            def log_message(self, *args):
                pass

        self.agents = set()
        self.cookies = []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


@pytest.fixture
def private():
    """A server that stands for the network that we run in."""
    made = Server()
    yield made
    made.close()


class Workplace:
    """A round with one site on `server`, and the plain answers that a crawl would have stored."""

    def __init__(self, folder, server):
        self.archive = Archive(open_database(f"sqlite:///{folder / 'waiwen.db'}"), folder / "archive")
        self.archive.folder.mkdir()
        self.server = server
        self.site = Site("a", "甲", "c", "", f"{server.url}/")
        self.archive.start_round("r", [self.site], cutoff=date(2026, 6, 30), started=NOON, digest="", settings={})
        self.files = 0
        self.shots = Screenshots(folder / "screenshots")

    def has_version(self, language, path):
        version = ForeignVersion("a", language, f"{self.server.url}{path}", "", "link", Verdict.REAL, "")
        self.archive.replace_versions("r", "a", [version])

    def fetched(self, path, body, purpose="page", site_id="a", status=200, version=CHINESE):
        """Store a plain answer, and have the server give the same."""
        self.server.answers.setdefault(path, (status, HTML, body))
        url = f"{self.server.url}{path}"
        self.files += 1
        name = f"r-plain-{self.files:03d}.warc.gz"
        self.archive.open_file("r", name)
        with WarcFile(self.archive.folder / name, "test") as file:
            headers = tuple(HTML.items())
            address = file.append(Exchange(url, "GET", (), status, "OK", headers, body.encode(), NOON))
        path = self.archive.folder / name
        self.archive.close_file(name, records=file.records, size=path.stat().st_size, sha256=file_sha256(path))
        self.archive.add_capture(
            Capture(
                id=0, round="r", site_id=site_id, version=version, purpose=purpose, url=url, final_url=url,
                status=status, fetched=NOON, headers=headers, digest=address.digest, warc_file=address.file,
                offset=address.offset, length=address.length, elapsed=0.1,
            )
        )  # fmt: skip

    def render(self, *, manners=MANNERS, pictures=False, **bounds):
        allowed = bounds.pop("allows", lambda address, port: port == self.server.port)
        return render_round(
            self.archive,
            "r",
            [self.site],
            manners,
            bounds=Bounds(allows=allowed, **{"page_seconds": 8.0, **bounds}),
            screenshots=self.shots if pictures else None,
        )

    @property
    def waiting(self):
        return [url.removeprefix(self.server.url) for url in pages_waiting(self.archive, "r", [self.site])]

    @property
    def rendered(self):
        return [capture for capture in self.archive.captures("r", "a") if capture.purpose == RENDERED]

    def home(self):
        return SiteReader(self.archive, "r", self.site).home(self.site.url)


@pytest.fixture
def place(tmp_path, server):
    return Workplace(tmp_path, server)


def fill(script):
    return f"document.getElementById('app').innerHTML = {json.dumps(script)};"


def test_a_shell_is_not_an_empty_page_but_one_that_was_not_seen(place):
    place.fetched("/", SHELL, "home")
    answer = place.home()
    assert answer.facts is None
    assert answer.failure[0] is Failure.OTHER
    assert answer.failure[1].startswith("needs a browser: ")
    assert place.waiting == ["/"]


def test_pages_with_content_blocks_and_errors_wait_for_no_browser(place):
    place.fetched("/", f"<html><body>{LINKS}</body></html>", "home")
    place.fetched("/dead.html", SHELL, status=404)
    place.fetched("/wall.html", '<html><body><script>var $_ts={};</script><div id="app"></div></body></html>')
    assert place.waiting == []


@needs_a_browser
def test_a_page_built_by_its_scripts_is_stored_as_the_newest_answer_to_its_address(place, server):
    place.fetched("/", SHELL, "home")
    server.answers["/app.js"] = (200, SCRIPT, "fetch('/data.json').then(r => r.json())"
        f".then(d => {{ {fill(LINKS)} document.title = d.title }})")  # fmt: skip
    server.answers["/data.json"] = (200, {"Content-Type": "application/json"}, '{"title": "某市人民政府"}')

    report = place.render()

    assert (report.rendered, report.failed) == (1, ())
    facts = place.home().facts
    assert facts.title == "某市人民政府"
    assert [link.url for link in facts.links] == [f"{server.url}/news/{n}.html" for n in range(4)]
    newest = place.archive.attempts("r", "a", f"{server.url}/")[-1]
    assert (newest.purpose, newest.version, newest.depth, newest.status) == (RENDERED, CHINESE, 0, 200)
    assert newest.warc_file == "r-render-001.warc.gz"
    assert verify(place.archive) == []
    assert server.agents == {MANNERS.user_agent}
    assert place.waiting == []


@needs_a_browser
def test_a_page_is_rendered_once_a_round_and_a_site_has_a_limit(place, server):
    for path in ("/", "/a.html", "/b.html", "/c.html"):
        place.fetched(path, SHELL, "home" if path == "/" else "page")
    server.answers["/app.js"] = (200, SCRIPT, fill(LINKS))
    first = place.render(per_site=2)
    assert (first.rendered, first.left) == (2, 2)
    second = place.render()
    assert (second.rendered, second.left) == (2, 0)
    assert place.render().rendered == 0
    assert len(place.rendered) == 4


def build_trap(place, server, private, *, leaves=True):
    """A home page that asks for `private` in every way that a page can, and `leaves` for it in the end."""
    bad = private.url
    frames = f'<iframe src="{bad}/frame"></iframe><iframe src="/away"></iframe><img src="{bad}/image">'
    place.fetched("/", SHELL, "home")
    server.answers["/away"] = (302, {"Location": f"{bad}/redirected"}, "")
    asks = f"""
        fetch("{bad}/fetch", {{mode: "no-cors"}}); fetch("/away"); navigator.sendBeacon("{bad}/beacon");
        fetch("http://localhost:{private.port}/name"); fetch("http://2130706433:{private.port}/number");
        new WebSocket("{bad.replace("http", "ws")}/socket"); new EventSource("{bad}/events");
        navigator.serviceWorker.register("{bad}/worker.js").catch(() => 0);
    """
    if leaves:
        asks += f'window.open("{bad}/popup"); setTimeout(() => {{ location.href = "{bad}/left" }}, 200);'
    server.answers["/app.js"] = (200, SCRIPT, fill(LINKS + frames) + asks)


@needs_a_browser
def test_neither_redirects_frames_scripts_nor_sockets_reach_a_private_address(place, server, private):
    build_trap(place, server, private)
    report = place.render()
    assert private.hits == []
    assert report.rendered == 1
    assert "GET /away" in server.hits


@needs_a_browser
def test_where_private_addresses_are_allowed_the_same_page_may_load_from_them(place, server, private):
    build_trap(place, server, private, leaves=False)  # a page that wants to leave is not waited for
    place.render(allows=None, manners=replace(MANNERS, allow_private=True))
    assert {"GET /frame", "GET /redirected", "GET /image", "GET /fetch"} <= set(private.hits)
    assert not {"GET /socket", "POST /beacon"} & set(private.hits)


@needs_a_browser
def test_where_private_addresses_are_allowed_no_page_is_left_for_them_either(place, server, private):
    build_trap(place, server, private)
    place.render(allows=None, manners=replace(MANNERS, allow_private=True))
    assert private.hits
    assert not {"GET /popup", "GET /left", "GET /socket", "POST /beacon"} & set(private.hits)


@needs_a_browser
def test_the_guard_holds_without_any_rule_of_the_tests_own(place, server):
    place.fetched("/", SHELL, "home")
    report = place.render(allows=None)
    assert server.hits == []
    assert report.rendered == 0
    assert [capture.failure for capture in place.rendered] in ([Failure.ROBOTS], [Failure.GUARD])


@needs_a_browser
def test_robots_txt_is_obeyed_for_the_page_and_for_the_data_that_it_asks_for(place, server):
    place.fetched("/", SHELL, "home")
    place.fetched("/closed/x.html", SHELL)
    place.fetched("/robots.txt", "User-agent: *\nDisallow: /closed/\n", purpose="robots", site_id="")
    server.answers["/app.js"] = (200, SCRIPT, f"fetch('/closed/data'); {fill(LINKS)}")
    report = place.render()
    assert report.rendered == 1
    assert [(c.failure, c.url.endswith("/closed/x.html")) for c in place.rendered if c.failure] == [
        (Failure.ROBOTS, True)
    ]
    assert not any("closed" in hit or "robots" in hit for hit in server.hits)  # the file on record is asked


@needs_a_browser
def test_no_form_is_sent_no_page_left_and_nothing_kept_from_page_to_page(place, server):
    place.fetched("/", SHELL, "home")
    place.fetched("/b.html", SHELL)
    form = f'{LINKS}<form id="f" method="post" action="/sent"><input name="q"></form>'
    script = "document.cookie = 'seen=1'; localStorage.setItem('k', '1');"
    leave = "document.getElementById('f').submit(); location.href = '/next';"
    server.answers["/app.js"] = (200, SCRIPT, script + fill(form) + leave)
    assert place.render().rendered == 2
    assert "POST /sent" not in server.hits
    assert "GET /next" not in server.hits
    opened = server.hits.index("GET /b.html")
    assert server.cookies[opened] is None


@needs_a_browser
def test_a_gateway_that_only_a_script_can_compute_says_where_it_leads(place, server):
    place.fetched(
        "/", "<html><body><script>window.location = ['', 'zh', 'index.html'].join('/')</script></body></html>"
    )
    assert place.render().rendered == 1
    assert [step.url for step in place.home().facts.onward] == [f"{server.url}/zh/index.html"]
    assert "GET /zh/index.html" not in server.hits


@needs_a_browser
def test_a_challenge_that_sets_a_cookie_and_reloads_is_not_passed(place, server):
    place.fetched(
        "/", "<html><body><script>document['coo' + 'kie'] = 'pass=1'; location['re' + 'load']()</script></body></html>"
    )
    report = place.render()
    assert report.rendered == 0
    assert server.hits.count("GET /") == 1
    assert "shows neither text nor links" in place.rendered[0].failure_note


@needs_a_browser
def test_links_of_a_page_whose_script_changed_its_address_are_relative_to_the_new_one(place, server):
    place.fetched("/", SHELL, "home")
    links = LINKS + '<a href="list.html">A relative link</a>'
    server.answers["/app.js"] = (
        200,
        {"Content-Type": "text/javascript"},
        f"history.pushState(0, '', '/en/home'); {fill(links)}",
    )
    place.render()
    assert f"{server.url}/en/list.html" in {link.url for link in place.home().facts.links}


@needs_a_browser
def test_a_switch_that_only_a_click_can_follow_gets_its_address(place, server):
    body = f"""<html><body>{LINKS}<span class="language-switch">English</span><script>
        document.querySelector(".language-switch").addEventListener("click", () => {{
          location.href = "/en-" + "us/index.html"; }});</script></body></html>"""
    place.fetched("/", body, "home")
    assert place.home().facts.versions == ()
    assert place.render().rendered == 1
    assert [(v.language, v.url) for v in place.home().facts.versions] == [("en", f"{server.url}/en-us/index.html")]
    assert "GET /en-us/index.html" not in server.hits


@needs_a_browser
def test_a_page_that_keeps_the_browser_busy_is_ended_and_the_next_one_rendered(place, server):
    place.fetched("/", SHELL.replace("/app.js", "/busy.js"), "home")
    place.fetched("/b.html", SHELL)
    server.answers["/busy.js"] = (200, SCRIPT, "for (;;) {}")
    server.answers["/app.js"] = (200, SCRIPT, fill(LINKS))
    report = place.render(page_seconds=3.0)
    assert report.rendered == 1
    assert [capture.failure for capture in place.rendered] == [Failure.OTHER, None]
    assert place.home().failure[0] is Failure.OTHER  # still not seen, never an empty page


@needs_a_browser
def test_a_picture_of_each_home_page_is_kept_with_its_digest_and_taken_once(place, server, tmp_path):
    place.fetched("/", f"<html><body>{LINKS}</body></html>", "home")
    report = place.render(pictures=True)
    assert (report.rendered, report.pictures) == (0, 1)
    entry = json.loads((tmp_path / "screenshots" / "screenshots.json").read_text())[0]
    assert (entry["file"], entry["site"], entry["language"]) == ("a-zh.png", "a", "zh")
    png = tmp_path / "screenshots" / "a-zh.png"
    assert png.read_bytes().startswith(b"\x89PNG")
    assert file_sha256(png) == entry["sha256"]
    assert place.render(pictures=True).pictures == 0


@needs_a_browser
def test_axe_looks_at_foreign_pages_and_what_it_found_is_kept_beside_them(place, server):
    head = '<html lang="en"><head><title>A city</title></head><body>'
    place.fetched("/", f"<html><body>{LINKS}</body></html>", "home")
    place.fetched("/en/", f'{head}<main>{LINKS}<button></button><img src="/x.png"></main></body></html>', "candidate")
    place.fetched("/en/1.html", f"{head}<main><p>{LINKS}</p></main></body></html>", version="en")
    place.has_version("en", "/en/")

    report = place.render(pictures=True)

    assert (report.examined, report.pictures, report.failed) == (2, 2, ())
    found = SiteReader(place.archive, "r", place.site).examinations
    serious = {url.removeprefix(server.url): [v.rule for v in held[1].serious] for url, held in found.items()}
    assert serious == {"/en/": ["button-name", "image-alt"], "/en/1.html": []}
    assert verify(place.archive) == []
    assert place.home().facts.links  # the answers to the pages' own addresses are as they were
    assert {capture.purpose for capture in place.archive.attempts("r", "a", f"{server.url}/en/")} == {"candidate"}
    assert place.render(pictures=True).examined == 0


@needs_a_browser
def test_a_page_that_breaks_axe_is_shown_and_pictured_all_the_same(place):
    breaks = "<script>Object.defineProperty(window, 'axe', {value: {run: () => new Promise(() => 0)}})</script>"
    place.fetched("/", f"<html><body>{LINKS}</body></html>", "home")
    place.fetched("/en/", f'<html lang="en"><body>{breaks}{LINKS}</body></html>', "candidate")
    place.has_version("en", "/en/")
    report = place.render(pictures=True)
    assert (report.examined, report.pictures, report.failed) == (0, 2, ())
