"""Alerts and their deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "alert",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("rule", sa.JSON(), nullable=False),
    )
    op.create_table(
        "alert_delivery",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("alert", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    columns = ["alert", "kind", "subject", "created"]
    op.create_index("alert_delivery_by_subject", "alert_delivery", columns)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("alert_delivery")
    op.drop_table("alert")
