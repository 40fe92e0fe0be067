"""Bytes, URL and fetch time in; facts with their cue out. Pure functions, no network, no clock."""
