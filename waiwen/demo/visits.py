"""The visits of the demonstration's last week, which `waiwen probe` would have made: as `site.yaml` counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy.engine import Engine

from crawler.availability import SLOW, VISITS_A_DAY, Visit
from crawler.manners import SITE_ZONE
from crawler.model import Failure
from crawler.probes import store_visits, stored_visits
from waiwen.demo import CUTOFF
from waiwen.demo.site import Edition, read_sites

DAYS = 7
VISITS = DAYS * VISITS_A_DAY
_BEGIN = datetime.combine(CUTOFF - timedelta(days=DAYS - 1), time(), SITE_ZONE)
_END = _BEGIN + timedelta(days=DAYS)


def past_visits() -> list[Visit]:
    """Return 20 visits a day over the week that ends with the cut-off, to every edition that counts its `visits`.

    `visits: {failed: 9, slow: 2}` says on how many of them the home page did not open, or not within 15 seconds.
    """
    return [
        visit
        for site in read_sites()
        for edition in site.editions.values()
        if "visits" in edition.settings
        for visit in _week(site.id, edition)
    ]


def store_past_visits(engine: Engine) -> None:
    """Keep the past visits, once a workspace."""
    visits = past_visits()
    if not any(stored_visits(engine, visit.site_id, visit.version, _BEGIN, _END) for visit in visits[:1]):
        store_visits(engine, visits)


def _week(site: str, edition: Edition) -> Iterator[Visit]:
    """Yield a week of visits, those that failed and those that were slow spread evenly over it."""
    failed, slow = (int(edition.settings["visits"].get(kind, 0)) for kind in ("failed", "slow"))
    bad = [VISITS * place // (failed + slow) for place in range(failed + slow)]
    url = f"http://{edition.host}{edition.base}"
    for count in range(VISITS):
        when = _BEGIN + (_END - _BEGIN) * count / VISITS
        if count in bad[slow:]:
            yield Visit(site, edition.language, url, when, None, Failure.TIMEOUT, "no answer within 30 s", 30.0)
        else:
            yield Visit(site, edition.language, url, when, 200, None, "", SLOW + 3 if count in bad[:slow] else 0.4)
