"""The archive's index: rounds, sites, versions and captures in SQL, bodies in WARC files beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, RowMapping

from crawler.archive import tables
from crawler.archive.database import engine_name, open_database, within
from crawler.archive.packing import unpack
from crawler.archive.warc import Address, read_record
from crawler.errors import UnknownRound
from crawler.model import Capture, Certificate, Failure, ForeignVersion, Site, Verdict

__all__ = ["Archive", "engine_name", "open_database", "roster_digest"]


# Built once: putting a statement together takes twice as long as running it, and these run for every page.
_INSERT_CAPTURE = tables.captures.insert()
_ATTEMPTS = (
    sa.select(tables.captures)
    .where(tables.captures.c.round == sa.bindparam("in_round"))
    .where(tables.captures.c.site_id == sa.bindparam("of_site"))
    .where(tables.captures.c.final_url == sa.bindparam("at"))
    .order_by(tables.captures.c.id)
)


class Archive:
    """One workspace's captures: the index in `engine`, the WARC files in `folder`."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder

    # -- rounds -----------------------------------------------------------------------------------------

    def start_round(
        self,
        name: str,
        roster: Sequence[Site],
        *,
        cutoff: date,
        started: datetime,
        digest: str,
        settings: dict[str, Any],
    ) -> None:
        """Record a round and its roster."""
        with self.engine.begin() as connection:
            connection.execute(
                tables.rounds.insert().values(
                    name=name,
                    cutoff=cutoff,
                    started=_iso(started),
                    roster_digest=digest,
                    settings=settings,
                    finished_steps=[],
                )
            )
            connection.execute(
                tables.sites.insert(),
                [
                    {"round": name, "position": position, "id": site.id, "record": asdict(site)}
                    for position, site in enumerate(roster)
                ],
            )

    def round_names(self) -> list[str]:
        """All rounds, oldest first."""
        with self.engine.connect() as connection:
            query = sa.select(tables.rounds.c.name).order_by(tables.rounds.c.started, tables.rounds.c.name)
            return list(connection.scalars(query))

    def round_record(self, name: str) -> RowMapping:
        """The round's row: cutoff, started, roster_digest, settings, finished_steps. Raises UnknownRound."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(tables.rounds).where(tables.rounds.c.name == name)).mappings().first()
        if row is None:
            known = self.round_names()
            asked = f"round {name!r}: not in this workspace. " if name else ""
            have = f"It holds: {', '.join(known)}" if known else "There is no round yet; start one with `waiwen audit`"
            raise UnknownRound(f"{asked}{have}.")
        return row

    def finish_step(self, round_name: str, step: str) -> None:
        """Note that a step of the round has run to its end."""
        done = list(self.round_record(round_name)["finished_steps"])
        if step not in done:
            with self.engine.begin() as connection:
                where = tables.rounds.c.name == round_name
                connection.execute(tables.rounds.update().where(where).values(finished_steps=[*done, step]))

    def sites(self, round_name: str) -> tuple[Site, ...]:
        """The round's roster, in its order."""
        table = tables.sites
        query = sa.select(table.c.record).where(table.c.round == round_name).order_by(table.c.position)
        with self.engine.connect() as connection:
            return tuple(_site(record) for record in connection.scalars(query))

    # -- foreign versions -------------------------------------------------------------------------------

    def replace_versions(
        self, round_name: str, site_id: str, found: Iterable[ForeignVersion], connection: sa.Connection | None = None
    ) -> None:
        """Set the foreign versions of a site in a round, as a part of what `connection` is writing, if given."""
        table = tables.versions
        rows = [
            {
                "round": round_name,
                "site_id": site_id,
                "position": position,
                "language": version.language,
                "verdict": version.verdict.value,
                "record": asdict(version),
            }
            for position, version in enumerate(found)
        ]
        with within(self.engine, connection) as writing:
            writing.execute(table.delete().where(table.c.round == round_name, table.c.site_id == site_id))
            if rows:
                writing.execute(table.insert(), rows)

    def versions(self, round_name: str, site_id: str) -> tuple[ForeignVersion, ...]:
        """The foreign versions of a site, in the order in which they were found."""
        table = tables.versions
        query = sa.select(table.c.record).where(table.c.round == round_name, table.c.site_id == site_id)
        with self.engine.connect() as connection:
            records = list(connection.scalars(query.order_by(table.c.position)))
        return tuple(ForeignVersion(**{**record, "verdict": Verdict(record["verdict"])}) for record in records)

    # -- captures ---------------------------------------------------------------------------------------

    def add_capture(self, capture: Capture) -> int:
        """Index one capture; its `id` is ignored and the new one returned."""
        row = asdict(capture) | {"fetched": _iso(capture.fetched), "failure": capture.failure}
        del row["id"]
        with self.engine.begin() as connection:
            key = connection.execute(_INSERT_CAPTURE, row).inserted_primary_key
        assert key is not None
        return int(key[0])

    def captures(self, round_name: str, site_id: str) -> tuple[Capture, ...]:
        """All captures of a site in a round, in the order in which they were made."""
        table = tables.captures
        query = sa.select(table).where(table.c.round == round_name, table.c.site_id == site_id).order_by(table.c.id)
        with self.engine.connect() as connection:
            return tuple(capture_of_row(row) for row in connection.execute(query).mappings())

    def attempts(self, round_name: str, site_id: str, url: str) -> tuple[Capture, ...]:
        """Every answer and failure that this round has for exactly this address, oldest first."""
        values = {"in_round": round_name, "of_site": site_id, "at": url}
        with self.engine.connect() as connection:
            return tuple(capture_of_row(row) for row in connection.execute(_ATTEMPTS, values).mappings())

    def has_pages(self, round_name: str) -> bool:
        """Whether any of a round's pages came, by its status."""
        table = tables.captures
        of_pages = sa.and_(table.c.round == round_name, table.c.site_id != "", table.c.status < 400)
        with self.engine.connect() as connection:
            return connection.scalar(sa.select(table.c.id).where(of_pages).limit(1)) is not None

    def count_captures(self, round_name: str) -> int:
        """How many answers and failed attempts the round holds."""
        with self.engine.connect() as connection:
            where = tables.captures.c.round == round_name
            return connection.scalar(sa.select(sa.func.count()).select_from(tables.captures).where(where)) or 0

    def raw_body(self, capture: Capture) -> bytes:
        """The body as it came over the wire, checked against its digest. Raises ArchiveDamaged."""
        address = Address(capture.warc_file, capture.offset, capture.length, capture.digest)
        return read_record(self.folder, address)[0]

    def body(self, capture: Capture) -> bytes:
        """The body with its Content-Encoding undone. Raises ArchiveDamaged."""
        stated = [value for name, value in capture.headers if name.lower() == "content-encoding"]
        return unpack(self.raw_body(capture), ", ".join(stated))

    def capture(self, capture_id: int) -> Capture:
        """One capture by its id."""
        with self.engine.connect() as connection:
            query = sa.select(tables.captures).where(tables.captures.c.id == capture_id)
            return capture_of_row(connection.execute(query).mappings().one())

    # -- what was left out, and the files ----------------------------------------------------------------

    def replace_left_out(self, round_name: str, site_id: str, version: str, reasons: dict[str, str]) -> None:
        """Set which addresses of a version were not fetched, and why (`reasons` by address)."""
        table = tables.left_out
        same = (table.c.round == round_name, table.c.site_id == site_id, table.c.version == version)
        key = {"round": round_name, "site_id": site_id, "version": version}
        with self.engine.begin() as connection:
            connection.execute(table.delete().where(*same))
            if reasons:
                rows = [{**key, "url": url, "reason": reason} for url, reason in reasons.items()]
                connection.execute(table.insert(), rows)

    def left_out(self, round_name: str, site_id: str) -> dict[tuple[str, str], str]:
        """(version, address) → why it was not fetched."""
        table = tables.left_out
        query = sa.select(table).where(table.c.round == round_name, table.c.site_id == site_id)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(table.c.version, table.c.url)).mappings()
            return {(row["version"], row["url"]): row["reason"] for row in rows}

    def open_file(self, round_name: str, name: str) -> None:
        """Note a WARC file before its first record is written."""
        with self.engine.begin() as connection:
            connection.execute(tables.warc_files.insert().values(name=name, round=round_name))

    def close_file(self, name: str, *, records: int, size: int, sha256: str) -> None:
        """Note what a finished WARC file holds."""
        table = tables.warc_files
        with self.engine.begin() as connection:
            statement = table.update().where(table.c.name == name)
            connection.execute(statement.values(records=records, bytes=size, sha256=sha256))

    def files(self) -> list[RowMapping]:
        """All WARC files: name, round, records, bytes, sha256 (None for one whose writer was killed)."""
        with self.engine.connect() as connection:
            return list(connection.execute(sa.select(tables.warc_files).order_by(tables.warc_files.c.name)).mappings())

    def all_captures(self) -> Iterator[Capture]:
        """Every capture of every round, by id."""
        with self.engine.connect() as connection:
            for row in connection.execute(sa.select(tables.captures).order_by(tables.captures.c.id)).mappings():
                yield capture_of_row(row)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _site(record: dict[str, Any]) -> Site:
    pairs = {name: tuple((key, value) for key, value in record[name]) for name in ("versions", "extra")}
    return Site(**{**record, **pairs})


def capture_of_row(row: RowMapping) -> Capture:
    """A row of the capture table as a record."""
    failure = row["failure"]
    return Capture(
        **{
            **row,
            "fetched": datetime.fromisoformat(row["fetched"]),
            "headers": tuple((name, value) for name, value in row["headers"]),
            "failure": None if failure is None else Failure(failure),
            "certificate": _certificate(row["certificate"]),
        }
    )


def _certificate(record: dict[str, Any] | None) -> Certificate | None:
    return None if record is None else Certificate(**{**record, "names": tuple(record["names"])})


def roster_digest(roster: Sequence[Site]) -> str:
    """A digest of what the roster says, whatever its file's encoding or column order."""
    return hashlib.sha256(json.dumps([asdict(site) for site in roster], sort_keys=True).encode()).hexdigest()
