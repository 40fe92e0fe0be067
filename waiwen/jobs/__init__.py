"""Scheduled jobs: when they are due, who runs them, and what came of it."""
