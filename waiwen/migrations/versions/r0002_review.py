"""Corrections, objections and retests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of what people say of a round."""
    op.create_table(
        "override",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("round", sa.String(64), nullable=False, index=True),
        *_texts(("site_id", 64), ("language", 35), ("indicator", 64), ("outcome", 16)),
        sa.Column("value", sa.Float()),
        *_texts(("author", None), ("reason", None), ("at", 40)),
        sa.Column("before", sa.JSON()),
    )
    op.create_table(
        "objection",
        sa.Column("round", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        *_texts(("site_id", 64), ("indicator", 64), ("author", None), ("text", None), ("at", 40)),
        *_texts(("decision", 16), ("answer", None), ("answered_by", None)),
        sa.Column("answered_at", sa.String(40)),
    )
    op.create_table(
        "retest",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("round", sa.String(64), nullable=False, index=True),
        *_texts(("site_id", 64), ("source", 64), ("author", None), ("reason", None), ("at", 40)),
        sa.Column("before", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("retest", "objection", "override"):
        op.drop_table(name)


def _texts(*columns: tuple[str, int | None]) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(size) if size else sa.Text(), nullable=False) for name, size in columns]
