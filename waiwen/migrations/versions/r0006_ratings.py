"""Ratings of reviewers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rating",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("round", sa.String(64), nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("indicator", sa.String(64), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("mark", sa.Float(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("adjudicates", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_rating_round", "rating", ["round"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("rating")
