"""The way in: `waiwen` and `python -m waiwen`."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is still loading ends it without a traceback, too."""
    try:
        # Here, not above: the processes that a command spawns load this file again, and need none of it.
        from waiwen.cli import main as command_line  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit(3)
    command_line()


if __name__ == "__main__":
    main()
