"""A total rate that several crawls keep together, whoever started them: a file holds when the next request may start.

Set through the environment, because crawls that know nothing of each other share it: WAIWEN_TOTAL_RATE is in requests
a second, WAIWEN_TOTAL_RATE_FILE a file on a local disk. The file holds seconds of the monotonic clock, which all
processes of a machine share until it restarts, and which start of the machine they belong to.
"""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.errors import BadInput, StorageError

TOTAL_RATE = "WAIWEN_TOTAL_RATE"
RATE_FILE = "WAIWEN_TOTAL_RATE_FILE"
# Nobody books further ahead: where the system does not name its starts, a later moment is of an earlier one. Seconds.
FURTHEST = 3600.0
_MOMENT = struct.Struct("<d36s")
_BOOT = Path("/proc/sys/kernel/random/boot_id")  # Linux: another one after every start


@dataclass(frozen=True)
class SharedRate:
    """Spreads the starts of all requests of all processes evenly: at most `rate` a second.

    `boot` names the start of the machine that the monotonic clock counts from.
    """

    path: Path
    rate: float
    boot: bytes = field(default_factory=lambda: _BOOT.read_bytes()[:36] if _BOOT.exists() else b"")

    def reserve(self, now: float) -> float:
        """Take the next free moment; returns the seconds until then. `now` in seconds of the monotonic clock.

        Raises StorageError where the file cannot be used: without it nobody knows when the others ask.
        """
        try:
            return self._reserve(now)
        except OSError as fault:
            raise StorageError(
                f"{self.path}: the total rate of all jobs cannot be kept there ({fault.strerror}). Make room on that "
                "disk or mend its rights, then run the same command again: nothing is lost."
            ) from fault

    def _reserve(self, now: float) -> float:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            kept = os.pread(descriptor, _MOMENT.size, 0)
            free, boot = _MOMENT.unpack(kept) if len(kept) == _MOMENT.size else (now, b"")
            current = boot.rstrip(b"\0") == self.boot and free < now + FURTHEST
            moment = max(now, free) if current else now
            os.pwrite(descriptor, _MOMENT.pack(moment + 1 / self.rate, self.boot), 0)
        finally:
            os.close(descriptor)
        return moment - now


def shared_rate(environment: Mapping[str, str] = os.environ) -> SharedRate | None:
    """The rate that this process shares with others; None where there is none. Raises BadInput."""
    rate, path = environment.get(TOTAL_RATE, ""), environment.get(RATE_FILE, "")
    if not rate or not path:
        return None
    try:
        requests = float(rate)
    except ValueError:
        requests = 0.0
    if not 0 < requests < float("inf"):
        raise BadInput(f"{TOTAL_RATE}={rate}: must be a number of requests a second, above 0")
    return SharedRate(Path(path), requests)
