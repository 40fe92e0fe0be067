"""Which run a job began last is looked up twice a second: an index for it."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the index."""
    op.create_index("job_run_by_start", "job_run", ["job", "started"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("job_run_by_start", "job_run")
