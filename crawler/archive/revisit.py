"""Pages that have not changed since an earlier round: finding the earlier answer, and noting the revisit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa
from warcio.timeutils import datetime_to_iso_date

from crawler.archive import tables
from crawler.archive.index import Archive
from crawler.archive.warc import Exchange, WarcFile
from crawler.model import Capture

# Begins the note of a capture whose server answered 304; the record it names is the earlier round's.
UNCHANGED = "unchanged since "
# WARC/1.0, section "Profile: Server Not Modified".
_PROFILE = "http://netpreserve.org/warc/1.0/revisit/server-not-modified"


def is_revalidated(capture: Capture) -> bool:
    """Whether a capture stands on an earlier round's record, which its server said is still current."""
    return capture.failure is None and capture.failure_note.startswith(UNCHANGED)


def earlier_rounds(archive: Archive, round_name: str) -> tuple[str, ...]:
    """The workspace's rounds that started before this one."""
    table = tables.rounds
    started = sa.select(table.c.started).where(table.c.name == round_name).scalar_subquery()
    with archive.engine.connect() as connection:
        return tuple(connection.scalars(sa.select(table.c.name).where(table.c.started < started)))


def earlier_answer(archive: Archive, rounds: Sequence[str], site_id: str, url: str) -> Capture | None:
    """The newest page that these rounds hold of this address, if its server gave it a validator.

    A validator is an ETag or a Last-Modified; without one nobody can be asked whether it changed.
    """
    table = tables.captures
    query = (
        sa.select(table.c.id)
        .where(table.c.round.in_(rounds), table.c.site_id == site_id, table.c.final_url == url)
        .where(table.c.status == 200, table.c.failure.is_(None))
        # Any other note is that of an answer which broke off: half a page cannot stand for the whole.
        .where(sa.or_(table.c.failure_note == "", table.c.failure_note.startswith(UNCHANGED)))
        .order_by(table.c.id.desc())
        .limit(1)
    )
    with archive.engine.connect() as connection:
        found = connection.scalar(query)
    capture = None if found is None else archive.capture(found)
    return capture if capture is not None and validators(capture) else None


def validators(capture: Capture) -> dict[str, str]:
    """The request headers that ask whether a page has changed since; empty where its server named no validator."""
    pairs = (("If-None-Match", capture.header("ETag")), ("If-Modified-Since", capture.header("Last-Modified")))
    return {name: value for name, value in pairs if value}


def revalidated(earlier: Capture, *, round_name: str, fetched: datetime, elapsed: float) -> Capture:
    """The capture of this round that an answer 304 makes: the earlier page as it was stored, seen again at `fetched`.

    What the request was for (purpose, version, referrer, ...) is the caller's to set. `elapsed` is the 304's,
    in seconds.
    """
    since = earlier.fetched.astimezone(UTC).isoformat(timespec="seconds")
    note = earlier.failure_note if is_revalidated(earlier) else f"{UNCHANGED}{since} (answered 304)"
    return replace(earlier, id=0, round=round_name, fetched=fetched, elapsed=elapsed, failure_note=note)


def append_revisit(file: WarcFile, exchange: Exchange, earlier: Capture) -> None:
    """Write the 304 and its request to a WARC file, as a revisit that refers to the earlier record."""
    about = {
        "WARC-Profile": _PROFILE,
        "WARC-Refers-To-Target-URI": earlier.final_url,
        "WARC-Refers-To-Date": datetime_to_iso_date(earlier.fetched.astimezone(UTC).replace(tzinfo=None)),
        "WARC-Payload-Digest": earlier.digest,
    }
    file.append(exchange, "revisit", about)
