"""Tells the user of a long crawl that it waits for the quiet hours to end, and that it goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from crawler.manners import Manners, QuietHours
from waiwen.progress import Report


def saying_quiet_hours(
    manners: Manners,
    tick: Report,
    say: Callable[[str], None],
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Report:
    """Wrap a progress report so that the beginning and the end of quiet hours are said once each."""
    quiet = QuietHours.parse(manners.quiet_hours)
    waiting = False

    def report(done: int) -> None:
        nonlocal waiting
        if bool(quiet.wait(now())) != waiting:
            waiting = not waiting
            say(f"Quiet hours {quiet}: no request starts in them; waiting." if waiting else "Quiet hours are over.")
        tick(done)

    return report
