"""`python -m waiwen` is the command line."""

if __name__ == "__main__":
    # Here, not above: the processes that a command spawns load this file again, and need none of it.
    from waiwen.cli import main

    main()
