"""`python -m waiwen` is the command line."""

from waiwen.cli import main

if __name__ == "__main__":
    main()
