"""The system's Chromium, driven by Playwright: one page at a time, in a fresh context, behind the guard.

Nothing is kept between pages, no form is sent, no page is left: where a page's scripts would lead the reader on,
the destination is noted and not visited. Everything has a bound in time and bytes.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.accessibility import SECONDS as EXAMINE_SECONDS
from crawler.browser_visit import Unshown, Visit
from crawler.errors import WaiwenError
from crawler.guarded_proxy import GuardedProxy
from crawler.manners import Manners
from crawler.model import Examination, Failure
from crawler.notes import printable
from crawler.robots_book import RobotsBook, Source

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ProxySettings

INSTALL = "Install one with `apt-get install chromium` and `pip install 'waiwen[browser]'`."
PAGE_SECONDS = 20.0  # for loading and settling
PAGE_BYTES = 30_000_000  # of everything that a page loads
MOST_HTML = 5_000_000  # characters of a page that are kept
VIEWPORT = (1280, 960)  # pixels

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A page that keeps the browser busy is ended with it, this many seconds after its time is up.
_GRACE = 8.0
_FLAGS = (
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--no-pings",
    "--dns-prefetch-disable",
    # Web calls would go past the proxy, and so past the guard.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
)
_SERIALISE = """most => [
  document.documentElement ? document.documentElement.outerHTML.slice(0, most) : "",
  location.href,
  document.querySelector("base[href]") !== null,
]"""


@dataclass(frozen=True)
class Shown:
    """A page as the browser showed it.

    `html` is the final document as text, `url` the address it had in the end, `has_base` whether it says itself
    what its links are relative to. `leads_to` is where its scripts wanted to take the reader, empty where nowhere.
    `examination` is what axe-core found, where it was asked to look.
    """

    html: str
    url: str
    status: int
    has_base: bool
    leads_to: str
    seconds: float
    picture: bytes | None
    examination: Examination | None = None


class BrowserFails(WaiwenError):
    """The browser of this machine does not start."""


def find_chromium() -> str | None:
    """The path of the system's Chromium, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def what_is_missing() -> str:
    """Say what rendering lacks on this machine and how to get it, empty where all is there."""
    lacking = [] if find_spec("playwright") else ["Playwright"]
    lacking += [] if find_chromium() else ["Chromium"]
    return f"No browser to render pages with: {' and '.join(lacking)} not found. {INSTALL}" if lacking else ""


class GuardedBrowser:
    """A browser for one round's pages; a context manager.

    `gate` is the proxy that it reaches the web through, where the manners name none. `known_robots` tells what the
    round knows of robots.txt files already; `before_request` may wait before anything is asked for.
    """

    def __init__(
        self,
        manners: Manners,
        gate: GuardedProxy,
        *,
        known_robots: Source = lambda _: None,
        before_request: Callable[[], None] = lambda: None,
        page_seconds: float = PAGE_SECONDS,
    ) -> None:
        self.manners = manners
        self.gate = gate
        self.robots = RobotsBook((known_robots, self._ask_robots))
        self.page_seconds = page_seconds
        self.product = ""
        self._before_request = before_request
        self._context: BrowserContext | None = None
        self._browser: Browser | None = None
        self._process = 0
        self._held = ExitStack()

    def __enter__(self) -> GuardedBrowser:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra: imported only where it is used

        self._home = self._held.enter_context(tempfile.TemporaryDirectory(prefix="waiwen-browser-"))
        self._playwright = self._held.enter_context(sync_playwright())
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        with suppress(Exception):
            if self._browser is not None:
                self._browser.close()
        self._held.close()

    def show(self, url: str, *, switches: Sequence[str] = (), picture: bool = False, examine: bool = False) -> Shown:
        """Open a page and wait until it has settled. Raises Unshown.

        `switches` are labels to click on; the address that a click leads to is written on its element as
        `data-href`. With `picture`, a PNG of what a reader sees first; with `examine`, what axe-core finds.
        """
        browser = self._running()
        started = time.monotonic()
        self.gate.budget = PAGE_BYTES
        with self._bounded(), self._fresh_context(browser) as context:
            visit = Visit(context, url, gate=self.gate, robots=self.robots, before_request=self._before_request)
            status = visit.open(self._left(started))
            visit.settle(self._left(started))
            image = visit.picture() if picture else None
            visit.click(switches)
            html, address, has_base = visit.page.evaluate(_SERIALISE, MOST_HTML)
            seconds = round(time.monotonic() - started, 4)
            # The page's own time may be up; what is left until the browser would be ended will do.
            left = self._left(started) / 1000 + _GRACE / 2
            found = visit.examine(min(left, EXAMINE_SECONDS)) if examine else None
        return Shown(str(html), str(address), status, bool(has_base), visit.leads_to, seconds, image, found)

    def _left(self, started: float) -> float:
        """Milliseconds that the page still has; never 0, which Playwright takes for no limit."""
        return max(500.0, 1000 * (self.page_seconds - (time.monotonic() - started)))

    def _running(self) -> Browser:
        """The browser, started anew where the last page took it down."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._launch()
            self.product = f"Chromium/{self._browser.version}"
            processes = self._browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            self._process = next(process["id"] for process in processes if process["type"] == "browser")
        return self._browser

    def _launch(self) -> Browser:
        from playwright.sync_api import Error  # noqa: PLC0415

        way_out: ProxySettings = _proxy(self.manners.proxy or self.gate.address)
        host = urlsplit(way_out["server"]).hostname
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        executable = find_chromium()
        try:
            return self._playwright.chromium.launch(
                executable_path=executable,
                # Root cannot have the sandbox; everybody else must.
                chromium_sandbox=os.geteuid() != 0,
                # The browser resolves no name itself, so nothing can be asked for but through the proxy.
                args=[*_FLAGS, f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {host}"],
                env={**kept, "HOME": self._home, "TMPDIR": self._home},
                proxy=way_out,
                handle_sigint=False,
            )
        except Error as fault:
            raise BrowserFails(f"{executable}: does not start ({printable(fault.message)})") from None

    @contextmanager
    def _fresh_context(self, browser: Browser) -> Iterator[BrowserContext]:
        self._context = context = browser.new_context(
            user_agent=self.manners.user_agent,
            viewport={"width": VIEWPORT[0], "height": VIEWPORT[1]},
            # As everywhere in a crawl: an old certificate is for an indicator to say.
            ignore_https_errors=True,
            accept_downloads=False,
            service_workers="block",
        )
        try:
            yield context
        finally:
            self._context = None
            with suppress(Exception):  # a browser that is gone has no context left to close
                context.close()

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """End the browser when a page keeps it busy; tell every fault of Playwright's as Unshown."""
        from playwright.sync_api import Error, TimeoutError  # noqa: A004, PLC0415

        late = threading.Event()

        def end() -> None:
            late.set()
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)

        watchdog = threading.Timer(self.page_seconds + _GRACE, end)
        watchdog.start()
        try:
            yield
        except TimeoutError:
            raise Unshown(Failure.OTHER, f"was given no page within {self.page_seconds:g} s") from None
        except Error as fault:
            if late.is_set():
                raise Unshown(Failure.OTHER, f"was kept busy for more than {self.page_seconds:g} s") from None
            lines = [line for line in fault.message.splitlines() if line.strip()]
            raise Unshown(Failure.OTHER, f"failed ({printable(lines[0] if lines else 'no reason given')})") from None
        finally:
            watchdog.cancel()

    def _ask_robots(self, url: str) -> tuple[int, bytes] | None:
        """Fetch a robots.txt the way the page is fetched."""
        if self._context is None:
            return None
        self._before_request()
        try:
            answer = self._context.request.get(url, timeout=1000 * self.manners.timeout, max_redirects=5)
            return answer.status, answer.body()
        except Exception:  # noqa: BLE001 - whatever it was, nothing is known of the file
            return None


def _proxy(url: str) -> ProxySettings:
    """A proxy's address as Playwright takes it."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    # Left to itself, Chromium asks loopback addresses past the proxy.
    found: ProxySettings = {"server": f"{parts.scheme}://{parts.hostname}{port}", "bypass": "<-loopback>"}
    if parts.username:
        found["username"], found["password"] = parts.username, parts.password or ""
    return found
