"""The certificate that a home page came with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column."""
    op.add_column("capture", sa.Column("certificate", sa.JSON()))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("capture", "certificate")
