"""One page in a browser: what it may ask for, when it has settled, and where its scripts would lead the reader."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from crawler.accessibility import RUN, TAGS, examination_of, script
from crawler.guarded_proxy import GuardedProxy
from crawler.model import Examination, Failure
from crawler.robots_book import RobotsBook

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request, Response, Route

# What a page may load: all that its text can depend on, and what a picture of it needs.
_LOADED = frozenset({"document", "stylesheet", "script", "image", "xhr", "fetch"})
# Of these robots.txt is asked: pages, and the data that scripts fill them with.
_UNDER_ROBOTS = frozenset({"document", "xhr", "fetch"})
_READING = ("GET", "HEAD", "OPTIONS")
_WEB = ("http://", "https://")

_SLICE = 500.0  # milliseconds of waiting at a time
_PICTURE = 5000.0  # milliseconds that a picture may take
_SWITCH_SECONDS = 2.0
_MOST_SWITCHES = 8

_BEFORE_SCRIPTS = """for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) {
  delete window[name];
}"""
# The innermost element that says exactly this.
_CLICK = """label => {
  const said = element => (element.innerText || "").replace(/\\s+/g, " ").trim();
  const found = [...document.querySelectorAll("a, span, button, li, div, p, em, i, option")].find(
    element => said(element) === label && ![...element.children].some(child => said(child) === label));
  document.querySelectorAll("[data-waiwen-switch]").forEach(e => e.removeAttribute("data-waiwen-switch"));
  if (!found) return false;
  found.setAttribute("data-waiwen-switch", "");
  found.click();
  return true;
}"""
_NOTE_ADDRESS = """url => {
  const found = document.querySelector("[data-waiwen-switch]");
  if (found) found.setAttribute("data-href", url);
}"""


class Unshown(Exception):
    """The browser could not show a page. `note` goes on after "needs a browser, and ours"."""

    def __init__(self, kind: Failure, note: str) -> None:
        super().__init__(note)
        self.kind = kind
        self.note = note


class Visit:
    """A visit to one page in a context of its own. The page is never left: `leads_to` is where it wanted to go.

    `before_request` may wait before anything is asked for.
    """

    def __init__(
        self,
        context: BrowserContext,
        url: str,
        *,
        gate: GuardedProxy,
        robots: RobotsBook,
        before_request: Callable[[], None],
    ) -> None:
        self.leads_to = ""
        self._url = url
        self._gate = gate
        self._robots = robots
        self._before_request = before_request
        self._asked = False
        self._leaving = False
        self._clicking = False
        context.route("**/*", self._judge)
        context.route_web_socket("**/*", lambda socket: socket.close())
        context.add_init_script(_BEFORE_SCRIPTS)
        self.page: Page = context.new_page()
        context.on("page", lambda popup: popup.close())

    def open(self, timeout: float) -> int:
        """Ask for the page, `timeout` milliseconds at most; returns its status. Raises Unshown."""
        if not self._robots.allows(self._url):
            raise Unshown(Failure.ROBOTS, "may not open it: robots.txt asks us not to")
        before = len(self._gate.refused)
        answer = self._answer(timeout, before)
        if answer is None:
            raise Unshown(Failure.OTHER, "was given no page")
        if answer.status == 403 and len(self._gate.refused) > before:
            raise _private()
        if answer.status != 200:
            raise Unshown(Failure.OTHER, f"was answered {answer.status}")
        if urldefrag(answer.url).url != self._url and not self._robots.allows(answer.url):
            raise Unshown(Failure.ROBOTS, "was sent to an address that robots.txt asks us not to read")
        return answer.status

    def _answer(self, timeout: float, before: int) -> Response | None:
        from playwright.sync_api import Error  # noqa: PLC0415 - an extra: imported only where it is used

        try:
            return self.page.goto(self._url, wait_until="commit", timeout=timeout)
        except Error:
            if len(self._gate.refused) > before:
                raise _private() from None
            raise

    def settle(self, timeout: float) -> None:
        """Wait until nothing is loading; a page that never rests, or wants to leave, is taken as it is then."""
        from playwright.sync_api import TimeoutError  # noqa: A004, PLC0415

        deadline = time.monotonic() + timeout / 1000
        while time.monotonic() < deadline:
            leaving = self._leaving
            with suppress(TimeoutError):
                self.page.wait_for_load_state("networkidle", timeout=_SLICE)
                return
            if leaving:
                return

    def picture(self) -> bytes | None:
        """A PNG of what a reader sees first, or None where the browser fails to draw it."""
        from playwright.sync_api import Error  # noqa: PLC0415

        try:
            return self.page.screenshot(type="png", timeout=_PICTURE, animations="disabled", caret="hide")
        except Error:  # evidence beside the page, never a reason to lose the page
            return None

    def examine(self, seconds: float) -> Examination | None:
        """What axe-core finds on the page, None where it fails or takes longer. It may leave traces: do it last."""
        from playwright.sync_api import Error  # noqa: PLC0415

        try:
            self.page.evaluate(script())
            return examination_of(self.page.evaluate(RUN, [list(TAGS), seconds]))
        except Error:
            return None

    def click(self, labels: Sequence[str]) -> None:
        """Click on switches, and write on each as `data-href` where it would have led."""
        own, here = self.leads_to, urldefrag(self.page.url).url
        self._clicking = True
        for label in labels[:_MOST_SWITCHES]:
            self.leads_to = ""
            if not self.page.evaluate(_CLICK, label):
                continue
            deadline = time.monotonic() + _SWITCH_SECONDS
            while not self.leads_to and time.monotonic() < deadline:
                self.page.wait_for_timeout(100)
                now = urldefrag(self.page.url).url
                if now != here:  # the address changed in place, nothing was asked for
                    self.leads_to, here = now, now
            if self.leads_to:
                self.page.evaluate(_NOTE_ADDRESS, self.leads_to)
        self.leads_to, self._clicking = own, False

    def _judge(self, route: Route) -> None:
        request = route.request
        if self._leaves(request):
            self._leaving = True
            if request.method == "GET" and urldefrag(request.url).url != self._url and not self.leads_to:
                self.leads_to = request.url
            route.abort("aborted")  # any other reason would put an error page in this one's place
        elif self._may_load(request):
            self._before_request()
            route.continue_()
        else:
            route.abort()

    def _leaves(self, request: Request) -> bool:
        """Whether the reader would be taken to another page, in this window or a new one."""
        if not request.is_navigation_request() or not request.url.startswith(_WEB):
            return False
        try:
            frame = request.frame
        except Exception:  # noqa: BLE001 - a new window has no frame yet
            return True
        if frame.parent_frame is not None:
            return False
        first, self._asked = not self._asked, True
        return frame != self.page.main_frame or not first

    def _may_load(self, request: Request) -> bool:
        """Whether the page may ask for something: what it is, how, and what robots.txt says."""
        kind, url, reading = request.resource_type, request.url, request.method in _READING
        if not url.startswith(_WEB) or kind not in _LOADED:
            return False
        # Scripts fetch data by POST, too. A page asked for by POST is a form being sent; a click must send nothing.
        if not reading and (kind == "document" or request.method != "POST" or self._clicking):
            return False
        return kind not in _UNDER_ROBOTS or self._robots.allows(url)


def _private() -> Unshown:
    return Unshown(Failure.GUARD, "may not open it: its address leads into a private network")
