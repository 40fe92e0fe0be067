"""Measure, weigh, rank and report; reads the archive, never the network."""
