"""One process at a time works on a round: a file lock that ends with its holder, however that ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.errors import WorkspaceError

# Workers that outlive a killed parent stop by themselves well within this. Seconds.
PATIENCE = 20.0
POLL = 0.1


@contextmanager
def held(
    path: Path, what: str, *, patience: float = PATIENCE, sleep: Callable[[float], None] = time.sleep
) -> Iterator[int]:
    """Hold the lock of `what` (as messages name it) while the context lasts; gives its file descriptor.

    Worker processes that inherit the descriptor hold the lock too, so that nobody works beside orphans of a
    killed parent: those are waited for, `patience` seconds at most. The system frees the lock with the last
    holder, so a file that is left over locks nobody out. Raises WorkspaceError where another holds it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as fault:
        raise _unusable(path, fault) from fault
    try:
        try:
            _acquire(descriptor, what, patience, sleep)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        except OSError as fault:
            raise _unusable(path, fault) from fault
        yield descriptor
    finally:
        os.close(descriptor)


def holder_of(path: Path) -> int | None:
    """The living process that holds a lock or held it last; None where there is none.

    It only reads: a lock taken to find out would be in the way of whoever begins.
    """
    try:
        words = path.read_text("ascii", "replace").strip()
    except OSError:
        return None
    return int(words) if words.isdigit() and _is_alive(int(words)) else None


def _unusable(path: Path, fault: OSError) -> WorkspaceError:
    return WorkspaceError(f"{path}: cannot be used as a lock ({fault.strerror}). Make room or mend the rights there.")


def _acquire(descriptor: int, what: str, patience: float, sleep: Callable[[float], None]) -> None:
    waited = 0.0
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            return
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        alive = holder.isdigit() and _is_alive(int(holder))
        if alive:
            raise WorkspaceError(
                f"{what}: another waiwen (process {holder}) is at work on it. Wait until it ends, or stop it "
                f"with `kill {holder}`: it stops cleanly, and the same command goes on from there."
            )
        if waited >= patience:
            raise WorkspaceError(
                f"{what}: workers of a waiwen that was killed (process {holder or 'unknown'}) still hold it. "
                "They stop by themselves; try again in a minute."
            )
        sleep(POLL)
        waited += POLL


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # alive, and not ours
        return True
    return True
