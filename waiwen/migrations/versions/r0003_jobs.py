"""Jobs, their runs, and the monitors of rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; some workspaces have them from before this revision."""
    op.create_table(
        "job",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("schedule", sa.JSON(), nullable=False),
        sa.Column("anchor", sa.String(32), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        if_not_exists=True,
    )
    _runs()
    op.create_table(
        "monitor",
        sa.Column("round", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("expected", sa.Float()),
        sa.Column("sentence", sa.Text(), nullable=False),
        if_not_exists=True,
    )


def _runs() -> None:
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(40), primary_key=True),
        sa.Column("fire_time", sa.String(32), primary_key=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("heartbeat", sa.String(32), nullable=False),
        sa.Column("ended", sa.String(32)),
        sa.Column("exit", sa.Integer()),
        sa.Column("round", sa.String(64), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    running = sa.text("state = 'running'")
    op.create_index(
        "job_runs_once",
        "job_run",
        ["job"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
        if_not_exists=True,
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("monitor", "job_run", "job"):
        op.drop_table(name)
