"""Which of the three economic zones a site lies in: east, centre or west."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from crawler.model import Site

ZONES = ("east", "centre", "west")


def zone_of(site: Site) -> str:
    """Return a site's zone: what its roster says in a column `zone`, else by the province in its region.

    Empty where neither tells: such a site is in no zone's count.
    """
    told = dict(site.extra).get("zone", "").strip().lower()
    if told in ZONES:
        return told
    return next((zone for name, zone in _provinces() if site.region.strip().startswith(name)), "")


@cache
def _provinces() -> tuple[tuple[str, str], ...]:
    found = YAML(typ="safe", pure=True).load(Path(__file__).with_name("zones.yaml"))
    return tuple((name, zone) for zone in ZONES for name in found[zone])
