"""The first schema. Takes over databases that were made before revisions were kept: what they lack is added."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table that is not there, and the columns that `measurement` had not at first."""
    _rounds()
    _captures()
    _measurements()
    _scores()
    if _has_table("schema"):  # held the one number that revisions stand for now
        op.drop_table("schema")


def downgrade() -> None:
    """Drop every table."""
    for name in ("external", "ranking", "scorecard", "problem", "failure", "comparison", "measurement", "probe"):
        op.drop_table(name)
    for name in ("pass", "warc_file", "left_out", "capture", "version", "site", "round"):
        op.drop_table(name)


def _has_table(name: str) -> bool:
    return sa.inspect(op.get_bind()).has_table(name)


def _round() -> sa.Column[str]:
    return sa.Column("round", sa.String(64), sa.ForeignKey("round.name"), primary_key=True)


def _key(name: str, length: int = 64) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True)


def _size(name: str, *, nullable: bool = False) -> sa.Column[int]:
    """A number of bytes, which may be more than 2^31; SQLite's integers are as long as they need be."""
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable)


def _make(name: str, *parts: sa.Column[Any] | sa.UniqueConstraint) -> None:
    op.create_table(name, *parts, if_not_exists=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _rounds() -> None:
    _make(
        "round",
        _key("name"),
        sa.Column("cutoff", sa.Date(), nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("roster_digest", sa.String(64), nullable=False),
        _json("settings"),
        _json("finished_steps"),
    )
    _make(
        "site",
        _round(),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(64), nullable=False),
        _json("record"),
        sa.UniqueConstraint("round", "id"),
    )
    _make(
        "version",
        _round(),
        _key("site_id"),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        _json("record"),
    )
    _make(
        "pass",
        _round(),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
    )


def _captures() -> None:
    _make(
        "capture",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("round", sa.String(64), sa.ForeignKey("round.name"), nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("version", sa.String(35), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        _text("url"),
        _text("final_url"),
        sa.Column("status", sa.Integer()),
        sa.Column("fetched", sa.String(32), nullable=False),
        _json("headers"),
        sa.Column("digest", sa.String(80), nullable=False),
        sa.Column("warc_file", sa.String(255), nullable=False),
        _size("offset"),
        _size("length"),
        sa.Column("elapsed", sa.Float(), nullable=False),
        sa.Column("failure", sa.String(16)),
        _text("failure_note"),
        sa.Column("depth", sa.Integer(), nullable=False),
        _text("referrer"),
        _text("anchor"),
    )
    op.create_index("capture_by_site", "capture", ["round", "site_id", "version", "id"], if_not_exists=True)
    op.create_index("capture_by_address", "capture", ["round", "site_id", "final_url"], if_not_exists=True)
    _make(
        "left_out",
        _round(),
        _key("site_id"),
        _key("version", 35),
        sa.Column("url", sa.Text(), primary_key=True),
        _text("reason"),
    )
    _make(
        "warc_file",
        _key("name", 255),
        sa.Column("round", sa.String(64), sa.ForeignKey("round.name"), nullable=False),
        sa.Column("records", sa.Integer()),
        _size("bytes", nullable=True),
        sa.Column("sha256", sa.String(64)),
    )
    _make(
        "probe",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("version", sa.String(35), nullable=False),
        _text("url"),
        sa.Column("visited", sa.String(32), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("failure", sa.String(16)),
        _text("note"),
        sa.Column("seconds", sa.Float(), nullable=False),
    )
    op.create_index("probe_by_version", "probe", ["site_id", "version", "visited"], if_not_exists=True)


def _measurements() -> None:
    _make(
        "measurement",
        _key("round"),
        _key("site_id"),
        _key("language", 35),
        _key("indicator"),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("n", sa.Integer()),
        _text("note"),
        _json("evidence"),
        sa.Column("interval", sa.JSON()),
        _json("parameters"),
    )
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("measurement")}
    if "interval" not in there:
        op.add_column("measurement", sa.Column("interval", sa.JSON()))
    if "parameters" not in there:
        op.add_column("measurement", sa.Column("parameters", sa.JSON()))
        op.execute("UPDATE measurement SET parameters = '{}'")  # measured before there were any
        with op.batch_alter_table("measurement") as table:
            table.alter_column("parameters", existing_type=sa.JSON(), nullable=False)
    _make("comparison", _key("round"), _key("site_id"), _key("language", 35), _json("pairs"), _json("column_pairs"))
    _make(
        "failure",
        _key("round"),
        _key("site_id"),
        sa.Column("position", sa.Integer(), primary_key=True),
        _json("record"),
    )
    _make("problem", _key("round"), _key("site_id"), _text("reason"))


def _scores() -> None:
    _make(
        "scorecard",
        _key("round"),
        _key("site_id"),
        _key("language", 35),
        sa.Column("total", sa.Float()),
        sa.Column("coverage", sa.Float(), nullable=False),
        sa.Column("rules_digest", sa.String(64), nullable=False),
    )
    _make("ranking", _key("round"), _json("rules"), _json("record"))
    _make("external", _key("round"), _key("site_id"), _key("indicator"), _json("record"))
