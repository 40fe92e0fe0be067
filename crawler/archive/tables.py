"""The tables of the archive: rounds, sites, foreign versions, captures, WARC files.

Whoever changes a table adds a revision to waiwen/migrations.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect

metadata = MetaData()

# A number of bytes, which may be more than 2^31; SQLite's integers are as long as they need be.
_SIZE = BigInteger().with_variant(Integer(), "sqlite")


class Crawled(TypeDecorator[str]):
    """Text that a site wrote. NUL characters, which PostgreSQL does not take, become U+FFFD on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Make a value storable."""
        return None if value is None else value.replace("\0", "\ufffd")


rounds = Table(
    "round",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("cutoff", Date, nullable=False),
    Column("started", String(32), nullable=False),  # ISO 8601, UTC
    Column("roster_digest", String(64), nullable=False),
    Column("settings", JSON, nullable=False),
    Column("finished_steps", JSON, nullable=False),
)

sites = Table(
    "site",
    metadata,
    Column("round", String(64), ForeignKey("round.name"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", String(64), nullable=False),
    Column("record", JSON, nullable=False),
    UniqueConstraint("round", "id"),
)

versions = Table(
    "version",
    metadata,
    Column("round", String(64), ForeignKey("round.name"), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("language", String(35), nullable=False),
    Column("verdict", String(32), nullable=False),
    Column("record", JSON, nullable=False),
)

captures = Table(
    "capture",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("round", String(64), ForeignKey("round.name"), nullable=False),
    Column("site_id", String(64), nullable=False),
    Column("version", String(35), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("url", Crawled, nullable=False),
    Column("final_url", Crawled, nullable=False),
    Column("status", Integer),
    Column("fetched", String(32), nullable=False),  # ISO 8601, UTC, microseconds
    Column("headers", JSON, nullable=False),
    Column("digest", String(80), nullable=False),
    Column("warc_file", String(255), nullable=False),
    Column("offset", _SIZE, nullable=False),
    Column("length", _SIZE, nullable=False),
    Column("elapsed", Float, nullable=False),
    Column("failure", String(16)),
    Column("failure_note", Crawled, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("referrer", Crawled, nullable=False),
    Column("anchor", Crawled, nullable=False),
    Column("certificate", JSON(none_as_null=True)),
    Index("capture_by_site", "round", "site_id", "version", "id"),
    Index("capture_by_address", "round", "site_id", "final_url"),
)

left_out = Table(
    "left_out",
    metadata,
    Column("round", String(64), ForeignKey("round.name"), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("version", String(35), primary_key=True),
    Column("url", Crawled, primary_key=True),
    Column("reason", Crawled, nullable=False),
)

warc_files = Table(
    "warc_file",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("round", String(64), ForeignKey("round.name"), nullable=False),
    Column("records", Integer),  # None while it is being written, or when its writer was killed
    Column("bytes", _SIZE),
    Column("sha256", String(64)),
)

# A pass is one run of a fetching step to its end, over however many interruptions.
passes = Table(
    "pass",
    metadata,
    Column("round", String(64), ForeignKey("round.name"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("step", String(16), nullable=False),
    Column("since", Integer, nullable=False),  # captures with a greater id belong to this pass or a later one
)
