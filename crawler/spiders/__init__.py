"""What to fetch, no judgement: every spider works on a shard of sites, one request a site at a time."""
