"""How we behave towards the sites: what a user may set, and what is fixed for politeness."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

PRODUCT = "waiwen"
VERSION = version("waiwen")


@dataclass(frozen=True)
class Manners:
    """The settings of a crawl.

    `delay` is the least time between two requests to a host, in seconds; slow answers stretch it (by the
    response time, up to `max_delay`). `timeout` is for one answer, in seconds. `contact` is an address at
    which a site's operator reaches whoever runs the crawl; it goes into the user agent. `max_pages` is the
    budget a version.
    """

    delay: float = 1.0
    max_delay: float = 30.0
    timeout: float = 30.0
    max_pages: int = 200
    contact: str = ""
    proxy: str = ""
    allow_private: bool = False

    @property
    def user_agent(self) -> str:
        """Who we are, honestly."""
        return f"{PRODUCT}/{VERSION}" + (f" (+{self.contact})" if self.contact else "")
