"""What was fetched, kept for good: WARC files with an index in SQL. Append-only."""
