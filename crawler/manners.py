"""How we behave towards the sites: what a user may set, and what is fixed for politeness."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib.metadata import version
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.errors import BadInput
from crawler.model import Site

PRODUCT = "waiwen"
VERSION = version("waiwen")

# The sites' own clock: quiet hours are theirs, wherever we run.
SITE_ZONE = ZoneInfo("Asia/Shanghai")
PROXY_WITHIN = 10.0  # seconds that a proxy has to take a connection

_DAY = 24 * 60  # minutes
_HOURS = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")
# A mail address or a web page, plain ASCII: it must survive a header and a log.
_CONTACT = re.compile(r"(?:(?:mailto:)?[!-~]{1,100}@[!-~]{1,100}|https?://[!-~]{1,200})")


@dataclass(frozen=True)
class Manners:
    """The settings of a crawl.

    `delay` is the least time between two requests to a host, in seconds. After an answer the host is left
    alone for as long as the answer took, up to `max_delay`; a Crawl-delay in robots.txt counts up to
    `max_delay`, a Retry-After up to `max_pause`. With a delay of 0 only these two hold. `rate` bounds the
    requests a second of the whole crawl (0: no bound). In `quiet_hours` (`08:00-18:00`, in the sites' time
    zone) no request starts. `timeout` is for one answer, in seconds. `contact` is an address at which a
    site's operator reaches whoever runs the crawl; it goes into the user agent. `max_pages` is the budget a
    version. `sharers` is how many processes may ask a host that is no site's own at the same time: each then asks
    it as much more slowly.
    """

    delay: float = 1.0
    max_delay: float = 30.0
    timeout: float = 30.0
    max_pages: int = 200
    contact: str = ""
    proxy: str = ""
    allow_private: bool = False
    max_pause: float = 600.0
    rate: float = 0.0
    quiet_hours: str = ""
    sharers: int = 1

    @property
    def user_agent(self) -> str:
        """Who we are, honestly."""
        return f"{PRODUCT}/{VERSION}" + (f" (+{self.contact})" if self.contact else "")

    def share_of(self, workers: int) -> Manners:
        """The manners of one of `workers` processes that crawl at once: the total rate is divided."""
        return replace(self, rate=self.rate / max(1, workers), sharers=max(1, workers))

    def record(self) -> dict[str, Any]:
        """The settings as they are kept: without the proxy's password."""
        return asdict(replace(self, proxy=without_password(self.proxy)))

    @property
    def on_shared_hosts(self) -> Manners:
        """The manners towards a host that all processes may ask: together they keep the delay."""
        return replace(self, delay=self.delay * self.sharers)


@dataclass(frozen=True)
class QuietHours:
    """A span of the sites' day, in minutes after midnight; it may pass midnight. Nothing where both are equal."""

    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> QuietHours:
        """Read `08:00-18:00`; an empty text means none. Raises BadInput."""
        if not text:
            return cls(0, 0)
        found = _HOURS.fullmatch(text.strip())
        if found:
            hours = [int(digits) for digits in found.groups()]
            start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
            minutes_fit = max(hours[1], hours[3]) < 60
            if minutes_fit and start < _DAY and end <= _DAY and start % _DAY != end % _DAY:
                return cls(start, end % _DAY)
        raise BadInput(f"--quiet-hours {text}: write it as HH:MM-HH:MM, such as 08:00-18:00; not the whole day")

    def wait(self, now: datetime) -> float:
        """Seconds from `now` (aware) until the quiet hours end; 0 outside of them."""
        local = now.astimezone(SITE_ZONE)
        seconds = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
        passed = (seconds - self.start * 60) % (_DAY * 60)
        length = (self.end - self.start) * 60 % (_DAY * 60)
        return length - passed if passed < length else 0.0

    def __str__(self) -> str:
        clock = "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (self.start, self.end))
        return f"{clock} ({SITE_ZONE.key})"


def without_password(proxy: str) -> str:
    """A proxy's address without the user and password that may stand in it: what may be shown and kept."""
    scheme = proxy[: proxy.find("://") + 3] if "://" in proxy else ""
    return scheme + proxy.removeprefix(scheme).rpartition("@")[2]


def check_manners(manners: Manners) -> None:
    """Refuse settings that cannot be kept. Raises BadInput with every problem."""
    problems = []
    if manners.proxy and not manners.proxy.startswith(("http://", "https://")):
        problems.append(f"--proxy {without_password(manners.proxy)}: write it as http://host:port")
    if manners.contact and not _CONTACT.fullmatch(manners.contact):
        problems.append("--contact: must be a mail or web address, such as mailto:you@example.org")
    try:
        QuietHours.parse(manners.quiet_hours)
    except BadInput as problem:
        problems.append(str(problem))
    if problems:
        raise BadInput("\n".join(problems))


def require_proxy(manners: Manners) -> None:
    """Refuse to begin where a proxy is named that takes no connection. Raises BadInput."""
    if not manners.proxy:
        return
    shown = without_password(manners.proxy)
    try:
        parts = urlsplit(manners.proxy)
        place = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        if not place[0]:
            raise ValueError
    except ValueError as fault:
        raise BadInput(f"--proxy {shown}: write it as http://host:port") from fault
    try:
        socket.create_connection(place, PROXY_WITHIN).close()
    except (OSError, UnicodeError) as fault:
        why = getattr(fault, "strerror", None) or fault
        raise BadInput(
            f"--proxy {shown}: takes no connection ({why}). Start it, give another, or go without one "
            "(no --proxy, and no WAIWEN_PROXY)."
        ) from fault


def require_contact(manners: Manners, sites: Iterable[Site]) -> None:
    """Refuse to crawl public hosts namelessly. Raises BadInput.

    Behind a proxy or with private addresses allowed the hosts may be anyone's, so nothing is asked.
    Private addresses in the roster are no reason to ask: the guard refuses them one by one.
    """
    if manners.contact or manners.proxy or manners.allow_private:
        return
    urls = (url for site in sites for url in (site.url, *(url for _, url in site.versions)))
    public = next((url for url in urls if not _is_private_literal(url)), None)
    if public is not None:
        raise BadInput(
            f"--contact is missing: {public} is a public site, and its operator must be able to reach you. "
            "Give --contact mailto:you@example.org (or set WAIWEN_CONTACT); it goes into the user agent."
        )


def _is_private_literal(url: str) -> bool:
    """Whether an address names its host by a number that is not on the public internet, or `localhost`."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:  # a broken IPv6 host: nothing that could be asked
        return True
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        pass
    try:  # 127.1 and 2130706433 are addresses, too
        return not ip_address(socket.inet_aton(host)).is_global
    except (OSError, ValueError):
        return False
