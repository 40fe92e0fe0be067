"""The tables of alerts and of their deliveries, in the workspace's database."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, MetaData, String, Table

from crawler.archive.tables import Crawled

metadata = MetaData()  # whoever changes a table adds a revision to waiwen/migrations

alerts = Table(
    "alert",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("rule", JSON, nullable=False),  # names of environment variables, never what they hold
)

deliveries = Table(
    "alert_delivery",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("alert", String(40), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", Crawled, nullable=False),
    Column("event", JSON, nullable=False),
    Column("created", String(32), nullable=False),  # ISO 8601, UTC: sorts by time
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", String(32), nullable=False),
    Column("note", Crawled, nullable=False),  # why the last attempt failed
    Index("alert_delivery_by_subject", "alert", "kind", "subject", "created"),
)
