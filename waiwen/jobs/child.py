"""A run's process: the command line, that stops cleanly when whoever started it is gone.

Standard input stays open while the owner lives. Its end means that the owner was killed: nobody would take down what
came of the run, so it stops as at SIGTERM and leaves the round to be taken up again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

GRACE = 30.0  # seconds; a round stops within ten


def _stop_with_owner() -> None:
    # Not the buffered reader: its lock would be held while this process ends.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(3)


if __name__ == "__main__":
    from waiwen.cli import main  # not above: the processes that a command spawns load this file again

    threading.Thread(target=_stop_with_owner, daemon=True).start()
    main()
