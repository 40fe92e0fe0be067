"""The tables of jobs, their runs and the monitors of rounds, in the workspace's database."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()  # whoever changes a table adds a revision to waiwen/migrations

jobs = Table(
    "job",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("options", JSON, nullable=False),  # [[option, value or null for a flag], ...]; never a secret
    Column("schedule", JSON, nullable=False),
    Column("anchor", String(32), nullable=False),  # ISO 8601, UTC: nothing before is due
    Column("paused", Boolean, nullable=False),
)

# The key is the lease: whoever inserts the row runs the job. A removed job's runs stay, as history.
runs = Table(
    "job_run",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("fire_time", String(32), primary_key=True),  # ISO 8601, UTC
    Column("by_hand", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("owner", Text, nullable=False),  # host:folder whose lock tells whether the run is alive
    Column("pid", Integer, nullable=False),
    Column("started", String(32), nullable=False),
    Column("heartbeat", String(32), nullable=False),
    Column("ended", String(32)),
    Column("exit", Integer),
    Column("round", String(64), nullable=False),  # empty where the job makes no round of its own
    Column("log", Text, nullable=False),  # within the workspace
    Column("note", Text, nullable=False),
)
Index("job_run_by_start", runs.c.job, runs.c.started)
# No job overlaps itself, whoever runs it: the database refuses a second running row.
Index(
    "job_runs_once",
    runs.c.job,
    unique=True,
    sqlite_where=sa.text("state = 'running'"),
    postgresql_where=sa.text("state = 'running'"),
)

monitors = Table(
    "monitor",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("passed", Boolean, nullable=False),
    Column("value", Float),
    Column("expected", Float),  # of earlier rounds of the same roster; none where there are none
    Column("sentence", Text, nullable=False),
)
