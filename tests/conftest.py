"""What holds for every test."""

from hypothesis import settings

# No test is timed: a busy machine is no failure. Speed is measured by the benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
